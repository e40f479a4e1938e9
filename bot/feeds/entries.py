"""From a feed's entry to a document: its page, or where that cannot be read the feed's own text."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from index import sources
from index.errors import SourceError

if TYPE_CHECKING:
    from bot.fetch import Fetcher
    from bot.workers import Workers
    from index.model import Document
    from index.sources.feed import Entry

MIN_WORDS = 60
"""A feed's text with fewer is a teaser, and a page with fewer a notice in front of the article."""


async def read(fetcher: Fetcher, workers: Workers, entry: Entry, feed_link: str) -> Document:
    """Return the article of an entry. Raises SourceError.

    A feed speaks for its own site alone: title, date and text of others' pages are the pages' own,
    so that no feed can put words into another site's mouth.
    """
    own = speaks_for(feed_link, entry.link)
    try:
        document = await _page(fetcher, workers, entry, own=own)
    except SourceError:
        if not own or _words(entry.text) < MIN_WORDS:
            raise
        return await _text(workers, entry)
    if own and _words(document.text) < MIN_WORDS <= _words(entry.text):
        return await _text(workers, entry)
    return document


async def _page(fetcher: Fetcher, workers: Workers, entry: Entry, *, own: bool) -> Document:
    page = await fetcher.fetch(entry.link)
    return await workers.ask(
        sources.read,
        page.name,
        page.data,
        origin=entry.link,
        source=page.url,
        title=entry.title or None if own else None,
        published=entry.published if own else None,
    )


async def _text(workers: Workers, entry: Entry) -> Document:
    return await workers.ask(
        sources.read_text,
        entry.text,
        name=entry.link,
        title=entry.title or None,
        source=entry.link,
        published=entry.published,
        origin=entry.link,
    )


def speaks_for(feed_link: str, link: str) -> bool:
    """Tell whether a link is on the feed's own host, or on a part of it (www. aside)."""
    feed, host = (
        (urlsplit(each).hostname or "").removeprefix("www.") for each in (feed_link, link)
    )
    return host == feed or host.endswith(f".{feed}")


def _words(text: str) -> int:
    return len(text.split())
