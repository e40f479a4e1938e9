"""What people thought of answers: one vote per member and answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from index.model import Space
from index.store.database import Clock, Database, utc_now

KEPT_DAYS = 365
"""How long a vote stays."""

MAX_CHARS = 500
"""Of a question or a reason that is kept."""

_COLUMNS = "message, who, space, helpful, question, reason, at"


@dataclass(frozen=True, slots=True)
class Vote:
    """One member's vote on one answer; the words are kept only where it did not help."""

    message: str
    who: str
    space: Space
    helpful: bool
    question: str | None
    reason: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes counted."""

    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Complaint:
    """A question whose answer did not help somebody, all votes on it, and the reasons given."""

    question: str
    votes: Tally
    reasons: tuple[str, ...]


class Votes:
    """Kept by server and user; a period is the last so many days (UTC), today included."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def put(
        self,
        space: Space,
        message: str,
        who: str,
        question: str,
        *,
        helpful: bool,
        reason: str | None = None,
    ) -> None:
        """Take a user's vote on an answer, in place of an earlier one."""
        words = (None, None) if helpful else (kept(question), reason and kept(reason))
        with self._database.writing() as connection:
            connection.execute(
                "REPLACE INTO votes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (message, who, space, helpful, hash_of(question), *words, self._now()),
            )
            connection.execute(
                "DELETE FROM votes WHERE space = ? AND at < ?", (space, self._first(KEPT_DAYS))
            )

    def of(self, message: str, who: str) -> Vote | None:
        """A user's vote on an answer, if there is one."""
        return next(iter(self._where("message = ? AND who = ?", message, who)), None)

    def by(self, who: str) -> list[Vote]:
        """All votes of one user in all spaces, newest first."""
        return self._where("who = ? ORDER BY at DESC, message", who)

    def forget(self, who: str) -> None:
        """Delete all votes of one user."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM votes WHERE who = ?", (who,))

    def days(self, space: Space, days: int) -> Mapping[date, Tally]:
        """The votes of each day of a period that had any."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT substr(at, 1, 10), sum(helpful), sum(NOT helpful) FROM votes"
                " WHERE space = ? AND at >= ? GROUP BY 1",
                (space, self._first(days)),
            )
            return {date.fromisoformat(day): Tally(*counts) for day, *counts in rows}

    def complaints(self, space: Space, days: int, limit: int) -> list[Complaint]:
        """The questions of a period whose answers helped least, those with most such votes first.

        Questions that differ in case and blanks alone are one.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT max(question), sum(helpful), sum(NOT helpful) AS unhelpful,"
                "  json_group_array(reason) FILTER (WHERE reason IS NOT NULL)"
                " FROM votes WHERE space = ? AND at >= ? GROUP BY hash HAVING unhelpful"
                " ORDER BY unhelpful DESC, max(at) DESC LIMIT ?",
                (space, self._first(days), limit),
            )
            return [
                Complaint(question, Tally(*counts), tuple(json.loads(reasons)))
                for question, *counts, reasons in rows
            ]

    def _where(self, condition: str, *values: str) -> list[Vote]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM votes WHERE {condition}",  # noqa: S608
                values,
            )
            return [_vote(row) for row in rows]

    def _now(self) -> str:
        return self._clock().isoformat()

    def _first(self, days: int) -> str:
        return first_day(self._clock, days).isoformat()


def kept(words: str) -> str:
    """What is kept of a user's words: their beginning, as any database takes it."""
    return words[:MAX_CHARS].encode("utf-8", "replace").decode()


def hash_of(question: str) -> str:
    """Name a question whatever its case and blanks (16 hex digits)."""
    words = " ".join(question.casefold().split())
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:16]


def first_day(clock: Clock, days: int) -> date:
    """The first day of the period that ends today."""
    return clock().date() - timedelta(days=days - 1)


def _vote(row: tuple[str, str, str, int, str | None, str | None, str]) -> Vote:
    message, who, space, helpful, question, reason, at = row
    return Vote(
        message, who, Space(space), bool(helpful), question, reason, datetime.fromisoformat(at)
    )
