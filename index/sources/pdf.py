"""PDF files: the running text of their pages, in paragraphs, without running heads."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from index import strings
from index.errors import UndecodableSource
from index.sources import sandbox
from index.sources.decoding import check_size, clean
from index.sources.document import Found
from index.sources.office import OPENING_BLOCKS, Metadata, describe, printed
from index.text.sentences import ends_sentence

_HEAD_BYTES = 1024
"""Where readers look for the mark of a PDF."""

_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")

_HEADLINE_SIZE = 1.15
"""Against the text's size."""

_MAX_UNKNOWN_SHARE = 0.1

_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
"""What stands for letters that a font does not name."""


def looks_like_pdf(data: bytes) -> bool:
    """Tell a PDF by its mark."""
    return b"%PDF-" in data[:_HEAD_BYTES]


def parse(name: str, data: bytes) -> Found:
    """Read the pages of a PDF and what it says of itself. Raises SourceError."""
    check_size(name, len(data))
    if not looks_like_pdf(data):
        raise UndecodableSource(name, strings.NOT_PDF)
    found = sandbox.run(name, "index.sandboxed.pdf", data)
    pages = [[_line(*line) for line in page] for page in found["pages"]]
    body = blocks([[line for line in page if line.text] for page in pages])
    text = "\n\n".join(block.text for block in body)
    if len(_UNKNOWN.findall(text)) > _MAX_UNKNOWN_SHARE * len(text):
        raise UndecodableSource(name, strings.NO_LETTERS)
    date = _DATE.match(found["created"] or "")
    created = "-".join(date.groups()) if date else None
    return describe(
        text,
        [block.text for block in body[:OPENING_BLOCKS]],
        Metadata(found["title"], found["author"], created),
        _headline(body),
    )


def _line(x: float, y: float, size: float, text: str) -> Line:
    return Line(x, y, size, printed(clean(text)))


def _headline(body: Sequence[Block]) -> str | None:
    """Return the largest print of the first page, if it is larger than the text."""
    sizes: Counter[float] = Counter()
    for block in body:
        sizes[block.size] += len(block.text)
    opening = [block for block in body if block.page == body[0].page]
    largest = max(opening, key=lambda block: block.size, default=None)
    if largest is None or largest.size <= _HEADLINE_SIZE * sizes.most_common(1)[0][0]:
        return None
    return largest.text


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
        """Return the lines as running text."""
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
