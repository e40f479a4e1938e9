"""The feeds that a web page names; in a child process alone.

https://html.spec.whatwg.org/multipage/links.html#rel-alternate
"""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

MAX_BYTES = 500_000
"""Of a page: links of this kind stand in its head."""

MAX_LINKS = 10
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def parse(data: bytes, link: str) -> list[str]:
    """Return absolute links, those to comments last; `link` is where the page is from."""
    reader = _Links(link)
    # What matters is ASCII in every encoding that pages are in.
    reader.feed(data[:MAX_BYTES].decode("ascii", "replace"))
    reader.close()
    return sorted(reader.found, key=lambda each: "comments" in each)[:MAX_LINKS]


class _Links(HTMLParser):
    def __init__(self, base: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._base = base

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        href = given.get("href", "").strip()
        if tag == "base" and href:
            self._base = _join(self._base, href)
        elif (
            tag == "link"
            and href
            and "alternate" in given.get("rel", "").lower().split()
            and given.get("type", "").partition(";")[0].strip().lower() in _FEEDS
        ):
            self.found.append(_join(self._base, href))


def _join(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:
        return ""
