"""The title of a text that does not name one."""

from __future__ import annotations

import re
from collections import Counter

from index.segment import count_words, ends_sentence, is_hard_wrapped, sentences

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
    head = [line for line in lines if line][:_HEAD_LINES]
    times = Counter(lines)
    for line in head:
        if times[line] > 1 and _is_headline(line) and count_words(line) >= _REPEATED_MIN_WORDS:
            return one_line(line)
    block = _BLANK_LINE.split(text, maxsplit=1)[0]
    if _runs_on(block.split("\n")):
        return _first_sentence(block.replace("\n", " "))
    if len(times) > 1 and _is_headline(head[0]):
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
