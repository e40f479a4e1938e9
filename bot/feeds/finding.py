"""Finding the feed at a link: the link's own, or one that the web page there names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.asking_again import Validators
from bot.fetch import Page
from bot.words import feeds as words
from index.errors import SourceError, UnsupportedSource
from index.sources import feed
from index.sources.feed import Feed

if TYPE_CHECKING:
    from bot.fetch import Fetcher
    from bot.workers import Workers

TRIED = 3
"""Feeds of one page."""


@dataclass(frozen=True, slots=True)
class Found:
    """A feed, where it is, and as what it was fetched."""

    link: str
    feed: Feed
    page: Page


async def find(fetcher: Fetcher, workers: Workers, link: str) -> Found:
    """Return the feed at a link. Raises SourceError in plain words."""
    link = link.strip()
    page = await _fetch(fetcher, link)
    try:
        return Found(link, await _parse(workers, link, page), page)
    except UnsupportedSource:
        named = await workers.ask(feed.links, link, page.data, link=page.url)
    if not named:
        raise UnsupportedSource(link, words.NO_FEED)
    failure: SourceError | None = None
    for each in named[:TRIED]:
        try:
            page = await _fetch(fetcher, each)
            return Found(each, await _parse(workers, each, page), page)
        except SourceError as error:
            failure = failure or error
    assert failure
    raise failure


async def _fetch(fetcher: Fetcher, link: str) -> Page:
    page = await fetcher.fetch_feed(link, Validators())
    if page is None:  # a site that answers "as before" to somebody new
        raise SourceError(link, words.EMPTY_ANSWER)
    return page


async def _parse(workers: Workers, link: str, page: Page) -> Feed:
    return await workers.ask(feed.parse, link, page.data, link=page.url)
