"""What was asked and answered, for buttons and for questions that go on from an answer."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from index.model import Space
from index.store.database import Repository
from index.store.queries import Query, replacing
from index.store.schema import replies

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


_NUMBER = sa.cast(replies.c.message, sa.BigInteger)
"""Of a message: Discord's rise with time."""

_REPLIES = sa.select(*(replies.c[field.name] for field in fields(Reply)))
_FIRST = sa.bindparam("first", type_=sa.Text)

_OF = Query(_REPLIES.where(replies.c.message == sa.bindparam("message")))
_TO = Query(_REPLIES.where(replies.c.source == sa.bindparam("source")).order_by(_NUMBER))
_IN_CHANNEL = Query(
    _REPLIES.where(
        replies.c.channel == sa.bindparam("channel"),
        sa.bindparam("before", type_=sa.BigInteger) > _NUMBER,
        replies.c.at >= _FIRST,
    )
    .order_by(_NUMBER.desc())
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
_BY = Query(
    _REPLIES.where(
        replies.c.who == sa.bindparam("who"),
        replies.c.space == sa.bindparam("space"),
        replies.c.at >= _FIRST,
    )
    .order_by(replies.c.at.desc())
    .limit(sa.bindparam("limit", type_=sa.Integer))
)
_FORGET = Query(sa.delete(replies).where(replies.c.at < _FIRST))
_FORGET_TURNS = Query(
    sa.update(replies)
    .where(
        replies.c.at < _FIRST,
        sa.or_(replies.c.answer.is_not(None), replies.c.channel.is_not(None)),
    )
    .values(channel=None, before=None, answer=None)
)


class Replies(Repository):
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
        with self._database.writing() as connection:
            replacing(replies).run(
                connection,
                message=message,
                source=source,
                space=space,
                who=who,
                question=_storable(question),
                article=article,
                at=self._now(),
                channel=channel,
                before=before,
                answer=_storable(answer),
            )
            _FORGET.run(connection, first=self._since(KEPT_DAYS))
            _FORGET_TURNS.run(connection, first=self._since(TURN_DAYS))

    def of(self, message: str) -> Reply | None:
        """Return what a message answers, None where that is not known or no longer kept."""
        return next(iter(self._replies(_OF, message=message)), None)

    def to(self, source: str) -> list[Reply]:
        """Return the answers to a message, which may ask several questions, the first one first."""
        return self._replies(_TO, source=source)

    def in_channel(self, channel: str, before: str, limit: int) -> list[Reply]:
        """Return the last answers of a channel that are older than a message, oldest first."""
        first = self._since(TURN_DAYS)
        return self._replies(
            _IN_CHANNEL, channel=channel, before=int(before), first=first, limit=limit
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
        first = self._since(TURN_DAYS)
        return self._replies(_BY, who=who, space=space, first=first, limit=limit)[::-1]

    def seconds_since(self, space: Space, who: str | None, most: int) -> float | None:
        """Return how long ago somebody in a space, None for anybody, was last answered.

        None where that is more than `most` seconds.
        """
        now = self._clock()
        query = sa.select(sa.func.max(replies.c.at)).where(
            replies.c.at >= (now - timedelta(seconds=most)).isoformat(),
            replies.c.space == space,
            sa.true() if who is None else replies.c.who == who,
        )
        ((last,),) = self._rows(query)
        return last and (now - datetime.fromisoformat(last)).total_seconds()

    def remove_by(self, who: str, space: Space) -> None:
        """Forget what was answered to somebody in a space."""
        self._execute(sa.delete(replies).where(replies.c.who == who, replies.c.space == space))

    def remove(self, message: str) -> None:
        """Forget a message that was deleted."""
        self._execute(sa.delete(replies).where(replies.c.message == message))

    def _replies(self, query: Query, **given: object) -> list[Reply]:
        with self._database.reading() as connection:
            rows = query.run(connection, **given).fetchall()
        return [_reply(*row) for row in rows]


def _reply(*values: Any) -> Reply:
    reply = Reply(*values)
    return replace(reply, at=datetime.fromisoformat(values[6]))


def _storable(words: str | None) -> str | None:
    """Replace lone surrogates, which cannot be stored."""
    return words and words.encode("utf-8", "replace").decode()
