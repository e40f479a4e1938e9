"""Rows of tables among sentences: a question that names a row is answered from that row alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.model import Span

_WORD = re.compile(r"[^\W_]+")

_ROW = re.compile(r"[^;\n]{1,300}(?:; [^;\n]{1,300})+\.")

_PAIR = re.compile(r"(?P<name>[^:;.\n]{1,60}): (?=[^:;\n]{0,60}\d)[^:;\n]{1,60}\.")
"""Of a table with two columns and no heads: "Oberau: 412."."""

_NUMBER = re.compile(r"\d{1,3}\.?")
"""That counts the rows; a year has more digits."""

_TOTALS = frozenset("total totals sum overall altogether".split())


def row_name(sentence: str) -> str | None:
    """Return the name of a row, None for a sentence that is none.

    index/sources/tables.py writes rows as "Village: Oberau; Yes: 412; No: 398.".
    """
    if pair := _PAIR.fullmatch(sentence):
        return pair["name"]
    if not _ROW.fullmatch(sentence):
        return None
    cells = sentence.removesuffix(".").split("; ")
    headed = sum(": " in cell for cell in cells)
    if 0 < headed < len(cells):
        return None
    names = [cell.partition(": ")[2] if headed else cell for cell in cells]
    if not headed and not any(map(str.isdigit, sentence)):
        return None  # clauses of prose
    counts = _NUMBER.fullmatch(names[0]) is not None
    return names[1] if counts else names[0]


def rows_named(question: str, sentences: Iterable[str]) -> frozenset[str]:
    """Return the names of those rows that a question names; empty if it names none.

    One whose name stands only within that of another row is not named: "Oberau" in "Oberau West".
    """
    asked = f" {_plain(question)} "
    names = {name for one in sentences if (name := row_name(one))}
    found: set[str] = set()
    for name in sorted(names, key=lambda each: (-len(_plain(each)), each)):
        plain = _plain(name)
        if plain and f" {plain} " in asked:
            asked = asked.replace(f" {plain} ", " \n ")
            found.add(name)
        elif plain in _TOTALS and not _TOTALS.isdisjoint(asked.split()):
            found.add(name)
    # "in Oberau in total" asks for Oberau's row.
    specific = {name for name in found if _plain(name) not in _TOTALS}
    return frozenset(specific or found)


def may_answer(sentence: str, rows: frozenset[str]) -> bool:
    """Tell whether a sentence is one of the rows that are named (any, if none is), or no row."""
    return not rows or row_name(sentence) in {None, *rows}


def within_cell(sentence: str, span: Span) -> Span:
    """Return the words of one cell, where those of a row reach into its neighbour.

    It is the cell of which there are most words. The words of all cells stay.
    """
    if row_name(sentence) is None:
        return span
    starts = [0, *(found.end() for found in re.finditer("; ", sentence))]
    ends = [*(start - 2 for start in starts[1:]), len(sentence)]
    parts = [
        Span(max(span.start, start), min(span.end, end))
        for start, end in zip(starts, ends, strict=True)
    ]
    touched = [part for part in parts if part.start < part.end]
    if len(touched) in (0, len(parts)):
        return span
    return max(touched, key=lambda part: part.end - part.start)


def _plain(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))
