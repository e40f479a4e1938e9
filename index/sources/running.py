"""What runs along printed pages and is no part of their text: heads, feet, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from index.sources.lines import Line

_EDGE_LINES = 3
"""Lines at the top and at the bottom of a page among which heads and feet are looked for."""

_MANY_SHARE = 0.4
"""Of all pages, and at least two: heads of left and right pages differ, so each is on half."""

_DIGITS = re.compile(r"\d+")
_END_NUMBER = re.compile(r"\A\W*(\d{1,4})\b|\b(\d{1,4})\W*\Z")
_PAGE_NUMBER = re.compile(r"\W*(?:page|seite|p\b)?\W*\d+\s*(?:(?:of|von|/)\s*\d+)?\W*", re.I)

T = TypeVar("T", bound=Hashable)

_PAGE_NUMBER_MAX_CHARS = 40

_Head = tuple[str, int]
"""A line with its numbers made alike, and its font size."""


def without_running_lines(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Leave out, at the edges of pages, what returns on many and what numbers them."""
    edges = [_edge(page) for page in pages]
    heads = _on_many({head for line in edge if (head := _head(line))} for edge in edges)
    # A head with the chapter's name may be on few pages, but its number goes with theirs.
    steps = _on_many(_steps(edge, n) for n, edge in enumerate(edges))
    kept = []
    for n, (page, edge) in enumerate(zip(pages, edges, strict=True)):
        running = {line for line in edge if _head(line) in heads} | {
            line for line in _outermost(edge) if steps & _steps([line], n) or _is_page_number(line)
        }
        kept.append([line for line in page if line not in running])
    return kept


def _edge(page: Sequence[Line]) -> list[Line]:
    """Return the top and bottom lines, from the top."""
    order = sorted(range(len(page)), key=lambda n: page[n].y)
    return [page[n] for n in dict.fromkeys(order[:_EDGE_LINES] + order[-_EDGE_LINES:])]


def _outermost(edge: Sequence[Line]) -> list[Line]:
    return [*edge[:1], *edge[-1:]]


def _head(line: Line) -> _Head | None:
    """Return what the line has in common with the same head on other pages; rows have nothing."""
    if not any(map(str.isalpha, line.text)):
        return None
    return _DIGITS.sub("#", line.text.casefold()), round(line.size)


def _is_page_number(line: Line) -> bool:
    short = len(line.text) <= _PAGE_NUMBER_MAX_CHARS
    return short and _PAGE_NUMBER.fullmatch(line.text) is not None


def _steps(edge: Sequence[Line], page: int) -> set[int]:
    """Return how far the numbers at the ends of the outermost lines are from the page's own."""
    found = (match for line in _outermost(edge) for match in _END_NUMBER.finditer(line.text))
    return {int(match[1] or match[2]) - page for match in found}


def _on_many(pages: Iterable[set[T]]) -> set[T]:
    sets = list(pages)
    times = Counter(item for items in sets for item in items)
    many = max(2, _MANY_SHARE * len(sets))
    return {item for item, found in times.items() if found >= many}
