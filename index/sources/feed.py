"""Feeds (RSS, Atom, JSON): their entries as plain values, and where they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from index import strings
from index.errors import EmptySource
from index.sources import sandbox
from index.sources.decoding import check_size, clean
from index.sources.document import iso_date, one_line
from index.sources.notices import without_teasers

LINK_MAX_CHARS = 2_048
ID_MAX_CHARS = 500

_FIRST_DATE = "1990"
_AHEAD = timedelta(days=2)
"""Dates of 1772 and 2126 have been seen; a date ahead may be of another time zone."""

_HTTP = re.compile(r"\Ahttp://", re.I)
_RESERVED = "%/:?#[]@!$&'()*+,;=~"
_UNESCAPED = re.compile(rf"[^\w{re.escape(_RESERVED)}.-]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of a feed.

    `id` is what it is known by when it changes: the feed's own name for it where no other entry
    has it as well, else the link.
    `published` is an ISO 8601 date, or date and time in UTC; `text` is all that the feed has of
    the article, in paragraphs.
    """

    id: str
    link: str
    title: str
    published: str | None
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
    named = {(f["id"], as_https(f["link"])) for f in found["entries"]}
    times = Counter(entry_id for entry_id, _ in named)
    entries: dict[str, Entry] = {}
    known: set[str] = set()
    for fields in found["entries"]:
        entry = _entry(fields, unique=times[fields["id"]] == 1)
        if entry and known.isdisjoint(names := {as_https(entry.id), as_https(entry.link)}):
            known |= names
            entries[entry.id] = entry
    return ParsedFeed(_line(found["title"]), _web_link(found["link"]), tuple(entries.values()))


def as_https(name: str) -> str:
    """Return what a link (or an id) has in common with itself under http and https."""
    return _HTTP.sub("https://", name)


def links(name: str, page: bytes, *, link: str) -> tuple[str, ...]:
    """Return the feeds that a web page, fetched from `link`, names as its own, best first.

    Raises SourceError.
    """
    check_size(name, len(page))
    found = sandbox.run(name, "index.sandboxed.alternates", page, link)
    return tuple(dict.fromkeys(filter(None, map(_web_link, found))))


def _entry(fields: Mapping[str, Any], *, unique: bool) -> Entry | None:
    link = _web_link(fields["link"])
    if link is None:
        return None
    own = clean(fields["id"] or "").strip()[:ID_MAX_CHARS] if unique else ""
    dates = [*map(iso_date, fields["written"]), *map(_utc, fields["parsed"])]
    text = "\n\n".join(filter(None, map(str.strip, clean(fields["text"]).split("\n"))))
    return Entry(
        id=own or link,
        link=link,
        title=_line(fields["title"]),
        published=next((date for date in dates if date and _is_believable(date)), None),
        text=without_teasers(text),
    )


def _is_believable(date: str) -> bool:
    """Tell whether something can have been published on the web on a date."""
    latest = datetime.now(UTC) + _AHEAD
    return _FIRST_DATE <= date <= latest.isoformat()


def _line(text: str) -> str:
    return one_line(clean(text))


def _web_link(link: str | None) -> str | None:
    """Return an http or https link, its blanks and the like escaped; None for anything else."""
    link = (link or "").strip()
    link = f"https:{link}" if link.startswith("//") else link
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in parts.netloc:
        return None
    if _UNESCAPED.search(link):
        rest = (quote(part, safe=_RESERVED) for part in parts[2:])
        link = urlunsplit((*parts[:2], *rest))
    return link if len(link) <= LINK_MAX_CHARS and link.isprintable() else None


def _utc(parsed: list[int]) -> str | None:
    try:
        return datetime(*parsed, tzinfo=UTC).isoformat()  # type: ignore[arg-type,misc]
    except (TypeError, ValueError):
        return None
