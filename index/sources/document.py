"""From what a parser found to a document: checks, title, date, language."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from index import strings
from index.errors import EmptySource, SourceError, TooLargeSource
from index.model import Document
from index.sources import credits
from index.sources.decoding import clean
from index.sources.tables import rows_as_sentences
from index.text.bylines import byline
from index.text.sentences import count_words, ends_sentence, is_hard_wrapped, sentences

MAX_TITLE_CHARS = 300
_HEADLINE_MAX_CHARS = 150
_MADE_TITLE_MAX_CHARS = 90

_HEAD_LINES = 10
"""A repeated line is a title only near the start; further down it is "Read more" and the like."""

_REPEATED_MIN_WORDS = 3
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def one_line(text: str, max_chars: int = MAX_TITLE_CHARS) -> str:
    """Collapse whitespace and cut at a word, marking the cut with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= max_chars:
        return line
    cut = line[:max_chars]
    head, space, _ = cut.rpartition(" ")
    return (head if space else cut[:-1]).rstrip(" ,;:–—-") + "…"


def find_title(text: str) -> str:
    """Return the title of a plain text: a repeated headline, a first line, or a first sentence."""
    lines = [line.strip() for line in text.split("\n")]
    head = [line for line in lines if line and byline(line, above_text=True) < len(line)]
    head = head[:_HEAD_LINES]
    times = Counter(lines)
    for line in head:
        if times[line] > 1 and _is_headline(line) and count_words(line) >= _REPEATED_MIN_WORDS:
            return one_line(line)
    block = _BLANK_LINE.split(text, maxsplit=1)[0]
    if _runs_on(block.split("\n")):
        return _first_sentence(block.replace("\n", " "))
    if len(times) > 1 and head and _is_headline(head[0]):
        return one_line(head[0])
    return _first_sentence(text)


def _is_headline(line: str) -> bool:
    return len(line) <= _HEADLINE_MAX_CHARS and not ends_sentence(line)


def _runs_on(block: list[str]) -> bool:
    """Tell whether the first line goes on in the next, as in text wrapped by hand."""
    return len(block) > 1 and (block[1].strip()[:1].islower() or is_hard_wrapped(block))


def _first_sentence(text: str) -> str:
    sample = text[: 10 * MAX_TITLE_CHARS]
    found = sentences(sample, title="", language="en")
    line = found[0].of(sample) if found else sample
    # Without its full stop, so that the sentence is not taken for a title line and left out.
    return one_line(line, _MADE_TITLE_MAX_CHARS).rstrip(" .。")


_SHORT_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
"""YAML allows one-digit months and days in a date."""

_SPACE_BEFORE_ZONE = re.compile(r"\s+(?=[+-]\d|Z\Z)")
"""As YAML and Hugo write date and time: `2025-02-14 18:30:00 +0100`."""


def iso_date(value: str) -> str | None:
    """Return the date (or date and time) in ISO 8601, or None where it is no such date."""
    value = value.strip()
    try:
        if match := _SHORT_DATE.fullmatch(value):
            return date(*map(int, match.groups())).isoformat()
        if len(value) <= len("20250214"):
            return date.fromisoformat(value).isoformat()
        return datetime.fromisoformat(_SPACE_BEFORE_ZONE.sub("", value)).isoformat()
    except ValueError:
        return None


DEFAULT_LANGUAGE = "en"

_MIN_WORDS = 20
"""Below this a guess is wrong too often to be of use."""

_SAMPLE_CHARS = 20_000
_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE | re.DOTALL)


def language_of(text: str, given: str | None = None) -> str:
    """Return the ISO 639-1 code: as given (`en`, `en-GB`), else guessed from the text."""
    if given and (match := _CODE.fullmatch(given.strip())):
        return match[1].lower()
    sample = text[:_SAMPLE_CHARS]
    if count_words(sample) < _MIN_WORDS:
        return DEFAULT_LANGUAGE
    # Imported here: its model takes a second to load and most tools never need it.
    import py3langid

    # It knows some languages that have codes of three letters alone.
    codes: list[str] = [code for code, _ in py3langid.rank(sample)]
    return next(code for code in codes if _CODE.fullmatch(code))


MAX_WORDS = 200_000

MIN_WORDS = 60
"""A feed's text with fewer is a teaser, and a page with fewer a notice in front of the article."""

_LINK = re.compile(r"https?://\S+\Z")


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """The text of a source and what it says of itself, as written.

    `made` is the day of the file: that of the article only where nothing else says when that is of.
    """

    text: str
    title: str | None = None
    source: str | None = None
    published: str | None = None
    author: str | None = None
    language: str | None = None
    made: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a source; it goes before what the source says."""

    title: str | None = None
    source: str | None = None
    published: str | None = None
    origin: str | None = None


NOTHING_GIVEN = Given()


def to_document(name: str, found: ParsedSource, given: Given) -> Document:
    """Check and normalise one source.

    An article fetched from a link and naming no other source has the link as its source.
    Raises SourceError.
    """
    text = rows_as_sentences(clean(found.text)).strip()
    if not any(map(str.isalnum, text)):
        raise EmptySource(name, strings.NO_TEXT)
    words = count_words(text)
    if words > MAX_WORDS:
        raise TooLargeSource(name, strings.too_long(words, MAX_WORDS))
    link = given.origin if given.origin and _LINK.match(given.origin) else None
    return Document(
        title=_first(given.title, found.title) or find_title(text),
        text=text,
        source=_first(given.source, found.source, link),
        published=_published(name, _first(given.published, found.published))
        or credits.published(text)
        or found.made,
        author=_first(found.author, credits.author(text)),
        language=language_of(text, found.language),
        origin=given.origin,
    )


def is_teaser(text: str) -> bool:
    """Tell whether a text is too short to take the place of an article's whole text."""
    return count_words(text) < MIN_WORDS


def _first(*candidates: str | None) -> str | None:
    lines = (one_line(clean(candidate)) for candidate in candidates if candidate)
    return next((line for line in lines if line), None)


def _published(name: str, value: str | None) -> str | None:
    if value is None:
        return None
    published = iso_date(value)
    if published is None:
        raise SourceError(name, strings.bad_date(value))
    return published
