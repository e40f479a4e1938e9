"""New articles, the follows that they answer to, and what is still to be told of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from index.catalog.database import Clock, Database, utc_now
from index.catalog.follows import COLUMNS, MOST_FAILURES, Follow, follow, select
from index.model import PUBLIC, Space

KEPT_DAYS = 30
"""How long a match stays, told or not."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An article that came `n`th, counting all that ever came; a new version is no arrival."""

    n: int
    article: str
    space: Space


@dataclass(frozen=True, slots=True)
class Match:
    """An article that answers to a follow."""

    follow: Follow
    article: str


class Matches:
    """Arrivals are matched in order; what was matched waits until it is settled, once."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def newest(self) -> int:
        """The number of the last arrival; cheap enough to be asked all the time."""
        with self._database.reading() as connection:
            (newest,) = connection.execute("SELECT max(n) FROM arrivals").fetchone()
        return newest or 0

    def next(self) -> Arrival | None:
        """The first arrival that is not matched yet and that somebody waits for."""
        with self._database.reading() as connection:
            # max() is NULL, which nothing is above, where nobody follows anything.
            row = connection.execute(
                "SELECT n, article, space FROM arrivals JOIN articles ON articles.id = article"
                " WHERE n > max((SELECT value FROM counters WHERE name = 'matched'),"
                "               (SELECT min(after) FROM follows))"
                " ORDER BY n LIMIT 1"
            ).fetchone()
        return Arrival(*row) if row else None

    def candidates(self, arrival: Arrival, spaces: Sequence[Space]) -> list[Follow]:
        """The follows of the spaces, oldest first, that an arrival may answer to.

        A server's own article concerns that server's alone, a public one also those of servers.
        """
        places = set(spaces) if arrival.space == PUBLIC else set(spaces) & {arrival.space}
        with self._database.reading() as connection:
            found = select(
                connection,
                "after < ? AND failures < ? ORDER BY id",
                *(arrival.n, MOST_FAILURES),
            )
        return [one for one in found if one.space in places]

    def note(self, arrival: Arrival, matching: Iterable[Follow]) -> None:
        """Have an arrival told to these, and never look at it again; one commit.

        Whoever would be told of it twice, or was told of it, is told for the first follow only.
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
        """What is to be told: all, but of digests only what was matched before a moment."""
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT article, {COLUMNS} FROM matches JOIN follows ON follows.id = follow"  # noqa: S608
                " WHERE NOT settled AND failures < ? AND (NOT digest OR at < ?)"
                " ORDER BY at, follows.id, article",
                (MOST_FAILURES, digest_until.isoformat()),
            )
            return [Match(follow(row), article) for article, *row in rows]

    def settle(self, matches: Iterable[Match]) -> list[Match]:
        """Note that these are told, or not to be told; return those that still waited."""
        with self._database.writing() as connection:
            return [match for match in matches if self._settle(connection, match)]

    @staticmethod
    def _settle(connection: sqlite3.Connection, match: Match) -> bool:
        done = connection.execute(
            "UPDATE matches SET settled = 1 WHERE follow = ? AND article = ? AND NOT settled",
            (match.follow.id, match.article),
        )
        return done.rowcount == 1
