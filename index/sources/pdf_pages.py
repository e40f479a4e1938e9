"""Lines of PDF pages: what runs along their edges, and the distances between them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

LARGER_PRINT = 1.15
"""Against the text's size."""

_LARGER_NUMBER = 1.5
"""Of a page's number, which may be set in the size that a program has by default."""

_SAME_SIZE = 0.08

_WIDE_GAP = 1.25
"""From line to line, against the usual of that size."""

_LEADING = 1.2


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line as printed: its start from the left and from the top, its font size (points).

    Tabs stand for wide gaps.
    """

    x: float
    y: float
    size: float
    text: str


_EDGE_LINES = 3
"""Lines at the top and at the bottom of a page among which heads and feet are looked for."""

_FEW_PAGES = 5
"""Up to so many pages two with the same head are enough, as left and right pages differ."""

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*\d{1,3}(?:\s*(?:of|von|de|/)\s*\d{1,3})?\W*", re.I)
_END_NUMBER = re.compile(r"\A\W*(\d{1,3})\b|\b(\d{1,3})\W*\Z")
_LABELLED = re.compile(
    r"\b(?:page|seite|p[aá]gina|strona|p\.|s\.)\s*(\d{1,4})(?:\s*(?:of|von|de|/)\s*\d{1,4})?", re.I
)

_Place = tuple[str, int, int]
"""What stands apart on a line, its height on the page and its font size (points)."""


@dataclass(slots=True)
class PdfPage:
    """The lines of a page: its text, and what runs along at its top and at its bottom."""

    top: list[PdfLine]
    text: list[PdfLine]
    bottom: list[PdfLine]


@dataclass(slots=True)
class _Edge:
    """A line at the top or the bottom of a page, and what stands apart on it, in lower case."""

    line: PdfLine
    page: int
    top: bool
    cells: list[str]

    def steps(self, cell: str) -> set[tuple[bool, int]]:
        """Return how far numbers at the ends of what stands apart are from the page's own.

        Numbers that run ahead of the pages are more than theirs: those of invoices, or years.
        """
        numbers = (int(match[1] or match[2]) for match in _END_NUMBER.finditer(cell))
        return {(self.top, n - self.page) for n in numbers if n - self.page <= 1}

    def place(self, cell: str) -> _Place:
        """Return where a text stands that was made of the line."""
        return cell, round(self.line.y), round(self.line.size)


def part_running_lines(pages: Sequence[Sequence[PdfLine]]) -> list[PdfPage]:
    """Part what runs along the edges of pages from their text.

    Only what returns word for word at the same place is left out, but for the first of it, and
    numbers that count the pages: what merely looks like a head may be the text's own.
    """
    edges = _edges(pages)
    # A page that is there twice says nothing of what runs along the others.
    once = set({tuple(line.text for line in page): n for n, page in enumerate(pages)}.values())
    sample = [edge for edge in edges if edge.page in once]
    many = 2 if len(once) <= _FEW_PAGES else 3
    labels = Counter(
        (edge.top, int(number) - edge.page)
        for edge in sample
        for number in _LABELLED.findall(edge.line.text)
    )
    for edge in edges:
        _leave_out_labels(edge, {step for step, times in labels.items() if times >= many})
    heads = _on_many((edge.place(cell) for edge in sample for cell in edge.cells), many)
    alike = _on_many(
        (edge.place(_DIGITS.sub("#", cell)) for edge in sample for cell in edge.cells), many
    )
    steps = Counter(step for edge in sample for cell in edge.cells for step in edge.steps(cell))
    seen: set[str] = set()
    gone: set[int] = set()
    apart: dict[int, bool] = {}
    for edge in edges:
        counting = [c for c in edge.cells if any(steps[step] >= many for step in edge.steps(c))]
        cells = [c for c in edge.cells if not (c in counting and _NUMBER.fullmatch(c))]
        if all(cell in seen and edge.place(cell) in heads for cell in cells):
            gone.add(id(edge.line))
        elif counting or all(edge.place(_DIGITS.sub("#", cell)) in alike for cell in cells):
            apart[id(edge.line)] = edge.top
        seen.update(cells)
    return [
        PdfPage(
            [line for line in page if apart.get(id(line)) is True],
            [line for line in page if id(line) not in apart and id(line) not in gone],
            [line for line in page if apart.get(id(line)) is False],
        )
        for page in pages
    ]


def _leave_out_labels(edge: _Edge, counting: set[tuple[bool, int]]) -> None:
    """Leave out "Page 3" on the third page, and where such numbers count the pages."""

    def unless_text(match: re.Match[str]) -> str:
        step = int(match[1]) - edge.page
        return "" if step == 1 or (edge.top, step) in counting else match[0]

    cells = (_LABELLED.sub(unless_text, cell).strip(" |·–—-") for cell in edge.cells)
    edge.cells = [cell for cell in cells if cell]


def _edges(pages: Sequence[Sequence[PdfLine]]) -> list[_Edge]:
    """Return the lines at the edges of pages that are set off from the text and hardly larger."""
    gaps = usual_gaps(pages)
    sizes: Counter[float] = Counter()
    for line in chain.from_iterable(pages):
        sizes[line.size] += len(line.text)
    usual = max(sizes, key=lambda size: sizes[size], default=0.0)
    found: list[_Edge] = []
    for n, page in enumerate(pages):
        order = sorted(page, key=lambda line: line.y)
        top = _set_off(order, gaps)
        bottom = _set_off(order[len(top) :][::-1], gaps)
        found += (
            _Edge(line, n, line in top, line.text.casefold().split("\t"))
            for line in (*top, *bottom[::-1])
            if line.size <= (_LARGER_NUMBER if _is_number(line.text) else LARGER_PRINT) * usual
        )
    return found


def _is_number(text: str) -> bool:
    return (_NUMBER.fullmatch(text) or _LABELLED.fullmatch(text)) is not None


def _set_off(lines: Sequence[PdfLine], gaps: Mapping[int, float]) -> Sequence[PdfLine]:
    """Return a few lines from the edge to the first gap or other size, at most half of all."""
    for count in range(1, min(_EDGE_LINES, len(lines) // 2) + 1):
        outer, inner = lines[count - 1], lines[count]
        if is_wide(abs(inner.y - outer.y), inner, gaps) or not same_size(outer.size, inner.size):
            return lines[:count]
    return []


def _on_many(places: Iterable[_Place], many: int) -> set[_Place]:
    return {place for place, times in Counter(places).items() if times >= many}


def is_wide(gap: float, line: PdfLine, gaps: Mapping[int, float]) -> bool:
    """Tell a distance that is more than the usual from line to line of this size."""
    return gap > _WIDE_GAP * gaps.get(round(line.size), _LEADING * line.size)


def same_size(one: float, other: float) -> bool:
    """Tell whether two font sizes are meant to be one."""
    return abs(one - other) <= _SAME_SIZE * max(one, other)


def usual_gaps(pages: Sequence[Sequence[PdfLine]]) -> dict[int, float]:
    """Return the distance from line to line within paragraphs for each font size (rounded)."""
    gaps: dict[int, list[float]] = defaultdict(list)
    for page in pages:
        for previous, line in pairwise(page):
            gap = line.y - previous.y
            if round(previous.size) == round(line.size) and line.size < gap < 3 * line.size:
                gaps[round(line.size)].append(gap)
    # Not the median: pages of short paragraphs have more distances between than within them.
    return {size: sorted(found)[len(found) // 4] for size, found in gaps.items()}
