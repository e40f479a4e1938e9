"""What was asked and answered, for buttons and for questions that go on from an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from index.model import Space
from index.store.database import Table

KEPT_DAYS = 90
"""How long an answer's buttons work; then its question is forgotten."""

TURN_DAYS = 30
"""How long its words, and what it went on from, are kept for questions that go on from it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer or refusal that was sent.

    `message` is its id, `source` that of the message that asked, None for a command. `question`
    is as rewritten, `article` the id of the only one that was asked; `space` is the
    server's own, whoever reads it. `channel` is where it was posted, None if only its asker may
    read it; `before` is the message of the answer that it continues; `answer` is its text, None
    for a refusal.
    """

    message: str
    source: str | None
    space: Space
    who: str
    question: str
    article: str | None
    at: datetime
    channel: str | None = None
    before: str | None = None
    answer: str | None = None


_COLUMNS = ", ".join(field.name for field in fields(Reply))


class Replies(Table):
    """Replies by message; a message that is answered again has its new question."""

    def put(
        self,
        message: str,
        space: Space,
        who: str,
        question: str,
        *,
        source: str | None = None,
        article: str | None = None,
        channel: str | None = None,
        before: str | None = None,
        answer: str | None = None,
    ) -> None:
        """Note what a message answers."""
        words, said = _storable(question), _storable(answer)
        reply = Reply(
            message, source, space, who, words or "", article, self._clock(), channel, before, said
        )
        marks = ", ".join("?" * len(fields(Reply)))
        with self._database.writing() as connection:
            connection.execute(
                f"REPLACE INTO replies ({_COLUMNS}) VALUES ({marks})",  # noqa: S608
                [v.isoformat() if isinstance(v, datetime) else v for v in astuple(reply)],
            )
            connection.execute("DELETE FROM replies WHERE at < ?", (self._since(KEPT_DAYS),))
            connection.execute(
                "UPDATE replies SET channel = NULL, before = NULL, answer = NULL"
                " WHERE at < ? AND (answer IS NOT NULL OR channel IS NOT NULL)",
                (self._since(TURN_DAYS),),
            )

    def of(self, message: str) -> Reply | None:
        """Return what a message answers, None where that is not known or no longer kept."""
        return next(iter(self._where("message = ?", message)), None)

    def to(self, source: str) -> list[Reply]:
        """Return the answers to a message, which may ask several questions, the first one first."""
        return self._where("source = ? ORDER BY CAST(message AS INTEGER)", source)

    def in_channel(self, channel: str, before: str, limit: int) -> list[Reply]:
        """Return the last answers of a channel that are older than a message, oldest first."""
        return self._where(
            "channel = ? AND CAST(message AS INTEGER) < CAST(? AS INTEGER) AND at >= ?"
            " ORDER BY CAST(message AS INTEGER) DESC LIMIT ?",
            *(channel, before, self._since(TURN_DAYS), limit),
        )[::-1]

    def chain(self, message: str, limit: int) -> list[Reply]:
        """Return an answer and those that it goes on from, at most `limit`, oldest first."""
        found: list[Reply] = []
        wanted: str | None = message
        oldest = self._clock() - timedelta(days=TURN_DAYS)
        while wanted and len(found) < limit:
            reply = self.of(wanted)
            if reply is None or reply.at < oldest:
                break
            found.append(reply)
            wanted = reply.before
        return found[::-1]

    def by(self, who: str, space: Space, limit: int) -> list[Reply]:
        """Return the last answers to somebody in a space whose words are kept, oldest first."""
        return self._where(
            "who = ? AND space = ? AND at >= ? ORDER BY at DESC LIMIT ?",
            *(who, space, self._since(TURN_DAYS), limit),
        )[::-1]

    def remove_by(self, who: str, space: Space) -> None:
        """Forget what was answered to somebody in a space."""
        self._execute("DELETE FROM replies WHERE who = ? AND space = ?", who, space)

    def remove(self, message: str) -> None:
        """Forget a message that was deleted."""
        self._execute("DELETE FROM replies WHERE message = ?", message)

    def _where(self, condition: str, *values: object) -> list[Reply]:
        query = f"SELECT {_COLUMNS} FROM replies WHERE {condition}"  # noqa: S608
        return [_reply(row) for row in self._rows(query, *values)]


def _storable(words: str | None) -> str | None:
    """Replace lone surrogates, which cannot be stored."""
    return words and words.encode("utf-8", "replace").decode()


def _reply(row: Sequence[Any]) -> Reply:
    values = list(row)
    values[6] = datetime.fromisoformat(values[6])
    return Reply(*values)
