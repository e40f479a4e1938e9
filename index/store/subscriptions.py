"""What people subscribe to, and which new articles match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from index.errors import TooManySubscriptions
from index.model import PUBLIC, Space
from index.store.database import Repository, hash_of, kept
from index.store.queries import one_of
from index.store.schema import arrivals, articles, counters, follows, matches

MOST = 25
"""Subscriptions of one user, in all spaces."""

MOST_FAILURES = 3
"""Direct messages that Discord rejected in a row, after which no more are tried."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A topic, who subscribed to it, and where its news goes.

    `space` is that of the server that it was made in, public for direct messages; `channel`
    is None for direct messages; with `digest` its news is sent once a day.
    """

    id: int
    space: Space
    who: str
    topic: str
    channel: str | None
    digest: bool
    since: datetime
    failures: int

    @property
    def paused(self) -> bool:
        """Tell whether nothing is sent until the user subscribes anew: messages were rejected."""
        return self.failures >= MOST_FAILURES


_COLUMNS = [follows.c[field.name] for field in fields(Subscription)]


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What became of subscribing; "changed" may be a pause that ended."""

    subscription: Subscription
    status: Literal["added", "changed", "unchanged"]


class Subscriptions(Repository):
    """Subscriptions by id. A user has a topic once in a space, and once in a channel."""

    def put(
        self, space: Space, who: str, topic: str, *, channel: str | None = None, digest: bool
    ) -> Subscribed:
        """Subscribe to a topic, or change how the news of a subscription is sent.

        Raises TooManySubscriptions.
        """
        topic = kept(topic)
        with self._database.writing() as connection:
            old = _same(connection, space, who, topic, channel)
            if old is None:
                added = self._add(connection, space, who, topic, channel, digest)
                return Subscribed(added, "added")
            if (old.digest, old.paused) == (digest, False):
                return Subscribed(old, "unchanged")
            connection.execute(
                sa.update(follows)
                .where(follows.c.id == old.id)
                .values(digest=int(digest), failures=0)
            )
            (changed,) = select(connection, follows.c.id == old.id)
            return Subscribed(changed, "changed")

    def get(self, subscription_id: int) -> Subscription | None:
        """Return one by its id, None once it was removed."""
        return next(iter(self._where(follows.c.id == subscription_id)), None)

    def by(self, who: str) -> list[Subscription]:
        """Return all that one user made in all spaces, oldest first."""
        return self._where(follows.c.who == who)

    def in_channels(self, space: Space) -> list[Subscription]:
        """Return all whose news goes to a server's channels, oldest first."""
        return self._where(follows.c.space == space, follows.c.channel.is_not(None))

    def remove(self, subscription_id: int) -> None:
        """End a subscription."""
        self._execute(sa.delete(follows).where(follows.c.id == subscription_id))

    def delivery_failed(self, subscription_ids: Iterable[int]) -> None:
        """Note that Discord rejected a direct message about these."""
        self._set_failures(subscription_ids, follows.c.failures + 1)

    def arrived(self, subscription_ids: Iterable[int]) -> None:
        """Note that a direct message about these arrived."""
        self._set_failures(subscription_ids, 0)

    def _add(
        self,
        connection: sa.Connection,
        space: Space,
        who: str,
        topic: str,
        channel: str | None,
        digest: bool,
    ) -> Subscription:
        query = sa.select(sa.func.count()).where(follows.c.who == who)
        if connection.execute(query).scalar_one() >= MOST:
            raise TooManySubscriptions(MOST)
        given = sa.insert(follows).values(
            space=space,
            who=who,
            topic=topic,
            hash=hash_of(topic),
            channel=channel,
            digest=int(digest),
            since=self._now(),
            after=sa.select(sa.func.coalesce(_NEWEST, 0)).scalar_subquery(),
            failures=0,
        )
        return _subscription(connection.execute(given.returning(*_COLUMNS)).one())

    def _set_failures(
        self, subscription_ids: Iterable[int], failures: int | sa.ColumnElement[int]
    ) -> None:
        wanted = follows.c.id.in_(list(subscription_ids))
        self._execute(sa.update(follows).where(wanted).values(failures=failures))

    def _where(self, *conditions: sa.ColumnElement[bool]) -> list[Subscription]:
        with self._database.reading() as connection:
            return select(connection, *conditions)


_NEWEST = sa.func.max(arrivals.c.n)


