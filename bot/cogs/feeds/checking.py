"""Find feeds, check them, and index what is new."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from bot.cogs.feeds import strings
from bot.runtime.threads import Workers
from bot.services import Services
from index.errors import SourceError, UnsupportedSource
from index.ingest import Link, Text
from index.model import Added, Article, Document, Failed
from index.sources import feed as sources_feed
from index.sources.document import NOTHING_GIVEN, Given, is_teaser
from index.sources.feed import Entry, ParsedFeed, as_https
from index.store.feeds import Feed
from index.web.fetch import FetchedPage, Fetcher, FetchError, Validators

log = logging.getLogger(__name__)


async def read(services: Services, entry: Entry, feed_link: str) -> Document:
    """Return the article of an entry. Raises SourceError.

    A feed speaks for its own site alone: title, date and text of others' pages are the pages' own,
    so that no feed can put words into another site's mouth.
    """
    own = speaks_for(feed_link, entry.link)
    given = Given(title=entry.title or None, published=entry.published) if own else NOTHING_GIVEN
    text = Text(entry.link, entry.text, replace(given, source=entry.link, origin=entry.link))
    usable = own and not is_teaser(entry.text)
    try:
        document = await services.read(Link(entry.link, given))
    except SourceError:
        if not usable:
            raise
        return await services.read(text)
    if usable and is_teaser(document.text):
        return await services.read(text)
    return document


def speaks_for(feed_link: str, link: str) -> bool:
    """Return whether a link is on the feed's own host, or on a part of it (www. aside)."""
    feed, host = (
        (urlsplit(each).hostname or "").removeprefix("www.") for each in (feed_link, link)
    )
    return host == feed or host.endswith(f".{feed}")


INTERVAL = timedelta(minutes=15)

LONGEST = timedelta(days=1)
"""The longest time between two checks of a feed, however often it failed."""

PATIENCE = timedelta(days=7)
"""The longest time that a site may ask to be left alone for."""

JITTER = 0.2
"""The largest share of an interval to take off at random: feeds added together drift apart."""


def next_check(
    now: datetime,
    failures: int = 0,
    retry_after: datetime | None = None,
    chance: Callable[[], float] = random.random,
) -> datetime:
    """Return when: sooner by up to JITTER, later with each failure, never before the site allows.

    `failures` counts those since the last check that went well; `chance` draws from 0 to 1.
    """
    doubled = INTERVAL * (1 << min(failures, 7))  # which is more than LONGEST in the end
    wait = min(doubled, LONGEST) * (1 - JITTER * chance())
    if retry_after is None:
        return now + wait
    return max(now + wait, min(retry_after, now + PATIENCE))


EntryProgress = Callable[[int, int], None]
"""Called with (entries read, entries to read); may raise, to stop the check."""

MOST_NEW = 20
"""Articles that one check takes, the newest first. The first check of a feed leaves out the rest,
later ones take them the next time."""

ATTEMPTS = 3
"""At an entry whose page cannot be read."""

MAX_SECONDS = 600.0
"""After so long a check leaves the rest to the next; Discord lets a reply be edited for 900."""


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """The outcome of a check; `feed` is as it was stored after it.

    `older` counts entries that the first check left out for good, `waiting` those that the next
    check takes; `duplicates` have the text of an article that is here already; `error` says in
    plain words why the whole feed could not be read.
    """

    feed: Feed
    added: tuple[Article, ...] = ()
    failed: tuple[Failed, ...] = ()
    older: int = 0
    waiting: int = 0
    error: str | None = None
    duplicates: int = 0


