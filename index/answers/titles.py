"""Short names for offices in a question, read as the articles have them."""

from __future__ import annotations

import functools
import re

from index.answers.standing import has_all
from index.search.bm25 import Bm25Index
from index.search.hybrid import Scope
from index.text.words import entries

HEADS = ("boss", "chief", "head")


def read_titles(text: str, bm25: Bm25Index, scope: Scope) -> str | None:
    """Return the question with "the Pentagon chief" as "the defence secretary".

    None where nothing is replaced: an article of the scope has the office, and none the short name.
    """

    def written(match: re.Match[str]) -> str:
        short = match[0]
        if has_all(short, bm25, scope):
            return short
        offices = _offices()[short.lower()]
        return next((office for office in offices if has_all(office, bm25, scope)), short)

    rewritten = _pattern().sub(written, text)
    return rewritten if rewritten != text else None


@functools.cache
def _offices() -> dict[str, tuple[str, ...]]:
    """Return the offices of each short name, which is in lower case."""
    found = {}
    for line in entries("index.text", "titles"):
        shorts, _, offices = line.partition("=")
        for short in shorts.split("/"):
            for head in HEADS if "+" in short else ("",):
                found[short.replace("+", head)] = tuple(offices.split("/"))
    return found


@functools.cache
def _pattern() -> re.Pattern[str]:
    """Return what finds the short names; "3 pm" is none."""
    longest_first = sorted(_offices(), key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w.'’-])(?<!\d )(?:{names})(?![\w-]|\.\w)", re.IGNORECASE)
