"""What people subscribe to, and which new articles match."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from index.errors import TooManySubscriptions
from index.model import PUBLIC, Space
from index.store.database import Table, hash_of, kept

MOST = 25
"""Subscriptions of one user, in all spaces."""

MOST_FAILURES = 3
"""Direct messages refused in a row, after which no more are tried."""

COLUMNS = "follows.id, space, who, topic, channel, digest, since, failures"


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
        """Tell whether nothing is sent until the user subscribes anew, as messages were refused."""
        return self.failures >= MOST_FAILURES


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What became of subscribing; "changed" may be a pause that ended."""

    subscription: Subscription
    status: Literal["added", "changed", "unchanged"]


class Subscriptions(Table):
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
                "UPDATE follows SET digest = ?, failures = 0 WHERE id = ?", (digest, old.id)
            )
            (changed,) = select(connection, "id = ?", old.id)
            return Subscribed(changed, "changed")

    def get(self, subscription_id: int) -> Subscription | None:
        """Return one by its id, None once it was removed."""
        return next(iter(self._where("id = ?", subscription_id)), None)

    def by(self, who: str) -> list[Subscription]:
        """Return all that one user made in all spaces, oldest first."""
        return self._where("who = ? ORDER BY id", who)

    def in_channels(self, space: Space) -> list[Subscription]:
        """Return all whose news goes to a server's channels, oldest first."""
        return self._where("space = ? AND channel IS NOT NULL ORDER BY id", space)

    def remove(self, subscription_id: int) -> None:
        """End a subscription."""
        self._execute("DELETE FROM follows WHERE id = ?", subscription_id)

    def refused(self, subscription_ids: Iterable[int]) -> None:
        """Note that Discord refused a direct message about these."""
        self._each("UPDATE follows SET failures = failures + 1 WHERE id = ?", subscription_ids)

    def arrived(self, subscription_ids: Iterable[int]) -> None:
        """Note that a direct message about these arrived."""
        self._each("UPDATE follows SET failures = 0 WHERE id = ? AND failures", subscription_ids)

    def _add(
        self,
        connection: sqlite3.Connection,
        space: Space,
        who: str,
        topic: str,
        channel: str | None,
        digest: bool,
    ) -> Subscription:
        query = "SELECT count(*) FROM follows WHERE who = ?"
        (count,) = connection.execute(query, (who,)).fetchone()
        if count >= MOST:
            raise TooManySubscriptions(MOST)
        given = (space, who, topic, hash_of(topic), channel, digest, self._now())
        cursor = connection.execute(
            "INSERT INTO follows"
            " (space, who, topic, hash, channel, digest, since, after, failures)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(n), 0) FROM arrivals), 0)",
            given,
        )
        (added,) = select(connection, "id = ?", cursor.lastrowid or 0)
        return added

    def _each(self, statement: str, subscription_ids: Iterable[int]) -> None:
        with self._database.writing() as connection:
            connection.executemany(
                statement, [(subscription_id,) for subscription_id in subscription_ids]
            )

    def _where(self, condition: str, *given: str | int) -> list[Subscription]:
        with self._database.reading() as connection:
            return select(connection, condition, *given)


def select(connection: sqlite3.Connection, condition: str, *given: str | int) -> list[Subscription]:
    """Return the subscriptions that a condition of SQL holds for."""
    query = f"SELECT {COLUMNS} FROM follows WHERE {condition}"  # noqa: S608
    return [subscription(row) for row in connection.execute(query, given)]


def subscription(row: Sequence[object]) -> Subscription:
    """Make a Subscription of a row of COLUMNS."""
    subscription_id, space, who, topic, channel, digest, since, failures = row
    at = datetime.fromisoformat(str(since))
    return Subscription(subscription_id, space, who, topic, channel, bool(digest), at, failures)  # type: ignore[arg-type]


