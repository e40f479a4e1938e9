"""Pages of printed lines to paragraphs, joined where a page or a column cuts them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.segment import ends_sentence
from index.sources.lines import Joiner, Line
from index.sources.running import without_running_lines

_SAME_SIZE = 0.08
_WIDE_GAP = 1.25
"""From line to line, against the usual of that size."""

_INDENT = 0.8
"""In font sizes."""

_LEADING = 1.2
_INITIAL_SIZE = 1.5
_HEADING_MAX_CHARS = 60

_NEIGHBOURS = 3
"""Lines to either side that tell how wide the text is set just there."""

_ROOM = 0.9
_MUCH_ROOM = 0.7
"""A line with so little of its width used had room for the next word, and for several."""

_BULLET = re.compile(r"[•‣▪●◦■□➢✓\uf0b7]\s*")


@dataclass(slots=True)
class Block:
    """A paragraph or heading: its lines, each with what joins it to the next; its font size."""

    lines: list[str]
    size: float
    page: int

    @property
    def text(self) -> str:
        """The lines as running text."""
        return "".join(self.lines).strip()


def blocks(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """Return paragraphs and headings in the order of reading."""
    kept = without_running_lines(pages)
    joiner = Joiner(line.text for page in kept for line in page)
    gaps = _usual_gaps(kept)
    found: list[Block] = []
    column: list[Block] = []
    current: Block | None = None
    for number, page in enumerate(kept):
        for n, line in enumerate(page):
            if n == 0 or _starts_column(page[n - 1], line):
                current = _cut_off(column, line)
                column = [current] if current else []
            elif (
                current and not _is_initial(current, line) and _starts_block(page, n, current, gaps)
            ):
                current = None
            if current is None:
                current = Block([_BULLET.sub("", line.text, count=1)], line.size, number)
                found.append(current)
                column.append(current)
            else:
                _add(current, line, joiner)
    return [block for block in found if block.text]


def _add(block: Block, line: Line, joiner: Joiner) -> None:
    if _is_initial(block, line):
        block.size = line.size
    else:
        block.lines[-1] = joiner.before(line.text, block.lines[-1])
    block.lines.append(line.text)


def _is_initial(block: Block, line: Line) -> bool:
    """Tell whether the block is the large first letter of the line's first word."""
    return (
        len(block.lines) == 1
        and len(block.lines[0]) == 1
        and block.lines[0].isupper()
        and block.size > _INITIAL_SIZE * line.size
        and line.text[0].isalpha()
    )


def _starts_column(previous: Line, line: Line) -> bool:
    return line.y < previous.y - 2 * previous.size


def _cut_off(column: Sequence[Block], line: Line) -> Block | None:
    """Return the paragraph of the column before that goes on here; notes may stand below it."""
    same = (block for block in reversed(column) if _same_size(block.size, line.size))
    block = next(same, None)
    if block is None or ends_sentence(block.lines[-1]) or _BULLET.match(line.text):
        return None
    heading = len(block.lines) == 1 and len(block.lines[0]) < _HEADING_MAX_CHARS
    return block if line.text[0].islower() or not heading else None


def _starts_block(page: Sequence[Line], n: int, current: Block, gaps: Mapping[int, float]) -> bool:
    previous, line = page[n - 1], page[n]
    if (
        _BULLET.match(line.text)
        or not _same_size(previous.size, line.size)
        or line.y - previous.y > _WIDE_GAP * gaps.get(round(line.size), _LEADING * line.size)
    ):
        return True
    stopped = ends_sentence(previous.text)
    if line.text[0].islower() and not stopped:
        return False
    return _is_indented(page, n, current) or _had_room(page, n, stopped=stopped)


def _is_indented(page: Sequence[Line], n: int, current: Block) -> bool:
    """Tell the first line of a paragraph, or the line after a list, by where it starts."""
    previous, line = page[n - 1], page[n]
    step = _INDENT * line.size
    if line.x < previous.x - step:
        return len(current.lines) > 1
    following = page[n + 1] if n + 1 < len(page) else None
    hangs = _BULLET.match(previous.text) or (following and following.x > line.x - step / 2)
    return line.x > previous.x + step and not hangs


def _had_room(page: Sequence[Line], n: int, *, stopped: bool) -> bool:
    """Tell whether the line before ended early: the next word, or several, would have fitted."""
    near = page[max(0, n - _NEIGHBOURS) : n + _NEIGHBOURS]
    width = max(len(line.text) for line in near)
    needed = len(page[n - 1].text) + 1 + len(page[n].text.split(maxsplit=1)[0])
    return needed < (_ROOM if stopped else _MUCH_ROOM) * width


def _same_size(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_SIZE * max(one, other)


def _usual_gaps(pages: Sequence[Sequence[Line]]) -> dict[int, float]:
    """Return the distance from line to line within paragraphs for each font size (rounded)."""
    gaps: dict[int, list[float]] = defaultdict(list)
    for page in pages:
        for previous, line in pairwise(page):
            gap = line.y - previous.y
            if round(previous.size) == round(line.size) and line.size < gap < 3 * line.size:
                gaps[round(line.size)].append(gap)
    # Not the median: pages of short paragraphs have more distances between than within them.
    return {size: sorted(found)[len(found) // 3] for size, found in gaps.items()}
