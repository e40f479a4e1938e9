"""Web pages: the article without the page around it."""

from __future__ import annotations

import re
from typing import Any

from index import strings
from index.errors import EmptySource, SourceError
from index.sources.decoding import decode
from index.sources.document import Found, iso_date

_SNIFF_BYTES = 1024
"""Browsers look for the charset in as much: https://html.spec.whatwg.org/#prescan."""

_CHARSET = re.compile(rb"""(?:<meta[^>]+charset|<\?xml[^>]+encoding)\s*=\s*["']?([\w:-]+)""", re.I)
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(
    rb"\s*<(?:script|iframe|h1|div|font|table|a|style|title|b|br|p|article|section|main)[\s>]", re.I
)
"""https://mimesniff.spec.whatwg.org/#rules-for-identifying-an-unknown-mime-type, and newer ones."""

_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")

_DATE_OPTIONS = {"original_date": True, "extensive_search": False}
"""A date is taken from the page's metadata, never guessed from its running text."""


def looks_like_html(data: bytes) -> bool:
    """Tell a web page from plain text by how it starts."""
    head = data[:_SNIFF_BYTES].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    return _PAGE.match(re.sub(rb"\A\s*<\?xml[^>]*\?>", b"", head)) is not None


def starts_with_tag(data: bytes) -> bool:
    """Tell part of a web page by the tag that it starts with."""
    head = data[:_SNIFF_BYTES].lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")
    return _TAG.match(head) is not None and b"</" in data.replace(b"\0", b"")


def parse(name: str, data: bytes) -> Found:
    """Find the article of a page and what its metadata says. Raises SourceError."""
    declared = _CHARSET.search(data[:_SNIFF_BYTES])
    text = decode(name, data, declared=declared[1].decode("ascii") if declared else None)
    page = _extract(name, _XML_DECLARATION.sub("", text))
    if page is None or not page.text:
        raise EmptySource(name, strings.NO_ARTICLE)
    return Found(
        page.text,
        title=page.title,
        source=_source(page),
        published=iso_date(page.date) if page.date else None,
        author=page.author,
        language=page.language,
    )


def _extract(name: str, page: str) -> Any:
    # Imported here: it takes a third of a second.
    from trafilatura import bare_extraction

    # Broken pages have made it raise AssertionError, RecursionError and others.
    try:
        return bare_extraction(
            page,
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params=dict(_DATE_OPTIONS),
        )
    except Exception as error:
        raise SourceError(name, strings.BROKEN_PAGE) from error


def _source(page: Any) -> str | None:
    link: str | None = page.url
    if link and re.match(r"https?://", link):
        return link
    site: str | None = page.sitename
    return site
