"""What of a sentence must stand in the articles too: its content words, names and numbers."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.search.bm25 import analyze, field_of
from index.text.spelt import NUMBERS
from index.text.words import QUESTION_WORDS, entries

LANGUAGE = "en"
"""What the check was made for."""


@functools.cache
def saying() -> frozenset[str]:
    """Return verbs and nouns of saying, which may stand for one another."""
    return frozenset(entries("index.verification", "saying"))


_FILLERS = frozenset(
    "although because before both despite due however including meanwhile moreover regarding "
    "several since still though toward towards until whereas while within without yet".split()
)

_WORD = re.compile(r"[^\W_]+(?:[.'’\-&][^\W_]+)*")

_POSSESSIVE = re.compile(r"['’]s?$")

_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|percent|per cent|%)"

_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<value>\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(NUMBERS)})\b)?"
    rf"(?P<scale>(?:[\s-]*{_SCALE}(?!\w))*)",
    re.IGNORECASE,
)

_CAPITAL = r"[A-ZÀ-ÞĀ-Ž]\w*(?:['’-]\w+)*"

_NAME = re.compile(rf"{_CAPITAL}(?:\s+(?:(?:of|on|for|the)\s+){{0,2}}{_CAPITAL})*")

UNIT_CHARS = 40
"""After a number: enough for any word."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number with its scale (`2`, `23 million`, `5 percent`) and the stem of what it counts."""

    value: str
    unit: str


def stems(text: str) -> list[str]:
    """Return the words of a text as the index compares them."""
    return analyze(text, field_of(LANGUAGE))


def content(text: str) -> frozenset[str]:
    """Return the stems of a text's content words, without verbs of saying."""
    kept = (
        word
        for word in words(text)
        if word.lower() not in QUESTION_WORDS | saying() | _FILLERS or word == "US"
    )
    return frozenset(stems(" ".join(kept)))


def words(text: str) -> list[str]:
    """Return the words of a text without what an apostrophe adds."""
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(text)]


def names(text: str) -> list[str]:
    """Return the names in a sentence, as they stand: runs of words with a capital.

    The first word counts as well, unless it is one of those that begin any sentence.
    """
    found = []
    for match in _NAME.finditer(text):
        phrase = words(match[0])
        if not text[: match.start()].strip(" \"'“‘(") and phrase:
            phrase = phrase[_is_opening(phrase[0]) :]
        phrase = [word for word in phrase if word.lower() not in _NOT_NAMES]
        if phrase:
            found.append(" ".join(phrase))
    return found


def numbers(text: str) -> list[Number]:
    """Return the numbers of a text with what they count; `two` and `2` are the same."""
    found = []
    for match in _NUMBER.finditer(text):
        if match["value"] or match["scale"]:
            value = (match["value"] or "").lower().replace(",", "")
            scale = re.sub(r"%|per cent", "percent", match["scale"].lower().replace("-", " "))
            whole = " ".join([str(NUMBERS.get(value, value)), *scale.split()]).strip()
            found.append(Number(whole, _unit(text[match.end() :])))
    return found


def _unit(rest: str) -> str:
    """Return the stem of the word after a number, where it says what is counted."""
    following = words(rest[:UNIT_CHARS])[:1] if rest[:1].isspace() else []
    return next(iter(content(" ".join(following))), "")


def joined(texts: Iterable[str]) -> str:
    """Join texts, each as a sentence of its own."""
    return " ".join(text if text[-1] in ".!?" else f"{text}." for t in texts if (text := t.strip()))


@functools.cache
def _openings() -> frozenset[str]:
    return frozenset(entries("index.verification", "openings"))


_NOT_NAMES = frozenset("a an and at but by for from i in of on or that the to with".split())


def _is_opening(word: str) -> bool:
    lower = word.lower()
    return lower in _openings() or lower in QUESTION_WORDS or lower in _FILLERS or lower in saying()
