"""Offices in a question: short names of them, and who holds them, as the articles have it."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from index.answers.lookup import article_has_all, articles_with_any
from index.search.bm25 import Bm25Index
from index.search.hybrid import Scope
from index.store.snapshot import Snapshot
from index.text.words import entries

HEADS = ("boss", "chief", "head")


def read_offices(text: str, bm25: Bm25Index, scope: Scope) -> str | None:
    """Return the question with "the Pentagon chief" as "the defence secretary".

    None where nothing is replaced: an article of the scope has the office, and none the short name.
    """

    def written(match: re.Match[str]) -> str:
        short = match[0]
        if article_has_all(short, bm25, scope):
            return short
        offices = _offices()[short.lower()]
        return next((office for office in offices if article_has_all(office, bm25, scope)), short)

    rewritten = _pattern().sub(written, text)
    return rewritten if rewritten != text else None


@functools.cache
def _offices() -> dict[str, tuple[str, ...]]:
    """Return the offices of each short name, which is in lower case."""
    found = {}
    for line in entries("index.text", "offices"):
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


_NAME = r"[A-Z][\w’'-]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+|de|von|van|der|al|bin)){0,3}"

_BEFORE = (
    "the|did|does|do|is|are|was|has|had|will|would|can|could|should|by|about|of|to|from|with|and"
)
"""What may stand before an office: "the Greek defence secretary" may be another."""

_FORMER = r"(?<!former )(?<!acting )(?<!deputy )(?<!shadow )(?<!then )(?<!ex-)"


def with_holder(text: str, bm25: Bm25Index, scope: Scope, snapshot: Snapshot) -> str | None:
    """Return the question with "Hegseth" for the defence secretary, as most sentences name him.

    None where the articles name nobody with the office, or several people.
    """
    asked = _office().search(text)
    if not asked:
        return None
    words = r"[\s-]".join(map(re.escape, asked["office"].split()))
    articles = articles_with_any(asked["office"], bm25, scope).values()
    found = (name for one in articles for name in _holders(words, snapshot.text(one)))
    names = {re.sub(r"['’]s?$", "", name.split()[-1]) for name in found}
    if len(names) != 1:
        return None
    return f"{text[: asked.start('whole')]}{names.pop()}{text[asked.end('whole') :]}"


def _holders(office: str, text: str) -> Iterator[str]:
    """Yield names beside an office: "Prime Minister Ann Lee", "Ann Lee, the prime minister"."""
    for pattern in (
        rf"(?i:{_FORMER}\b{office}),? ({_NAME})",
        rf"({_NAME}), (?:the |its |their )?(?:[A-Z][\w.]+ ){{0,2}}(?i:{office})\b",
    ):
        yield from (match[1] for match in re.finditer(pattern, text))


@functools.cache
def _office() -> re.Pattern[str]:
    """Return what finds an office of several words: the prime minister."""
    several = {office for found in _offices().values() for office in found if " " in office}
    names = "|".join(map(re.escape, sorted(several, key=len, reverse=True)))
    return re.compile(
        rf"(?:\A|\b(?:{_BEFORE}) )(?P<whole>(?:the )?(?P<office>{names}))(?![\w-])", re.IGNORECASE
    )
