"""What must hold of whatever was read: it is sound, or refused in plain words, and soon."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from unicodedata import category

from hypothesis import event

from index.errors import SourceError
from index.model import Document
from index.sources import Given, read
from index.sources.document import MAX_TITLE_CHARS, iso_date
from index.sources.feed import Entry, parse
from index.text import passages, sentences

SECONDS = 5.0
"""Of the processor. Files are small here: a thousandth of it is usual."""


def check(name: str, data: bytes) -> None:
    """Read a file; see that what comes of it can be stored, cut, shown and cited."""
    began = time.process_time()
    try:
        document = read(name, data, Given(origin="https://news.example/a"))
    except SourceError as error:
        plain(error, name)
        event(f"refused: {type(error).__name__}")
    else:
        sound(document)
        event("an article")
    assert time.process_time() - began < SECONDS


def plain(error: SourceError, name: str) -> None:
    """Its reason is one short line of words, not what a library said."""
    assert error.name == name
    reason = error.reason
    assert reason
    assert len(reason) < 400
    assert "\n" not in reason
    assert not re.search(r"Traceback|Error\b|<class|0x[0-9a-f]{6}", reason)


def sound(document: Document) -> None:
    text = document.text
    assert text == text.strip()
    assert any(map(str.isalnum, text))
    for line in filter(None, (document.title, document.source, document.author)):
        assert line == " ".join(line.split())
        assert len(line) <= MAX_TITLE_CHARS
    assert document.title
    assert document.published is None or iso_date(document.published) == document.published
    assert re.fullmatch("[a-z]{2}", document.language)
    for shown in (text, document.title, document.source or "", document.author or ""):
        shown.encode()  # no lone surrogate
        assert not any(category(c) == "Cc" and c not in "\n\t" for c in shown)
    spans = sentences.sentences(text, title=document.title, language=document.language)
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    pieces = [piece for p in passages.passages(text, spans) for piece in p.sentences]
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    assert "".join("".join(s.of(text) for s in pieces).split()) == (
        "".join("".join(s.of(text) for s in spans).split())
    )


def check_feed(data: bytes) -> None:
    began = time.process_time()
    try:
        found = parse("feed", data, link="https://news.example/feed")
    except SourceError as error:
        plain(error, "feed")
        event(f"refused: {type(error).__name__}")
    else:
        event("a feed with entries" if found.entries else "a feed without")
        assert len({entry.id for entry in found.entries}) == len(found.entries)
        for entry in found.entries:
            sound_entry(entry)
    assert time.process_time() - began < SECONDS


def sound_entry(entry: Entry) -> None:
    assert re.match(r"https?://[^\s]+\Z", entry.link, re.I)
    assert entry.id
    assert entry.published is None or iso_date(entry.published) == entry.published
    for shown in (entry.id, entry.title, entry.text):
        shown.encode()
        assert not any(category(c) == "Cc" and c not in "\n\t" for c in shown)
    assert "\n" not in entry.title
