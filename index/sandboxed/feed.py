"""RSS and Atom feeds to entries, with feedparser; in a child process alone."""

from __future__ import annotations

import re
import xml.sax.expatreader  # noqa: F401 - feedparser imports it while it parses
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import feedparser

from index import strings
from index.errors import UndecodableSource, UnsupportedSource

MAX_ENTRIES = 200

MAX_CHARS = 20_000
"""Of one field; summaries hold whole articles at times."""

DATE_MAX_CHARS = 100
_BLANKS = re.compile(r"\s+")
_UNSEEN = frozenset(("script", "style", "template", "noscript"))
_WITHIN_WORDS = frozenset("a abbr b bdi bdo cite code del em font i ins kbd mark q s small span"
                          " strong sub sup time tt u var wbr".split())  # fmt: skip


def parse(data: bytes, link: str) -> dict[str, Any]:
    """Return `title`, `link` and `entries`; `link` is where relative links start from."""
    # A stream: bytes would be tried as the name of a file, and text as a link.
    headers = {"content-location": link} if link else {}
    try:
        found = feedparser.parse(BytesIO(data), response_headers=headers)
    except MemoryError:
        raise
    except Exception as error:
        raise UndecodableSource("", strings.BROKEN_FEED) from error
    if not found.version:
        raise UnsupportedSource("", strings.NOT_FEED)
    return {
        "title": _text(found.feed, "title"),
        "link": found.feed.get("link"),
        "entries": [_entry(entry) for entry in found.entries[:MAX_ENTRIES]],
    }


def _entry(entry: Any) -> dict[str, Any]:
    return {
        "id": entry.get("id"),
        "link": entry.get("link"),
        "title": _text(entry, "title"),
        "summary": _text(entry, "summary") or _content(entry),
        "text": max(_content(entry), _text(entry, "summary"), key=len),
        "written": (entry.get("published") or entry.get("updated") or "")[:DATE_MAX_CHARS],
        # In UTC: year, month, day, hour, minute, second.
        "parsed": list(entry.get("published_parsed") or entry.get("updated_parsed") or ())[:6],
    }


def _text(fields: Any, key: str) -> str:
    return _plain(fields.get(key), fields.get(f"{key}_detail", {}).get("type"))


def _content(entry: Any) -> str:
    return next(
        (_plain(part.get("value"), part.get("type")) for part in entry.get("content", ())), ""
    )


def _plain(value: Any, kind: str | None) -> str:
    if not isinstance(value, str) or not value.strip():
        return ""
    return value[:MAX_CHARS] if kind == "text/plain" else html_to_text(value)[:MAX_CHARS]


def html_to_text(html: str) -> str:
    """Return what a reader would see, each block in a line of its own."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002
        self._unseen += tag in _UNSEEN
        self._tag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        self._tag(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(_BLANKS.sub(" ", data))

    def _tag(self, tag: str) -> None:
        if tag not in _WITHIN_WORDS:
            self.parts.append("\n")
