"""The feeds that spaces follow: how their sites answered, and which of their entries were seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from index.errors import FeedExists, TooManyFeeds, UnknownFeed
from index.model import Space
from index.store.database import Repository, kept
from index.store.queries import one_of, replacing
from index.store.schema import articles, feed_entries, feeds

MAX_FEEDS = 50
"""Of one space."""

KEPT_ENTRIES = 2_000
"""Of one feed: those that it named last. Ten times what is read of it at once."""

_FEEDS = sa.select(
    feeds,
    sa.select(sa.func.count())
    .select_from(feed_entries.join(articles, articles.c.id == feed_entries.c.article))
    .where(feed_entries.c.feed == feeds.c.id)
    .scalar_subquery()
    .label("articles"),
    sa.select(sa.func.count(feed_entries.c.reason))
    .where(feed_entries.c.feed == feeds.c.id)
    .scalar_subquery()
    .label("unread"),
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


@dataclass(frozen=True, slots=True)
class Announcement:
    """Articles of a feed that are announced in one message, by its nonce."""

    nonce: str
    articles: tuple[str, ...]


class Feeds(Repository):
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
            rows = connection.execute(
                sa.select(feeds.c.url, feeds.c.title).where(feeds.c.space == space)
            )
            known = {str(url): str(title) for url, title in rows}
            if url in known:
                raise FeedExists(url, known[url])
            if len(known) >= MAX_FEEDS:
                raise TooManyFeeds(MAX_FEEDS)
            added = sa.insert(feeds).values(
                space=space,
                url=url,
                title=kept(title),
                channel=channel,
                added_by=who,
                next_check=_iso(next_check),
                failures=0,
            )
            feed_id = connection.execute(added.returning(feeds.c.id)).scalar_one()
        return self.get(space, feed_id)

    def get(self, space: Space, feed_id: int) -> Feed:
        """Return one feed of a space. Raises UnknownFeed."""
        for feed in self._feeds(_FEEDS.where(feeds.c.space == space, feeds.c.id == feed_id)):
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
        found = self._feeds(_FEEDS.where(feeds.c.space == space))
        return sorted(found, key=lambda feed: (feed.title.casefold(), feed.id))

    def due(self, spaces: Iterable[Space]) -> Sequence[Feed]:
        """Return the feeds of the spaces that are to be checked by now, longest due first."""
        due = _FEEDS.where(feeds.c.next_check <= self._now(), one_of(feeds.c.space, spaces))
        return self._feeds(due.order_by(feeds.c.next_check, feeds.c.id))

    def unannounced(self, spaces: Iterable[Space]) -> Sequence[Feed]:
        """Return the feeds of the spaces that have articles to be announced."""
        waiting = sa.select(feed_entries.c.feed).where(feed_entries.c.announcement.is_not(None))
        return self._feeds(_FEEDS.where(feeds.c.id.in_(waiting), one_of(feeds.c.space, spaces)))

    def tally(self) -> tuple[int, int, int]:
        """Count all feeds, those that are due, and those that failed last time."""
        count = sa.func.count()
        query = sa.select(
            count,
            count.filter(feeds.c.next_check <= self._now()),
            count.filter(feeds.c.failures > 0),
        )
        ((total, due, failing),) = self._rows(query.select_from(feeds))
        return total, due, failing

    def remove(self, space: Space, feed_id: int) -> Feed:
        """Stop following a feed; its articles stay. Raises UnknownFeed."""
        feed = self.get(space, feed_id)
        self._execute(sa.delete(feeds).where(feeds.c.id == feed_id))
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
        self._update(
            feed_id,
            title=kept(title),
            etag=etag,
            last_modified=last_modified,
            checked=self._now(),
            next_check=_iso(next_check),
            failures=0,
            last_error=None,
        )

    def failed(self, feed_id: int, reason: str, next_check: datetime) -> None:
        """Note that a check failed, and why in plain words."""
        self._update(
            feed_id,
            checked=self._now(),
            next_check=_iso(next_check),
            failures=feeds.c.failures + 1,
            last_error=kept(reason),
        )

    def seen(self, feed_id: int) -> dict[str, int]:
        """Return the entries that were seen, with the attempts that each has left, mostly none."""
        query = sa.select(feed_entries.c.entry, feed_entries.c.attempts_left)
        rows = self._rows(query.where(feed_entries.c.feed == feed_id))
        return {row.entry: row.attempts_left for row in rows}

    def note(
        self,
        feed_id: int,
        entries: Iterable[str],
        article: str | None = None,
        *,
        reason: str | None = None,
        attempts_left: int = 0,
        announce: bool = False,
    ) -> None:
        """Note entries as seen, with the article made of them, or the reason why none was.

        With `announce` it is to be announced. Those of a feed that was removed meanwhile are left
        alone.
        """
        with self._database.writing() as connection:
            if connection.scalar(sa.select(feeds.c.id).where(feeds.c.id == feed_id)):
                noted: dict[str, object] = {
                    "feed": feed_id,
                    "article": article,
                    "reason": reason and kept(reason),
                    "attempts_left": attempts_left,
                    "named": self._now(),
                    "announcement": "" if announce else None,
                }
                for entry in entries:
                    replacing(feed_entries).run(connection, **noted, entry=entry)

    def keep(self, feed_id: int, entries: Iterable[str]) -> None:
        """Note that a feed still names entries; forget the oldest of those that it does not."""
        now = self._now()
        with self._database.writing() as connection:
            of_feed = feed_entries.c.feed == feed_id
            if named := [{"one": entry} for entry in entries]:
                connection.execute(
                    sa.update(feed_entries)
                    .where(of_feed, feed_entries.c.entry == sa.bindparam("one"))
                    .values(named=now),
                    named,
                )
            older = (
                sa.select(feed_entries.c.entry)
                .where(of_feed)
                .order_by(feed_entries.c.named.desc())
                .offset(KEPT_ENTRIES)
            )
            connection.execute(
                sa.delete(feed_entries).where(of_feed, feed_entries.c.entry.in_(older))
            )

    def announcements(self, feed_id: int, nonce: str) -> Sequence[Announcement]:
        """Return what is to be announced of a feed: what was begun before, then all else.

        The latter is noted as begun with `nonce`.
        """
        waiting = sa.and_(feed_entries.c.feed == feed_id, feed_entries.c.announcement.is_not(None))
        query = sa.select(feed_entries.c.announcement, feed_entries.c.article).where(waiting)
        if not self._rows(query.limit(1)):  # as after most checks: nothing is written then
            return ()
        begun: dict[str, list[str]] = {}
        with self._database.writing() as connection:
            for found, article in connection.execute(query):
                begun.setdefault(found or nonce, []).append(article)
            connection.execute(
                sa.update(feed_entries)
                .where(waiting, feed_entries.c.announcement == "")
                .values(announcement=nonce)
            )
        return [Announcement(number, tuple(ids)) for number, ids in sorted(begun.items())]

    def announced(self, feed_id: int, nonce: str = "") -> None:
        """Note that a message was posted, or is not to be; "" is what no message was begun for."""
        self._execute(
            sa.update(feed_entries)
            .where(feed_entries.c.feed == feed_id, feed_entries.c.announcement == nonce)
            .values(announcement=None)
        )

    def _update(self, feed_id: int, **values: object) -> None:
        self._execute(sa.update(feeds).where(feeds.c.id == feed_id).values(values))

    def _feeds(self, query: sa.Select[Any]) -> Sequence[Feed]:
        return [_feed(row) for row in self._rows(query)]

    def _now(self) -> str:
        return _iso(self._clock())


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _feed(row: sa.Row[Any]) -> Feed:
    values = dict(row._mapping)
    for time in ("checked", "next_check"):
        values[time] = values[time] and datetime.fromisoformat(values[time])
    return Feed(**values)
