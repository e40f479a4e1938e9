"""Tables of PDF pages, with cells of several lines; in a child process alone.

Most programs write a table cell by cell: the pen climbs back to the top of the row for its next
cell. Others write it line by line. The rules that are drawn tell nothing that this does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

MAX_STEP = 3.0
"""In font sizes, down to the next line of a column or row of a table, over a blank line perhaps."""

_LINE_STEP = 1.7
"""In font sizes; lines of a cell are no farther apart."""

_LEVEL = 0.5
"""In font sizes, between baselines that are meant to be one."""

_ROW_STEP = 1.25
"""Against the least; lines so far apart are other rows in a table that is written line by line."""

_MIN_ROWS = 3
"""With a head; two lines may have gaps one below the other by chance."""

_MIN_TALL_ROWS = 2
_MIN_CELLS_ALONE = 3
"""With cells of several lines so few rows are a table, and one with so many cells."""

_PROSE_CELL_CHARS = 300
"""With two longer cells it is no row, but columns of a page."""

_LISTED_PARTS = 2
_MARK = re.compile(r"\W|\(?\w{1,3}[.)]?")
"""Of an item in a list."""

_NUMBER = re.compile(r"\W*\d[\d.,\s]*\W*")

_CUT = re.compile(r"(?<=[^\W\d_][-\u2010])\n|(?<=\d,\d)\n(?=\d\d(?!\d))|(?<=\d,\d\d)\n(?=\d(?!\d))")
"""Where a word of two parts or a number does not fit into its column."""

_COLUMN_MIN_WIDTH = 7.0
"""In font sizes, of most lines; cells of tables are mostly narrower."""

_MIN_PROSE = 0.5
_PROSE_ENDS = (".", "!", "?", ":", ";", ",", "”", '"', "-")


@dataclass(slots=True)
class Part:
    """What stands without a gap on a line."""

    x: float
    end: float
    y: float
    size: float
    text: str


Row = list[Part]

_Interval = tuple[float, float]


class _Cell:
    """Lines one below the other, and where they start and end."""

    def __init__(self, lines: Row) -> None:
        self.lines: Row = []
        self.x, self.end = lines[0].x, lines[0].end
        for line in lines:
            self.add(line)

    def add(self, line: Part) -> None:
        self.lines.append(line)
        self.x, self.end = min(self.x, line.x), max(self.end, line.end)

    @property
    def text(self) -> str:
        text = "\n".join(line.text for line in self.lines)
        return _CUT.sub("", text).replace("\n", " ")


@dataclass(slots=True)
class _Band:
    """What may be a row of a table, its cells from left to right.

    `first` is the number of its first line; `climbs` says that the pen went up to write a cell.
    """

    first: int
    cells: list[_Cell]
    climbs: bool = False

    @property
    def top(self) -> float:
        return min(cell.lines[0].y for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell.lines[-1].y for cell in self.cells)

    @property
    def places(self) -> list[_Interval]:
        return [(cell.x, cell.end) for cell in self.cells]

    def takes(self, part: Part, above: float) -> bool:
        """Add what goes on with the last cell or stands beside it, below what is `above`."""
        last = self.cells[-1]
        left = self.cells[-2].end if len(self.cells) > 1 else float("-inf")
        step = part.y - last.lines[-1].y
        if 0 < step < _LINE_STEP * part.size and left < part.x < last.end and part.end > last.x:
            last.add(part)
        elif part.x > last.end and part.y > above and step <= _LEVEL * part.size:
            self.climbs = self.climbs or step < -_LEVEL * part.size
            self.cells.append(_Cell([part]))
        else:
            return False
        return True

    def cut(self, part: Part) -> _Band | None:
        """Cut off the lines beside which the part stands, where those above reach over it."""
        lines = self.cells[0].lines
        beside = [line for line in lines if line.y >= part.y - _LEVEL * part.size]
        if not (
            len(self.cells) == 1
            and 0 < len(beside) < len(lines)
            and all(line.end < part.x for line in beside)
        ):
            return None
        kept = lines[: -len(beside)]
        self.cells = [_Cell(kept)]
        return _Band(self.first + len(kept), [_Cell(beside)])


def parted(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Yield the lines of a page, and in place of those of a table, which is True, its rows.

    Each of these has all cells; an empty one is a part without text.
    """
    bands = _bands(rows)
    start = n = 0
    while n < len(bands):
        count, columns = _run(bands, n)
        run = bands[n : n + count]
        n += count
        end = bands[n].first if n < len(bands) else len(rows)
        if _is_table(run, columns, rows[run[0].first : end]):
            if start < run[0].first:
                yield False, list(rows[start : run[0].first])
            found = _joined(run, columns)
            while len(found[-1].cells) == 1:
                end = found.pop().first
                n -= 1
            yield True, [_row(band, columns) for band in found]
            start = end
    if start < len(rows):
        yield False, list(rows[start:])


def _bands(rows: Sequence[Row]) -> list[_Band]:
    found: list[_Band] = []
    above = float("-inf")
    for n, row in enumerate(rows):
        for part in row:
            if found and found[-1].takes(part, above):
                continue
            if found and (cut := found[-1].cut(part)) and cut.takes(part, found[-1].bottom):
                above = found[-1].bottom
                found.append(cut)
                continue
            above = found[-1].bottom if found else above
            found.append(_Band(n, [_Cell([part])]))
    return found