class Checker:
    """Checks feeds; whoever calls `check` holds the feed's `turn`."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def turn(self, feed: Feed) -> asyncio.Lock:
        """Return the lock to hold while a feed is checked and its articles announced."""
        return self._locks.setdefault(feed.id, asyncio.Lock())

    async def check(
        self, feed: Feed, progress: EntryProgress | None = None, *, page: FetchedPage | None = None
    ) -> FeedCheck:
        """Check a feed now; `page` is what was just fetched of it. Raises UnknownFeed.

        What is new is noted as to be announced.
        """
        feed = await self._again(feed)
        try:
            done = await self._check(feed, progress, page)
        except TimeoutError:
            done = await self._failed(feed, strings.TOO_LONG)
        except FetchError as error:
            done = await self._failed(feed, error.reason, error.retry_after)
        except SourceError as error:
            done = await self._failed(feed, error.reason)
        return replace(done, feed=await self._again(feed))

    async def _check(
        self, feed: Feed, progress: EntryProgress | None, page: FetchedPage | None
    ) -> FeedCheck:
        ask, store = self._services.workers.ask, self._services.feeds
        known = Validators(feed.etag, feed.last_modified)
        page = page or await self._services.fetcher.fetch_feed(feed.url, known)
        done, title = FeedCheck(feed), feed.title
        if page is not None:
            found = await ask(sources_feed.parse, feed.url, page.data, link=page.url)
            done, title = await self._take(feed, found.entries, progress), found.title or feed.title
            # A site that knows us to be up to date would not send what still waits.
            known = Validators() if done.waiting else page.validators
        await ask(
            store.succeeded,
            feed.id,
            title,
            next_check(datetime.now(UTC)),
            etag=known.etag,
            last_modified=known.last_modified,
        )
        log.info("feed %d: %d new, %d unread", feed.id, len(done.added), len(done.failed))
        return done

    async def _take(
        self, feed: Feed, listed: Sequence[Entry], progress: EntryProgress | None
    ) -> FeedCheck:
        ask, store = self._services.workers.ask, self._services.feeds
        seen = {as_https(name): left for name, left in (await ask(store.seen, feed.id)).items()}
        new = newest(entry for entry in listed if seen.get(as_https(entry.id), ATTEMPTS))
        taken, rest = new[:MOST_NEW], new[MOST_NEW:]
        older = [] if seen else rest
        await ask(store.note, feed.id, [entry.id for entry in older])
        done = FeedCheck(feed, older=len(older), waiting=len(rest) - len(older))
        until = time.monotonic() + MAX_SECONDS
        for n, entry in enumerate(taken):
            if time.monotonic() > until:
                done = replace(done, waiting=done.waiting + len(taken) - n)
                break
            if progress:
                progress(n, len(taken))
            done = await self._try(done, entry, seen.get(as_https(entry.id), ATTEMPTS) - 1)
        await ask(store.keep, feed.id, [entry.id for entry in listed])
        return done

    async def _try(self, done: FeedCheck, entry: Entry, attempts_left: int) -> FeedCheck:
        """Index an entry, or note why it cannot be; return what has been done with it."""
        try:
            added = await self._index(done.feed, entry)
        except (SourceError, TimeoutError) as error:
            reason = error.reason if isinstance(error, SourceError) else strings.TOO_LONG
        else:
            if added.status == "duplicate":
                return replace(done, duplicates=done.duplicates + 1)
            new = (added.article,) if added.status == "added" else ()
            return replace(done, added=(*done.added, *new))
        await self._services.workers.ask(
            self._services.feeds.note,
            done.feed.id,
            [entry.id],
            reason=reason,
            attempts_left=attempts_left,
        )
        failed = Failed(entry.title or entry.link, reason)
        waiting = done.waiting + (attempts_left > 0)
        return replace(done, failed=(*done.failed, failed), waiting=waiting)

    async def _index(self, feed: Feed, entry: Entry) -> Added:
        """Index an entry and note it as seen, in one commit where it is published."""
        services = self._services

        def note(added: Added) -> None:
            is_news = added.status == "added"
            services.feeds.note(feed.id, [entry.id], added.article.id, announce=is_news)

        document = await read(services, entry, feed.url)
        stop = services.workers.check
        added = await services.publish(document, feed.space, lambda *_: stop(), also=note)
        if not added.indexed:
            await services.workers.ask(note, added)
        return added

    async def _failed(
        self, feed: Feed, reason: str, retry_after: datetime | None = None
    ) -> FeedCheck:
        at = next_check(datetime.now(UTC), feed.failures + 1, retry_after)
        await self._services.workers.ask(self._services.feeds.failed, feed.id, reason, at)
        log.info("feed %d failed, next check at %s", feed.id, at.isoformat(timespec="seconds"))
        return FeedCheck(feed, error=reason)

    async def _again(self, feed: Feed) -> Feed:
        """Return the feed as it is by now. Raises UnknownFeed."""
        return await self._services.workers.ask(self._services.feeds.get, feed.space, feed.id)


def newest(found: Iterable[Entry]) -> list[Entry]:
    """Return entries newest first, those without a date last, in the feed's order where equal."""
    return sorted(found, key=lambda entry: entry.published or "", reverse=True)


TRIED = 3
"""How many of the feeds that one page names are fetched."""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed, its address, and the response that it was read from."""

    link: str
    feed: ParsedFeed
    page: FetchedPage


async def find(fetcher: Fetcher, workers: Workers, link: str) -> FoundFeed:
    """Return the feed at a link. Raises SourceError in plain words."""
    link = link.strip()
    page = await _fetch(fetcher, link)
    try:
        return FoundFeed(link, await _parse(workers, link, page), page)
    except UnsupportedSource:
        named = await workers.ask(sources_feed.links, link, page.data, link=page.url)
    if not named:
        raise UnsupportedSource(link, strings.NO_FEED)
    failure: SourceError | None = None
    for each in named[:TRIED]:
        try:
            page = await _fetch(fetcher, each)
            return FoundFeed(each, await _parse(workers, each, page), page)
        except SourceError as error:
            failure = failure or error
    assert failure
    raise failure


async def _fetch(fetcher: Fetcher, link: str) -> FetchedPage:
    page = await fetcher.fetch_feed(link, Validators())
    if page is None:  # a site that answers "as before" to somebody new
        raise SourceError(link, strings.EMPTY_ANSWER)
    return page


async def _parse(workers: Workers, link: str, page: FetchedPage) -> ParsedFeed:
    return await workers.ask(sources_feed.parse, link, page.data, link=page.url)
