"""The feeds that spaces follow: how their sites answered, and which of their entries were seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from index.errors import FeedExists, TooManyFeeds, UnknownFeed
from index.model import Space
from index.store.database import Table, kept

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

    `channel` is where its new articles are posted, None where those of all feeds are; `checked` is
    None before the first check; `failures` counts checks since the last that went well; `articles`
    counts those of its articles that are still indexed, `unread` the entries that could not be
    read.
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


class Feeds(Table):
    """Feeds by space and address; a seen entry stays seen, whatever becomes of its article."""

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
        """Return one feed of a space. Raises UnknownFeed."""
        for feed in self._feeds("space = ? AND id = ?", space, feed_id):
            return feed
        raise UnknownFeed(str(feed_id))

    def find(self, space: Space, words: str) -> Feed:
        """Return one feed of a space by id, address or title (any case). Raises UnknownFeed."""
        for feed in self.list(space):
            if words in (str(feed.id), feed.url) or words.casefold() == feed.title.casefold():
                return feed
        raise UnknownFeed(words)

    def list(self, space: Space) -> Sequence[Feed]:
        """Return all feeds of a space, by title."""
        return self._feeds("space = ? ORDER BY casefold(title), id", space)

    def due(self, spaces: Iterable[Space]) -> Sequence[Feed]:
        """Return the feeds of the spaces that are to be checked by now, longest due first."""
        wanted = set(spaces)
        due = self._feeds("next_check <= ? ORDER BY next_check, id", self._now())
        return [feed for feed in due if feed.space in wanted]

    def tally(self) -> tuple[int, int, int]:
        """Count all feeds, those that are due, and those that failed last time."""
        query = (
            "SELECT count(*), coalesce(sum(next_check <= ?), 0),"
            " coalesce(sum(failures > 0), 0) FROM feeds"
        )
        ((total, due, failing),) = self._rows(query, self._now())
        return total, due, failing

    def remove(self, space: Space, feed_id: int) -> Feed:
        """Stop following a feed; its articles stay. Raises UnknownFeed."""
        feed = self.get(space, feed_id)
        self._execute("DELETE FROM feeds WHERE id = ?", feed_id)
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
        self._execute(
            "UPDATE feeds SET title = ?, etag = ?, last_modified = ?, checked = ?,"
            " next_check = ?, failures = 0, last_error = NULL WHERE id = ?",
            *(kept(title), etag, last_modified, self._now(), _iso(next_check), feed_id),
        )

    def failed(self, feed_id: int, reason: str, next_check: datetime) -> None:
        """Note that a check failed, and why in plain words."""
        self._execute(
            "UPDATE feeds SET checked = ?, next_check = ?, failures = failures + 1,"
            " last_error = ? WHERE id = ?",
            *(self._now(), _iso(next_check), kept(reason), feed_id),
        )

    def seen(self, feed_id: int) -> dict[str, int]:
        """Return the entries that were seen, with the attempts that each has left, mostly none."""
        query = "SELECT entry, attempts_left FROM feed_entries WHERE feed = ?"
        return dict(self._rows(query, feed_id))

    def note(
        self,
        feed_id: int,
        entries: Iterable[str],
        article: str | None = None,
        *,
        reason: str | None = None,
        attempts_left: int = 0,
    ) -> None:
        """Note entries as seen, with the article made of them, or the reason why none was.

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

    def _feeds(self, which: str, *values: str | int) -> Sequence[Feed]:
        query = f"SELECT {_COLUMNS} FROM feeds WHERE {which}"  # noqa: S608
        return [_feed(row) for row in self._rows(query, *values)]

    def _now(self) -> str:
        return _iso(self._clock())


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _feed(row: Sequence[Any]) -> Feed:
    values = list(row)
    for n in (8, 9):  # checked, next_check
        values[n] = values[n] and datetime.fromisoformat(values[n])
    return Feed(*values)
