"""How much was asked and refused, what people thought of answers, and tokens used."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from index.model import Space
from index.store.database import Table, hash_of, kept

KEPT_DAYS = 365
"""How long counts and votes stay."""

GAP_DAYS = 90
"""How long refused questions stay: they are a user's words, though not whose is kept."""

STEPS_PER_DOUBLING = 8
"""Times are counted on a scale of such steps, from 1 ms up; a median is exact to 5 %."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day (UTC); `median_ms` is None where nothing was asked."""

    day: date
    answered: int
    refused: int
    median_ms: float | None


@dataclass(frozen=True, slots=True)
class Activity:
    """Every day of a period, oldest first, and the median over all of it."""

    days: tuple[Day, ...]
    median_ms: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A refused question, and how often it was asked."""

    question: str
    count: int


class Questions(Table):
    """Counts of questions, by server."""

    def count(
        self,
        space: Space,
        question: str,
        milliseconds: float,
        *,
        answered: bool,
        perhaps_there: bool = False,
    ) -> None:
        """Count a question, and how long its answer took; keep its words where it was refused.

        `perhaps_there` tells whether the articles may have the answer to one that was refused.
        """
        today = self._since(1)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO questions VALUES (?, ?, ?, ?, 1)"
                " ON CONFLICT DO UPDATE SET count = count + 1",
                (space, today, answered, _step(milliseconds)),
            )
            if not answered:
                connection.execute(
                    "INSERT INTO gaps VALUES (?, ?, ?, ?, 1)"
                    " ON CONFLICT DO UPDATE SET count = count + 1",
                    (space, today, _key(question, perhaps_there), kept(question)),
                )
            for table, days in (("questions", KEPT_DAYS), ("gaps", GAP_DAYS)):
                connection.execute(
                    f"DELETE FROM {table} WHERE space = ? AND day < ?",  # noqa: S608
                    (space, self._since(days)),
                )

    def activity(self, space: Space, days: int) -> Activity:
        """Return what was asked in a period."""
        times: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
        query = "SELECT day, answered, time, count FROM questions WHERE space = ? AND day >= ?"
        for day, answered, step, count in self._rows(query, space, self._since(days)):
            times[day, answered][step] = count
        first = self._first_day(days)
        return Activity(
            tuple(_day(first + timedelta(days=n), times) for n in range(days)),
            _median(sum(times.values(), Counter())),
        )

    def gaps(
        self, space: Space, days: int, limit: int, *, perhaps_there: bool = False
    ) -> list[Gap]:
        """Return the questions refused most often in a period.

        Either those that the articles lacked or those whose answer was perhaps there. Those that
        differ in case and blanks alone are one.
        """
        rows = self._rows(
            "SELECT max(question), sum(count) FROM gaps WHERE space = ? AND day >= ?"
            " AND (hash LIKE ?) = ? GROUP BY hash ORDER BY 2 DESC, max(day) DESC, 1 LIMIT ?",
            *(space, self._since(days), f"%{_THERE}", perhaps_there, limit),
        )
        return [Gap(*row) for row in rows]


_THERE = "+"
"""Ends the hash of a refused question whose answer was perhaps there."""


def _key(question: str, perhaps_there: bool) -> str:
    return hash_of(question) + (_THERE if perhaps_there else "")


def _step(milliseconds: float) -> int:
    return round(STEPS_PER_DOUBLING * math.log2(max(milliseconds, 1.0)))


def _day(day: date, times: Mapping[tuple[str, int], Counter[int]]) -> Day:
    refused, answered = (times.get((day.isoformat(), kind), Counter()) for kind in (0, 1))
    return Day(day, answered.total(), refused.total(), _median(answered + refused))


def _median(steps: Counter[int]) -> float | None:
    """Return the median of times counted by step, in milliseconds."""
    before = 0
    for step in sorted(steps):
        before += steps[step]
        if 2 * before >= steps.total():
            return float(2 ** (step / STEPS_PER_DOUBLING))
    return None


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
    """A question whose answer did not help, all votes on it, and the reasons given."""

    question: str
    votes: Tally
    reasons: tuple[str, ...]


class Votes(Table):
    """Votes by server and user."""

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
                "DELETE FROM votes WHERE space = ? AND at < ?", (space, self._since(KEPT_DAYS))
            )

    def of(self, message: str, who: str) -> Vote | None:
        """Return a user's vote on an answer, if there is one."""
        rows = self._rows(
            "SELECT space, helpful, question, reason, at FROM votes WHERE message = ? AND who = ?",
            *(message, who),
        )
        for space, helpful, question, reason, at in rows:
            when = datetime.fromisoformat(at)
            return Vote(message, who, space, bool(helpful), question, reason, when)
        return None

    def days(self, space: Space, days: int) -> Mapping[date, Tally]:
        """Count the votes of each day of a period that had any."""
        rows = self._rows(
            "SELECT substr(at, 1, 10), sum(helpful), sum(NOT helpful) FROM votes"
            " WHERE space = ? AND at >= ? GROUP BY 1",
            *(space, self._since(days)),
        )
        return {date.fromisoformat(day): Tally(*counts) for day, *counts in rows}

    def complaints(self, space: Space, days: int, limit: int) -> list[Complaint]:
        """Return a period's questions whose answers did not help, the most such votes first.

        Questions that differ in case and blanks alone are one.
        """
        rows = self._rows(
            "SELECT max(question), sum(helpful), sum(NOT helpful) AS unhelpful,"
            "  json_group_array(reason) FILTER (WHERE reason IS NOT NULL)"
            " FROM votes WHERE space = ? AND at >= ? GROUP BY hash HAVING unhelpful"
            " ORDER BY unhelpful DESC, max(at) DESC LIMIT ?",
            *(space, self._since(days), limit),
        )
        return [
            Complaint(question, Tally(*counts), tuple(json.loads(reasons)))
            for question, *counts, reasons in rows
        ]


class Tokens(Table):
    """Tokens that a language model read and wrote, by server."""

    def reserve(self, space: Space, count: int, most: int | None = None) -> bool:
        """Count tokens before they are used; False, and none, where that is over the most.

        Two that ask at once do not share what is left.
        """
        with self._database.writing() as connection:
            if most is not None and self.today(space) + count > most:
                return False
            self._add(space, count)
            connection.execute(
                "DELETE FROM tokens WHERE space = ? AND day < ?", (space, self._since(KEPT_DAYS))
            )
        return True

    def correct(self, space: Space, change: int) -> None:
        """Count what was used beyond what was reserved, or (below 0) was not."""
        self._add(space, change)

    def today(self, space: Space) -> int:
        """Return what was used today."""
        return sum(self.days(space, 1).values())

    def days(self, space: Space, days: int) -> dict[date, int]:
        """Return what was used on each day of a period that had any use."""
        rows = self._rows(
            "SELECT day, count FROM tokens WHERE space = ? AND day >= ? ORDER BY day",
            *(space, self._since(days)),
        )
        return {date.fromisoformat(day): count for day, count in rows}

    def _add(self, space: Space, count: int) -> None:
        self._execute(
            "INSERT INTO tokens VALUES (?, ?, max(?, 0))"
            " ON CONFLICT DO UPDATE SET count = max(count + ?, 0)",
            *(space, self._since(1), count, count),
        )
