"""Paragraphs of a text: its lines, joined where the text was wrapped to a width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from index.model import Span

_SENTENCE_END = re.compile(r"""[.!?…:;。！？][\s"'”’»)\]]*\Z""")

_INITIALS_END = re.compile(r"\b(?:\w\.){2,}\Z")

_LINE = re.compile(r"\S[^\n]*")

_MIN_WRAP_CHARS = 40
_MAX_WRAP_CHARS = 110
"""Widths at which people and mail programs wrap lines."""

_MIN_WRAPPED_BREAKS = 2
_MIN_FULL_SHARE = 0.8
_MAX_STOPPED_SHARE = 0.5
_MIN_RUNNING_SHARE = 0.3
_MAX_PARAGRAPH_CHARS = 10_000
"""sentencex takes quadratic time over unbalanced quotes, so longer paragraphs are cut."""

_ABBREVIATION_CHARS = 12


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as sentences do and headlines do not ("in the U.S." may be both)."""
    tail = line.rstrip()[-_ABBREVIATION_CHARS:]
    return bool(_SENTENCE_END.search(tail)) and not _INITIALS_END.search(tail)


def is_hard_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether lines were broken to fit a width and not to end a paragraph.

    Then hardly any line had room for the next one's first word, most stop in mid-sentence, and
    many go on in lower case (or in a script without case).
    """
    width = _wrap_width(lines)
    joints = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if width < _MIN_WRAP_CHARS or len(joints) < _MIN_WRAPPED_BREAKS:
        return False
    full = sum(_is_full(a, b, width) for a, b in joints)
    stopped = sum(ends_sentence(a) for a, _ in joints)
    running = sum(b.lstrip()[0].isalpha() and not b.lstrip()[0].isupper() for _, b in joints)
    return (
        full >= _MIN_FULL_SHARE * len(joints)
        and stopped <= _MAX_STOPPED_SHARE * len(joints)
        and running >= _MIN_RUNNING_SHARE * len(joints)
    )


def paragraphs(text: str) -> Iterator[Span]:
    """Yield lines, joined where the text was wrapped to a width, and cut where far too long."""
    lines = [trimmed(text, *match.span()) for match in _LINE.finditer(text)]
    if not lines:
        return
    raw_lines = text.split("\n")
    width = _wrap_width(raw_lines) if is_hard_wrapped(raw_lines) else 0
    start = lines[0].start
    for line, following in pairwise(lines):
        adjacent = text.count("\n", line.end, following.start) == 1
        if not (width and adjacent and _is_full(line.of(text), following.of(text), width)):
            yield from _cut(text, Span(start, line.end))
            start = following.start
    yield from _cut(text, Span(start, lines[-1].end))


def _cut(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    while paragraph.end - start > _MAX_PARAGRAPH_CHARS:
        space = text.rfind(" ", start + 1, start + _MAX_PARAGRAPH_CHARS)
        end = space if space > start else start + _MAX_PARAGRAPH_CHARS
        yield trimmed(text, start, end)
        start = end
    yield trimmed(text, start, paragraph.end)


def _wrap_width(lines: Iterable[str]) -> int:
    return max((len(line) for line in lines if len(line) <= _MAX_WRAP_CHARS), default=0)


def _is_full(line: str, following: str, width: int) -> bool:
    """Tell whether the next line's first word would not have fitted into this one."""
    return len(line) <= width < len(line) + 1 + len(following.split(maxsplit=1)[0])


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without blanks at its ends."""
    words = text[start:end]
    return Span(end - len(words.lstrip()), start + len(words.rstrip()))
