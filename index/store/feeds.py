"""The feeds that spaces follow: how their sites answered, and which of their entries were seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from index.errors import FeedExists, TooManyFeeds, UnknownFeed
from index.model import Space
from index.store.database import Clock, Database, utc_now
from index.store.votes import kept

MAX_FEEDS = 50
"""Of one space."""

KEPT_ENTRIES = 2_000
"""Of one feed: those that it named last. Ten times what is read of it at once."""

_COLUMNS = (
    "id, space, url, title, channel, added_by, etag, last_modified, checked, next_check, failures,"
    " last_error, (SELECT count(*) FROM feed_entries JOIN articles ON articles.id = article"
    "  WHERE feed = feeds.id), (SELECT count(reason) FROM feed_entries WHERE feed = feeds.id)"
)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a space follows.

    `channel` is where its new articles are told of, None where the server tells of all; `checked`
    is None before the first check; `failures` counts checks since the last that went well;
    `articles` counts those of its articles that are still indexed, `unread` the entries that
    could not be read.
    """

    id: int
    space: Space
    url: str
    title: str
    channel: str | None
    added_by: str
    etag: str | None
    last_modified: str | None
    checked: datetime | None
    next_check: datetime
    failures: int
    last_error: str | None
    articles: int
    unread: int


class Feeds:
    """Kept by space and address. An entry once seen stays seen, whatever becomes of its article."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def add(
        self,
        space: Space,
        url: str,
        title: str,
        who: str,
        next_check: datetime,
        channel: str | None = None,
    ) -> Feed:
        """Follow a feed. Raises FeedExists, TooManyFeeds."""
        with self._database.writing() as connection:
            rows = connection.execute("SELECT url, title FROM feeds WHERE space = ?", (space,))
            known = {str(url): str(title) for url, title in rows}
            if url in known:
                raise FeedExists(url, known[url])
            if len(known) >= MAX_FEEDS:
                raise TooManyFeeds(MAX_FEEDS)
            (feed_id,) = connection.execute(
                "INSERT INTO feeds (space, url, title, channel, added_by, next_check, failures)"
                " VALUES (?, ?, ?, ?, ?, ?, 0) RETURNING id",
                (space, url, kept(title), channel, who, _iso(next_check)),
            ).fetchone()
        return self.get(space, feed_id)

    def get(self, space: Space, feed_id: int) -> Feed:
        """One feed of a space. Raises UnknownFeed."""
        for feed in self._feeds("space = ? AND id = ?", space, feed_id):
            return feed
        raise UnknownFeed(str(feed_id))

    def find(self, space: Space, words: str) -> Feed:
        """One feed of a space by id, address or title (any case). Raises UnknownFeed."""
        for feed in self.list(space):
            if words in (str(feed.id), feed.url) or words.casefold() == feed.title.casefold():
                return feed
        raise UnknownFeed(words)

    def list(self, space: Space) -> Sequence[Feed]:
        """All feeds of a space, by title."""
        return self._feeds("space = ? ORDER BY casefold(title), id", space)

    def due(self, spaces: Iterable[Space]) -> Sequence[Feed]:
        """The feeds of the spaces that are to be checked by now, longest due first."""
        wanted = set(spaces)
        due = self._feeds("next_check <= ? ORDER BY next_check, id", self._now())
        return [feed for feed in due if feed.space in wanted]

    def tally(self) -> tuple[int, int, int]:
        """How many feeds there are in all, how many are due, and how many failed last time."""
        with self._database.reading() as connection:
            total, due, failing = connection.execute(
                "SELECT count(*), coalesce(sum(next_check <= ?), 0),"
                " coalesce(sum(failures > 0), 0) FROM feeds",
                (self._now(),),
            ).fetchone()
        return total, due, failing

    def remove(self, space: Space, feed_id: int) -> Feed:
        """Follow a feed no longer; its articles stay. Raises UnknownFeed."""
        feed = self.get(space, feed_id)
        with self._database.writing() as connection:
            connection.execute("DELETE FROM feeds WHERE id = ?", (feed_id,))
        return feed

    def succeeded(
        self,
        feed_id: int,
        title: str,
        next_check: datetime,
        *,
        etag: str | None,
        last_modified: str | None,
    ) -> None:
        """Note that a check went well."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE feeds SET title = ?, etag = ?, last_modified = ?, checked = ?,"
                " next_check = ?, failures = 0, last_error = NULL WHERE id = ?",
                (kept(title), etag, last_modified, self._now(), _iso(next_check), feed_id),
            )

    def failed(self, feed_id: int, reason: str, next_check: datetime) -> None:
        """Note that a check failed, and why in plain words."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE feeds SET checked = ?, next_check = ?, failures = failures + 1,"
                " last_error = ? WHERE id = ?",
                (self._now(), _iso(next_check), kept(reason), feed_id),
            )

    def seen(self, feed_id: int) -> dict[str, int]:
        """The entries that were seen: how many further attempts each is to have, mostly none."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT entry, attempts_left FROM feed_entries WHERE feed = ?", (feed_id,)
            )
            return dict(rows.fetchall())

    def note(
        self,
        feed_id: int,
        entries: Iterable[str],
        article: str | None = None,
        *,
        reason: str | None = None,
        attempts_left: int = 0,
    ) -> None:
        """Note entries as seen: what article was made of them, or why none and what is to be done.

        Those of a feed that was removed meanwhile are left alone.
        """
        with self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM feeds WHERE id = ?", (feed_id,)).fetchone():
                now = self._now()
                connection.executemany(
                    "REPLACE INTO feed_entries VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (feed_id, entry, article, reason and kept(reason), attempts_left, now)
                        for entry in entries
                    ],
                )

    def keep(self, feed_id: int, entries: Iterable[str]) -> None:
        """Note that a feed still names entries; forget the oldest of those that it does not."""
        now = self._now()
        with self._database.writing() as connection:
            connection.executemany(
                "UPDATE feed_entries SET named = ? WHERE feed = ? AND entry = ?",
                [(now, feed_id, entry) for entry in entries],
            )
            connection.execute(
                "DELETE FROM feed_entries WHERE feed = ?1 AND entry IN (SELECT entry"
                " FROM feed_entries WHERE feed = ?1 ORDER BY named DESC LIMIT -1 OFFSET ?2)",
                (feed_id, KEPT_ENTRIES),
            )

    def added_by(self, who: str) -> Sequence[Feed]:
        """The feeds of all spaces that one user added."""
        return self._feeds("added_by = ? ORDER BY id", who)

    def forget(self, who: str) -> None:
        """Take a user's id out of the feeds; that they are followed stays."""
        with self._database.writing() as connection:
            connection.execute("UPDATE feeds SET added_by = '' WHERE added_by = ?", (who,))

    def _feeds(self, which: str, *given: str | int) -> Sequence[Feed]:
        with self._database.reading() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM feeds WHERE {which}", given)  # noqa: S608
            return [_feed(row) for row in rows]

    def _now(self) -> str:
        return _iso(self._clock())


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _feed(row: Sequence[object]) -> Feed:
    values = list(row)
    for n in (8, 9):
        values[n] = values[n] and datetime.fromisoformat(str(values[n]))
    return Feed(*values)  # type: ignore[arg-type]