def _same(
    connection: sqlite3.Connection, space: Space, who: str, topic: str, channel: str | None
) -> Subscription | None:
    if channel is None:
        found = select(
            connection,
            "space = ? AND hash = ? AND channel IS NULL AND who = ?",
            *(space, hash_of(topic), who),
        )
    else:
        found = select(
            connection, "space = ? AND hash = ? AND channel = ?", space, hash_of(topic), channel
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
    """An article that matches a subscription."""

    subscription: Subscription
    article: str


class Matches(Table):
    """Match arrivals in order; a match waits until it is settled, once."""

    def newest(self) -> int:
        """Return the number of the last arrival; cheap."""
        ((newest,),) = self._rows("SELECT max(n) FROM arrivals")
        return newest or 0

    def next(self) -> Arrival | None:
        """Return the first arrival that is not matched yet and may match a subscription."""
        # max() is NULL, and nothing is above it, where there is no subscription.
        rows = self._rows(
            "SELECT n, article, space FROM arrivals JOIN articles ON articles.id = article"
            " WHERE n > max((SELECT value FROM counters WHERE name = 'matched'),"
            "               (SELECT min(after) FROM follows))"
            " ORDER BY n LIMIT 1"
        )
        return Arrival(*rows[0]) if rows else None

    def candidates(self, arrival: Arrival, spaces: Sequence[Space] | None) -> list[Subscription]:
        """Return the subscriptions of the spaces (None: of all) that an arrival may match.

        They come oldest first. A server's own article concerns that server's alone, a public one
        also those of servers.
        """
        own = None if arrival.space == PUBLIC else {arrival.space}
        with self._database.reading() as connection:
            found = select(
                connection,
                "after < ? AND failures < ? ORDER BY id",
                *(arrival.n, MOST_FAILURES),
            )
        return [
            one
            for one in found
            if (spaces is None or one.space in spaces) and (own is None or one.space in own)
        ]

    def note(self, arrival: Arrival, matching: Iterable[Subscription]) -> None:
        """Note what an arrival matches, in one commit; it is not looked at again.

        A user or channel that has several matches, or had the article, gets the first match only.
        """
        with self._database.writing() as connection:
            now = self._clock()
            for one in matching:
                connection.execute(
                    "INSERT INTO matches SELECT :follow, :article, :at, 0 WHERE NOT EXISTS"
                    " (SELECT 1 FROM matches JOIN follows ON follows.id = follow"
                    "  WHERE article = :article AND channel IS :channel"
                    "  AND (channel IS NOT NULL OR who = :who))"
                    " AND EXISTS (SELECT 1 FROM follows WHERE id = :follow)",
                    {
                        "follow": one.id,
                        "article": arrival.article,
                        "at": now.isoformat(),
                        "channel": one.channel,
                        "who": one.who,
                    },
                )
            connection.execute("UPDATE counters SET value = ? WHERE name = 'matched'", (arrival.n,))
            oldest = (now - timedelta(days=KEPT_DAYS)).isoformat()
            connection.execute("DELETE FROM matches WHERE at < ?", (oldest,))

    def waiting(self, digest_until: datetime) -> list[Match]:
        """Return the matches to be sent: all, but of digests only those before a moment."""
        rows = self._rows(
            f"SELECT article, {COLUMNS} FROM matches JOIN follows ON follows.id = follow"  # noqa: S608
            " WHERE NOT settled AND failures < ? AND (NOT digest OR at < ?)"
            " ORDER BY at, follows.id, article",
            *(MOST_FAILURES, digest_until.isoformat()),
        )
        return [Match(subscription(row), article) for article, *row in rows]

    def settle(self, matches: Iterable[Match]) -> list[Match]:
        """Note that these are sent, or not to be sent; return those that still waited."""
        with self._database.writing() as connection:
            return [match for match in matches if self._settle(connection, match)]

    @staticmethod
    def _settle(connection: sqlite3.Connection, match: Match) -> bool:
        done = connection.execute(
            "UPDATE matches SET settled = 1 WHERE follow = ? AND article = ? AND NOT settled",
            (match.subscription.id, match.article),
        )
        return done.rowcount == 1
