"""RSS and Atom feeds: their entries as plain values, and where they are. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from index import strings
from index.errors import EmptySource
from index.sources import sandbox
from index.sources.decoding import check_size, clean
from index.sources.document import iso_date, one_line

LINK_MAX_CHARS = 2_048
ID_MAX_CHARS = 500
SUMMARY_MAX_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed.

    `id` is what it is known by when it changes: the feed's own name for it, else the link.
    `published` is an ISO 8601 date, or date and time in UTC; `summary` is one line of text, `text`
    all that the feed has of the article, in paragraphs.
    """

    id: str
    link: str
    title: str
    published: str | None
    summary: str
    text: str


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed and its entries in the feed's order, those without a web link left out."""

    title: str
    link: str | None
    entries: tuple[Entry, ...]


def parse(name: str, data: bytes, *, link: str = "") -> ParsedFeed:
    """Read a feed that was fetched from `link`. Raises SourceError.

    Broken feeds are read as far as they go; at most 200 entries.
    """
    check_size(name, len(data))
    if not data.strip():
        raise EmptySource(name, strings.EMPTY)
    found = sandbox.run(name, "index.sandboxed.feed", data, link)
    entries: dict[str, Entry] = {}
    for fields in found["entries"]:
        if entry := _entry(fields):
            entries.setdefault(entry.id, entry)
    return ParsedFeed(_line(found["title"]), _web_link(found["link"]), tuple(entries.values()))


def links(name: str, page: bytes, *, link: str) -> tuple[str, ...]:
    """Return the feeds that a web page, fetched from `link`, names as its own, best first.

    Raises SourceError.
    """
    check_size(name, len(page))
    found = sandbox.run(name, "index.sandboxed.alternates", page, link)
    return tuple(dict.fromkeys(filter(None, map(_web_link, found))))


def _entry(fields: Mapping[str, Any]) -> Entry | None:
    link = _web_link(fields["link"])
    if link is None:
        return None
    return Entry(
        id=clean(fields["id"] or "").strip()[:ID_MAX_CHARS] or link,
        link=link,
        title=_line(fields["title"]),
        published=iso_date(fields["written"]) or _utc(fields["parsed"]),
        summary=one_line(clean(fields["summary"]), SUMMARY_MAX_CHARS),
        text="\n\n".join(filter(None, map(str.strip, clean(fields["text"]).split("\n")))),
    )


def _line(text: str) -> str:
    return one_line(clean(text))


def _web_link(link: str | None) -> str | None:
    """Return an http or https link as it is, None for anything else."""
    link = (link or "").strip()
    if len(link) > LINK_MAX_CHARS or not link.isprintable() or " " in link:
        return None
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    return link if parts.scheme in ("http", "https") and parts.hostname else None


def _utc(parsed: list[int]) -> str | None:
    try:
        return datetime(*parsed, tzinfo=UTC).isoformat()  # type: ignore[arg-type,misc]
    except (TypeError, ValueError):
        return None