def _run(bands: Sequence[_Band], first: int) -> tuple[int, list[_Interval]]:
    """Return how many bands from one on have columns in common, and these columns.

    Of bands of one cell that follow each other only the first is in it.
    """
    columns = bands[first].places
    count = 1
    for before, band in pairwise(bands[first:]) if len(columns) > 1 else ():
        near = 0 < band.top - before.bottom < MAX_STEP * band.cells[0].lines[0].size
        common = _common(columns, band.places) if near else None
        if common is None or len(band.cells) == len(before.cells) == 1:
            break
        columns = common
        count += 1
    return count, columns


def _common(columns: Sequence[_Interval], cells: Sequence[_Interval]) -> list[_Interval] | None:
    """Return the columns with the cells in them; None where a cell reaches over two."""
    found: list[_Interval] = []
    if len(columns) == len(cells):
        found = [(min(a, c), max(b, d)) for (a, b), (c, d) in zip(columns, cells, strict=True)]
        return found if all(a[1] < b[0] for a, b in pairwise(found)) else None
    for start, end in sorted([*columns, *cells]):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    more, fewer = sorted((columns, cells), key=len, reverse=True)
    if len(found) != len(more) or len(set(_numbers(fewer, found))) < len(fewer):
        return None
    return found


def _numbers(cells: Sequence[_Interval], columns: Sequence[_Interval]) -> list[int]:
    """Return the number of each cell's column."""
    if len(cells) == len(columns):
        return list(range(len(cells)))
    return [next(n for n, (_, end) in enumerate(columns) if x < end) for x, _ in cells]


def _is_table(run: Sequence[_Band], columns: Sequence[_Interval], rows: Sequence[Row]) -> bool:
    """Tell rows of cells from columns of a page, a list with its marks, and words far apart."""
    many = [band for band in run if len(band.cells) > 1]
    tall = any(len(cell.lines) > 1 for band in many for cell in band.cells)
    alone = any(band.climbs and len(band.cells) >= _MIN_CELLS_ALONE for band in many)
    if len(many) < (_MIN_TALL_ROWS if tall else _MIN_ROWS) and not alone:
        return False
    if any(sum(len(cell.text) > _PROSE_CELL_CHARS for cell in band.cells) > 1 for band in many):
        return False
    if len(columns) == _LISTED_PARTS and all(_MARK.fullmatch(band.cells[0].text) for band in many):
        return False
    if any(band.climbs for band in run):
        return True
    return not is_prose(rows) and not any(
        left and right and is_prose(left) and is_prose(right)
        for left, right in (halves(rows, start) for start, _ in columns[1:])
    )


def _joined(run: Sequence[_Band], columns: Sequence[_Interval]) -> list[_Band]:
    """Join the lines of a row in a table that is written line by line, where distances tell rows.

    They do not where two lines of a group have all cells, or numbers in one column.
    """
    if any(band.climbs for band in run):
        return list(run)
    lines = [line for band in run for line in _as_lines(band)]
    steps = [line.top - before.bottom for before, line in pairwise(lines)]
    groups = [[lines[0]]]
    for step, line in zip(steps, lines[1:], strict=True):
        if step > _ROW_STEP * min(steps):
            groups.append([])
        groups[-1].append(line)
    if len(groups) == 1:
        return lines
    found = []
    for group in groups:
        cells: dict[int, _Cell] = {}
        numbers: list[int] = []
        for line in group:
            for n, cell in zip(_numbers(line.places, columns), line.cells, strict=True):
                numbers += [n] * (_NUMBER.fullmatch(cell.text) is not None)
                cells[n] = _Cell([*(cells[n].lines if n in cells else []), *cell.lines])
        full = sum(len(line.cells) == len(columns) for line in group)
        if full > 1 or len(set(numbers)) < len(numbers):
            return lines
        found.append(_Band(group[0].first, [cells[n] for n in sorted(cells)]))
    return found


def _as_lines(band: _Band) -> Iterator[_Band]:
    """Part a row before a line that has more cells: it may be of the next row."""
    for n, cell in enumerate(band.cells[:-1]):
        if len(cell.lines) > 1:
            above = _Band(band.first, [*band.cells[:n], _Cell(cell.lines[:-1])])
            count = 1 + sum(len(each.lines) - 1 for each in above.cells)
            yield above
            below = [_Cell(cell.lines[-1:]), *band.cells[n + 1 :]]
            yield from _as_lines(_Band(band.first + count, below))
            return
    yield band


def _row(band: _Band, columns: Sequence[_Interval]) -> Row:
    top, size = band.top, band.cells[0].lines[0].size
    row = [Part(x, end, top, size, "") for x, end in columns]
    for n, cell in zip(_numbers(band.places, columns), band.cells, strict=True):
        row[n] = Part(cell.x, cell.end, top, cell.lines[0].size, cell.text)
    return row


def halves(rows: Sequence[Row], start: float) -> tuple[list[Row], list[Row]]:
    """Return what stands left of a place on each line, and what begins there or right of it."""
    left = [cut for row in rows if (cut := [part for part in row if part.x < start - 1])]
    right = [cut for row in rows if (cut := [part for part in row if part.x >= start - 1])]
    return left, right


def is_prose(rows: Sequence[Row]) -> bool:
    """Tell lines of running text from cells: they are wide, and go on or end sentences."""
    starts = [row[0] for row in rows]
    if median((row[-1].end - row[0].x) / (row[0].size or 1.0) for row in rows) < _COLUMN_MIN_WIDTH:
        return False
    like_prose = sum(
        (part.text[0].isalpha() and not part.text[0].isupper())
        or (row[-1].text.endswith(_PROSE_ENDS) and " " in part.text)
        for part, row in zip(starts, rows, strict=True)
    )
    return like_prose >= _MIN_PROSE * len(rows)
