"""What was asked and where the answer stands, so that its buttons work after a restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from index.model import Space
from index.store.database import Clock, Database, utc_now
from index.store.votes import first_day

KEPT_DAYS = 90
"""How long an answer's buttons work; then its question is forgotten."""

_COLUMNS = "message, source, space, who, question, article, at"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer or refusal that was sent.

    `message` is its id, `source` that of the message that asked, None for a command. `question`
    is as it was understood, `article` the id of the only one that was asked; `space` is the
    server's own, whoever looks at it.
    """

    message: str
    source: str | None
    space: Space
    who: str
    question: str
    article: str | None
    at: datetime


class Replies:
    """By message; a message that is answered anew has its new question."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def put(
        self,
        message: str,
        space: Space,
        who: str,
        question: str,
        *,
        source: str | None = None,
        article: str | None = None,
    ) -> None:
        """Note what a message answers."""
        # A lone surrogate cannot be stored.
        words = question.encode("utf-8", "replace").decode()
        row = (message, source, space, who, words, article, self._clock().isoformat())
        with self._database.writing() as connection:
            connection.execute("REPLACE INTO replies VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            oldest = first_day(self._clock, KEPT_DAYS).isoformat()
            connection.execute("DELETE FROM replies WHERE at < ?", (oldest,))

    def of(self, message: str) -> Reply | None:
        """What a message answers, None where that is not known or no longer kept."""
        return next(iter(self._where("message = ?", message)), None)

    def to(self, source: str) -> Reply | None:
        """The newest answer to a message."""
        return next(iter(self._where("source = ? ORDER BY at DESC, message DESC", source)), None)

    def by(self, who: str) -> list[Reply]:
        """All that one user asked, newest first."""
        return self._where("who = ? ORDER BY at DESC, message DESC", who)

    def remove(self, message: str) -> None:
        """Forget a message that was deleted."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM replies WHERE message = ?", (message,))

    def forget(self, who: str) -> None:
        """Delete all that one user asked."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM replies WHERE who = ?", (who,))

    def _where(self, condition: str, value: str) -> list[Reply]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM replies WHERE {condition}",  # noqa: S608
                (value,),
            )
            return [_reply(*row) for row in rows]


def _reply(
    message: str,
    source: str | None,
    space: str,
    who: str,
    question: str,
    article: str | None,
    at: str,
) -> Reply:
    return Reply(message, source, Space(space), who, question, article, datetime.fromisoformat(at))
