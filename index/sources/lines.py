"""Lines of print, and how they join: words divided at line ends are made whole again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
"""Shapes of letters, not letters: nobody searches for them."""

_PRINT = str.maketrans({**_LIGATURES, "\u00ad": None})
_SOFT_HYPHEN_END = re.compile("\u00ad\\s*\\Z")

_HYPHENS = ("-", "\u2010")
_WORD_CHARS = 100
_DIVIDED = re.compile(r"(?:^|[^\w-])([^\W\d_]+)[-\u2010]\Z")
"""A word of letters alone that is cut by a hyphen; one with a second hyphen is a compound."""

_GOES_ON = re.compile(r"([^\W\d_]+)")
_COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]{1,40}-[^\W\d_]{1,40}(?![\w-])")
_HYPHENATED_PREFIXES = frozenset({"self", "well"})
"""After these an English hyphen at a line end is nearly always one of the word's own."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as printed: its start from the left and from the top, its font size (points)."""

    x: float
    y: float
    size: float
    text: str


def printed(text: str) -> str:
    """Return a line with single blanks, letters for ligatures, and soft hyphens as they show."""
    return " ".join(_SOFT_HYPHEN_END.sub("-", text).translate(_PRINT).split())


class Joiner:
    """Joins lines; how a document writes a word elsewhere decides whether its hyphen stays."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._compounds: set[str] = set()
        for line in lines:
            self._compounds.update(word.lower() for word in _COMPOUND.findall(line))

    def before(self, following: str, line: str) -> str:
        """Return the line as it stands before the following one: with a blank, or as half a word.

        "for-" and "eign" are one word, "Anglo-" and "American", "COVID-" and "19" keep the hyphen.
        """
        if not (line.endswith(_HYPHENS) and line[-2:-1].isalnum() and following[:1].isalnum()):
            return line + " "
        first, second = _DIVIDED.search(line[-_WORD_CHARS:]), _GOES_ON.match(following)
        divided = first and second and second[1][0].islower()
        if not (first and second and divided) or self._is_compound(first[1], second[1]):
            return line
        return line[:-1]

    def _is_compound(self, first: str, second: str) -> bool:
        return (
            first.lower() in _HYPHENATED_PREFIXES or f"{first}-{second}".lower() in self._compounds
        )