def select(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[Subscription]:
    """Return the subscriptions that the conditions hold for, oldest first."""
    query = sa.select(*_COLUMNS).where(*conditions).order_by(follows.c.id)
    return [_subscription(row) for row in connection.execute(query)]


def _subscription(row: Sequence[Any]) -> Subscription:
    subscription_id, space, who, topic, channel, digest, since, failures = row
    at = datetime.fromisoformat(since)
    return Subscription(subscription_id, space, who, topic, channel, bool(digest), at, failures)


def _same(
    connection: sa.Connection, space: Space, who: str, topic: str, channel: str | None
) -> Subscription | None:
    mine = sa.true() if channel else follows.c.who == who
    found = select(
        connection,
        follows.c.space == space,
        follows.c.hash == hash_of(topic),
        follows.c.channel == channel,  # SQLAlchemy makes IS NULL of None
        mine,
    )
    return next(iter(found), None)


KEPT_DAYS = 30
"""How long a match stays, sent or not."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that came `n`th, counting all that ever came; a new version is no arrival."""

    n: int
    article: str
    space: Space


@dataclass(frozen=True, slots=True)
class Match:
    """An article that matches a subscription; `nonce` is that of the message begun to tell it."""

    subscription: Subscription
    article: str
    nonce: str | None = None


class Matches(Repository):
    """Match arrivals in order; a match waits until it is settled, once."""

    def newest(self) -> int:
        """Return the number of the last arrival; cheap."""
        ((newest,),) = self._rows(sa.select(_NEWEST))
        return newest or 0

    def next(self) -> Arrival | None:
        """Return the first arrival that is not matched yet and may match a subscription."""
        matched = sa.select(counters.c.value).where(counters.c.name == "matched")
        oldest = sa.select(sa.func.min(follows.c.after))  # NULL, and nothing above it, without one
        rows = self._rows(
            sa.select(arrivals.c.n, arrivals.c.article, articles.c.space)
            .join_from(arrivals, articles, articles.c.id == arrivals.c.article)
            .where(
                arrivals.c.n > matched.scalar_subquery(), arrivals.c.n > oldest.scalar_subquery()
            )
            .order_by(arrivals.c.n)
            .limit(1)
        )
        return Arrival(*rows[0]) if rows else None

    def candidates(self, arrival: Arrival, spaces: Sequence[Space] | None) -> list[Subscription]:
        """Return the subscriptions of the spaces (None: of all) that an arrival may match.

        They come oldest first. A server's own article concerns that server's alone, a public one
        also those of servers.
        """
        wanted = [follows.c.after < arrival.n, follows.c.failures < MOST_FAILURES]
        if arrival.space != PUBLIC:
            wanted.append(follows.c.space == arrival.space)
        if spaces is not None:
            wanted.append(one_of(follows.c.space, spaces))
        with self._database.reading() as connection:
            return select(connection, *wanted)

    def note(self, arrival: Arrival, matching: Iterable[Subscription]) -> None:
        """Note what an arrival matches, in one commit; it is not looked at again.

        A user or channel that has several matches, or had the article, gets the first match only.
        """
        with self._database.writing() as connection:
            for one in matching:
                if not _had(connection, one, arrival.article):
                    connection.execute(
                        sa.insert(matches),
                        {
                            "follow": one.id,
                            "article": arrival.article,
                            "at": self._now(),
                            "settled": 0,
                        },
                    )
            connection.execute(
                sa.update(counters).where(counters.c.name == "matched").values(value=arrival.n)
            )
            oldest = self._clock() - timedelta(days=KEPT_DAYS)
            connection.execute(sa.delete(matches).where(matches.c.at < oldest.isoformat()))

    def waiting(self, digest_until: datetime) -> list[Match]:
        """Return the matches to be sent: all, but of digests only those before a moment."""
        rows = self._rows(
            sa.select(matches.c.article, matches.c.nonce, *_COLUMNS)
            .join_from(matches, follows)
            .where(
                matches.c.settled == 0,
                follows.c.failures < MOST_FAILURES,
                sa.or_(follows.c.digest == 0, matches.c.at < digest_until.isoformat()),
            )
            .order_by(matches.c.at, follows.c.id, matches.c.article)
        )
        return [Match(_subscription(row), article, nonce) for article, nonce, *row in rows]

    def begin(self, matches: Iterable[Match], nonce: str) -> list[Match]:
        """Note that a message with the nonce is about to tell these; return those that waited."""
        return [replace(match, nonce=nonce) for match in self._set(matches, nonce=nonce)]

    def settle(self, matches: Iterable[Match]) -> None:
        """Note that these are sent, or not to be sent."""
        self._set(matches, settled=1)

    def _set(self, of: Iterable[Match], **values: object) -> list[Match]:
        """Change those that are still as they were read, and return them."""
        with self._database.writing() as connection:
            return [match for match in of if _set(connection, match, values)]


def _set(connection: sa.Connection, match: Match, values: Mapping[str, object]) -> bool:
    as_read = (
        matches.c.follow == match.subscription.id,
        matches.c.article == match.article,
        matches.c.settled == 0,
        matches.c.nonce.is_not_distinct_from(match.nonce),
    )
    return connection.execute(sa.update(matches).where(*as_read).values(values)).rowcount == 1


def _had(connection: sa.Connection, one: Subscription, article: str) -> bool:
    """Tell whether who gets the subscription's news had the article, or ended it meanwhile."""
    receiver = (
        follows.c.channel == one.channel
        if one.channel
        else sa.and_(follows.c.channel.is_(None), follows.c.who == one.who)
    )
    had = (
        sa.select(matches.c.article)
        .join_from(matches, follows)
        .where(matches.c.article == article, receiver)
    )
    there = sa.select(follows.c.id).where(follows.c.id == one.id)
    return connection.scalar(there) is None or connection.scalar(had.limit(1)) is not None
