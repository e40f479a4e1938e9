"""What a source holds before it is checked, and the checks every article passes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.errors import EmptySource, SourceError, TooLargeSource
from index.model import Document
from index.segment import count_words
from index.sources.dates import DATE_WANTED, iso_date
from index.sources.decoding import clean
from index.sources.language import language_of
from index.sources.titles import find_title, one_line

MAX_WORDS = 200_000

_LINK = re.compile(r"https?://\S+\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """The text of a source and what it says of itself, as written."""

    text: str
    title: str | None = None
    source: str | None = None
    published: str | None = None
    author: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a source; it goes before what the source says."""

    title: str | None = None
    source: str | None = None
    published: str | None = None
    origin: str | None = None


def to_document(name: str, found: Found, given: Given) -> Document:
    """Check and normalise one source.

    An article fetched from a link and naming no other source has the link as its source.
    Raises SourceError.
    """
    text = clean(found.text).strip()
    if not any(map(str.isalnum, text)):
        raise EmptySource(name, "there is no text in it")
    words = count_words(text)
    if words > MAX_WORDS:
        raise TooLargeSource(
            name,
            f"it has {words:,} words; at most {MAX_WORDS:,} are read, so split it into parts",
        )
    link = given.origin if given.origin and _LINK.match(given.origin) else None
    return Document(
        title=_first(given.title, found.title) or find_title(text),
        text=text,
        source=_first(given.source, found.source, link),
        published=_published(name, _first(given.published, found.published)),
        author=_first(found.author),
        language=language_of(text, found.language),
        origin=given.origin,
    )


def _first(*candidates: str | None) -> str | None:
    lines = (one_line(clean(candidate)) for candidate in candidates if candidate)
    return next((line for line in lines if line), None)


def _published(name: str, value: str | None) -> str | None:
    if value is None:
        return None
    published = iso_date(value)
    if published is None:
        raise SourceError(name, f"the date {value!r} is not understood; write it {DATE_WANTED}")
    return published
