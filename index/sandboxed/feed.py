"""RSS, Atom (with feedparser) and JSON feeds to entries; in a child process alone."""

from __future__ import annotations

import json
import re
import xml.sax.expatreader  # noqa: F401 - feedparser imports it while it parses
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

import feedparser

from index import strings
from index.errors import UndecodableSource, UnsupportedSource

MAX_ENTRIES = 200

MAX_CHARS = 20_000
"""Of one field; summaries hold whole articles at times."""

DATE_MAX_CHARS = 100
_BREAKS = re.compile(r"\s*[\t\r\n]\s*")
"""Left out of links, as https://url.spec.whatwg.org/#concept-basic-url-parser does."""

_BLANKS = re.compile(r"\s+")
_UNSEEN = frozenset(("script", "style", "template", "noscript"))
_WITHIN_WORDS = frozenset("a abbr b bdi bdo cite code del em font i ins kbd mark q s small span"
                          " strong sub sup time tt u var wbr".split())  # fmt: skip


def parse(data: bytes, link: str) -> dict[str, Any]:
    """Return `title`, `link` and `entries`; `link` is where the feed is from, if known."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _parse_json(data, link)
    # A stream: bytes would be tried as the name of a file, and text as a link.
    try:
        found = feedparser.parse(BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:
        raise UndecodableSource("", strings.BROKEN_FEED) from error
    if not found.version:
        raise UnsupportedSource("", strings.NOT_FEED)
    home = _join(link, found.feed.get("link"))
    # Relative links of RSS start from the site, which another may publish the feed for.
    base = home if found.version.startswith("rss") and home else link
    return {
        "title": _text(found.feed, "title"),
        "link": home,
        "entries": [_entry(entry, base) for entry in found.entries[:MAX_ENTRIES]],
    }


def _entry(entry: Any, base: str) -> dict[str, Any]:
    dates = ("published", "updated", "created")
    # Not by `get`, which gives `published` for `updated` and warns that it will not for ever.
    written = [entry[date] for date in dates if date in entry]
    parsed = [entry[f"{date}_parsed"] for date in dates if f"{date}_parsed" in entry]
    return {
        "id": entry.get("id"),
        "link": _join(base, entry.get("link")),
        "title": _text(entry, "title"),
        "text": max(_content(entry), _text(entry, "summary"), key=len),
        "written": [date[:DATE_MAX_CHARS] for date in written if date],
        # In UTC: year, month, day, hour, minute, second.
        "parsed": [list(date)[:6] for date in parsed if date],
    }


def _join(base: str, link: str | None) -> str:
    """Return an absolute link; one that cannot be made so stays as it is."""
    link = _BREAKS.sub("", (link or "").strip())
    link = f"https://{link}" if link.lower().startswith("www.") else link
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return link


def _parse_json(data: bytes, link: str) -> dict[str, Any]:
    """Read a JSON Feed: https://www.jsonfeed.org/version/1.1/."""
    try:
        found = json.loads(data.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError):
        raise UnsupportedSource("", strings.NOT_FEED) from None
    if "jsonfeed.org/version/" not in _field(found, "version") or not isinstance(
        items := found.get("items", []), list
    ):
        raise UnsupportedSource("", strings.NOT_FEED)
    home = _join(link, _field(found, "home_page_url"))
    entries = [item for item in items[:MAX_ENTRIES] if isinstance(item, dict)]
    return {
        "title": _field(found, "title"),
        "link": home,
        "entries": [_json_entry(item, link or home) for item in entries],
    }


def _json_entry(item: dict[str, Any], base: str) -> dict[str, Any]:
    own = _field(item, "id")
    link = _field(item, "url") or _field(item, "external_url")
    text = _field(item, "content_text")[:MAX_CHARS] or _plain(item.get("content_html"), "text/html")
    return {
        "id": own,
        # An id is the link where it can be: "Ideally, the id is the full URL".
        "link": _join(base, link or (own if own.startswith(("http://", "https://")) else "")),
        "title": _field(item, "title"),
        "text": text or _field(item, "summary")[:MAX_CHARS],
        "written": [_field(item, date) for date in ("date_published", "date_modified")],
        "parsed": [],
    }


def _field(fields: Any, key: str) -> str:
    """Return a text or a number, which some feeds have as an id."""
    value = fields.get(key) if isinstance(fields, dict) else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


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
