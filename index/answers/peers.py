"""Names that an article lists side by side: what is said of one is no answer about another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answers.alone import stands_alone
from index.answers.speakers import CAPITAL

_NAME = rf"{CAPITAL}(?: {CAPITAL}){{0,4}}"

_LIST = re.compile(rf"\b{_NAME}(?:, {_NAME}){{0,8}},? and {_NAME}")
"""All lengths are bounded: articles are untrusted, and each start is tried."""

_PART = re.compile(r", and |, | and ")

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

MOST_BEFORE = 3
"""Sentences looked back for who is meant."""

Peers = Sequence[frozenset[frozenset[str]]]
"""Lists of names, each name as the lower-case words that no other of its list has."""


def listed(text: str) -> Peers:
    """Return the names that stand beside one another in a text."""
    lists = (
        [frozenset(_words(name)) for name in _PART.split(found[0])]
        for found in _LIST.finditer(text)
    )
    return [
        frozenset(
            own
            for n, name in enumerate(names)
            if (own := name.difference(*names[:n], *names[n + 1 :]))
        )
        for names in lists
    ]


def about_another(question: str, peers: Peers, sentences: Sequence[str], index: int) -> bool:
    """Tell whether a "he" or "the company" is a peer of the one that a question names."""
    asked = _words(question)
    for names in peers:
        wanted = [name for name in names if name & asked]
        others = [name for name in names if not name & asked]
        if wanted and others and _is_meant(others, wanted, sentences, index):
            return True
    return False


def _is_meant(
    others: Sequence[frozenset[str]],
    wanted: Sequence[frozenset[str]],
    sentences: Sequence[str],
    index: int,
) -> bool:
    """Tell whether the last name before a sentence that does not stand alone is of the others."""
    for place in range(index, max(index - MOST_BEFORE, 0) - 1, -1):
        said = _words(sentences[place])
        if any(name & said for name in wanted):
            return False
        if stands_alone(sentences[place]):
            return place < index and any(name & said for name in others)
    return False


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(re.sub("['’]s?\\b", "", text))}
