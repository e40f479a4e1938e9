"""PDF files: the running text of their pages, in paragraphs, without running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, pairwise

from index import strings
from index.errors import UndecodableSource
from index.sources import sandbox
from index.sources.decoding import check_size, clean
from index.sources.document import ParsedSource, find_title
from index.sources.office import OPENING_BLOCKS, describe, printed
from index.sources.pdf_pages import (
    LARGER_PRINT,
    PdfLine,
    is_wide,
    part_running_lines,
    same_size,
    usual_gaps,
)
from index.sources.tables import END, as_pipes
from index.text.sentences import ends_sentence

_HEAD_BYTES = 1024
"""Where readers look for the mark of a PDF."""

_DATE = re.compile(r"D:(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:\d{6})?")
"""To the second, where it says so."""

_MAX_UNKNOWN_SHARE = 0.1

_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
"""What stands for letters that a font does not name."""


def looks_like_pdf(data: bytes) -> bool:
    """Tell a PDF by its mark."""
    return b"%PDF-" in data[:_HEAD_BYTES]


def parse(name: str, data: bytes) -> ParsedSource:
    """Read the pages of a PDF and what it says of itself. Raises SourceError."""
    check_size(name, len(data))
    if not looks_like_pdf(data):
        raise UndecodableSource(name, strings.NOT_PDF)
    found = sandbox.run(name, "index.sandboxed.pdf", data)
    pages = [[_line(*line) for line in page] for page in found["pages"]]
    body = blocks([[line for line in page if line.text] for page in pages])
    texts = list(_with_tables(body))
    text = "\n\n".join(texts)
    if len(_UNKNOWN.findall(text)) > _MAX_UNKNOWN_SHARE * len(text):
        raise UndecodableSource(name, strings.NO_LETTERS)
    made = _made(found["created"] or "", found["modified"] or "")
    file = ParsedSource(text, found["title"], author=found["author"], made=made)
    described = describe(file, texts[:OPENING_BLOCKS], _headline(body))
    own = "\n\n".join(block.text for block in body if not block.runs_along)
    return described if described.title or not own else replace(described, title=find_title(own))


def _made(created: str, modified: str) -> str | None:
    """Return the day a file was made on, None where that is plainly not the article's.

    What is written in one go is an export or a print; what was made today is added at once.
    """
    date, last = _DATE.match(created), _DATE.match(modified)
    if date is None or (last and last[0] == date[0]):
        return None
    day = "-".join(date.group("y", "m", "d"))
    return day if day < datetime.now(UTC).date().isoformat() else None


def _with_tables(body: Sequence[Block]) -> Iterator[str]:
    """Yield the text of blocks; lines with wide gaps that follow each other are rows of a table."""
    ordered = _before_tables(body)
    for is_row, group in groupby(ordered, lambda block: not block.runs_along and block.is_row):
        rows = list(group)
        if not is_row or len(rows) == 1:
            yield from (block.text for block in rows)
            continue
        above = 0
        for _, table in groupby(rows, lambda block: block.lines[0].count("\t")):
            cells = [as_pipes(block.lines[0].split("\t")) for block in table]
            if min(above, len(cells)) > 1:
                yield END
            yield from cells
            above = len(cells)


def _before_tables(body: Sequence[Block]) -> list[Block]:
    """Put what runs along pages before a table that goes on over it."""
    found: list[Block] = []
    start: int | None = None
    for block in body:
        if block.runs_along and start is not None:
            found.insert(start, block)
            start += 1
            continue
        if not block.is_row:
            start = None
        elif start is None and not block.runs_along:
            start = len(found)
        found.append(block)
    return found


def _line(x: float, y: float, size: float, text: str) -> PdfLine:
    cells = [printed(cell) for cell in clean(text).split("\t")]
    return PdfLine(x, y, size, "\t".join(cells) if any(cells) else "")


def _headline(body: Sequence[Block]) -> str | None:
    """Return the largest print of the first page, if it is larger than the text."""
    sizes: Counter[float] = Counter()
    for block in body:
        sizes[block.size] += len(block.text)
    opening = [block for block in body if block.page == body[0].page]
    largest = max(opening, key=lambda block: block.size, default=None)
    if largest is None or largest.size <= LARGER_PRINT * sizes.most_common(1)[0][0]:
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


_INDENT = 0.8
"""In font sizes."""

_INITIAL_SIZE = 1.5

_PROSE_MIN_CHARS = 25
"""Of a full line of running text, in narrow columns too."""

_NEIGHBOURS = 3
"""Lines to either side that tell how wide the text is set just there."""

_ROOM = 0.9

_MUCH_ROOM = 0.7
"""A line with so little of its width used had room for the next word, and for several."""

_ITEM = re.compile(
    r"(?:(?P<open>\(?)(?:(?P<above>(?:\d{1,3}\.){0,3})(?P<number>\d{1,4})|(?P<letter>[A-Za-z])"
    r"|(?P<roman>[ivxl]{1,6}))(?P<close>[.):]?)|(?P<sign>[-–—*+]))\s+(?=\W*[^\Wa-z])"
)
"""What an item of a list begins with; a number without a sign behind it may be a year."""

_ROMAN = ("i", "v", "x", "l")
_ROMAN_VALUES = (1, 5, 10, 50)

_TIME = re.compile(r"(?:[01]?\d|2[0-3])[.:h][0-5]\d\s+(?=\W*[^\Wa-z])")
_FIRST_YEAR = 1000
_MAX_YEARS = 100

_BULLET = re.compile(r"[•‣▪●◦■□➢✓\uf0b7]\s*")


@dataclass(slots=True)
class Block:
    """A paragraph or heading: its lines, each with what joins it to the next; its font size.

    What runs along pages is a block of its own.
    """

    lines: list[str]
    size: float
    page: int
    runs_along: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is one line with wide gaps in it."""
        return len(self.lines) == 1 and "\t" in self.lines[0]

    @property
    def text(self) -> str:
        """Return the lines as running text."""
        return re.sub(r"\t+", " ", "".join(self.lines)).strip()


def blocks(pages: Sequence[Sequence[PdfLine]]) -> list[Block]:
    """Return paragraphs and headings in the order of reading."""
    parted = part_running_lines(pages)
    joiner = Joiner(line.text for page in parted for line in page.text)
    gaps = usual_gaps([page.text for page in parted])
    found: list[Block] = []
    column: list[Block] = []
    current: Block | None = None
    for number, (top, page, bottom) in enumerate((p.top, p.text, p.bottom) for p in parted):
        found += (Block([line.text], line.size, number, runs_along=True) for line in top)
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
        found += (Block([line.text], line.size, number, runs_along=True) for line in bottom)
    return [block for block in found if block.text]


def _add(block: Block, line: PdfLine, joiner: Joiner) -> None:
    if _is_initial(block, line):
        block.size = line.size
    else:
        block.lines[-1] = joiner.before(line.text, block.lines[-1])
    block.lines.append(line.text)


def _is_initial(block: Block, line: PdfLine) -> bool:
    """Tell whether the block is the large first letter of the line's first word."""
    return (
        len(block.lines) == 1
        and len(block.lines[0]) == 1
        and block.lines[0].isupper()
        and block.size > _INITIAL_SIZE * line.size
        and line.text[0].isalpha()
    )


def _starts_column(previous: PdfLine, line: PdfLine) -> bool:
    return line.y < previous.y - 2 * previous.size


def _cut_off(column: Sequence[Block], line: PdfLine) -> Block | None:
    """Return the paragraph of the column before that goes on here; notes may stand below it."""
    same = (block for block in reversed(column) if same_size(block.size, line.size))
    block = next(same, None)
    if block is None or ends_sentence(block.lines[-1]) or _BULLET.match(line.text):
        return None
    if _is_next(line.text, block.lines[0]) or "\t" in block.lines[-1] + line.text:
        return None
    # A line alone may be a heading, or all that stands on a page; short ones are no prose.
    prose = len(block.lines) > 1 and len(block.lines[-1]) >= _PROSE_MIN_CHARS
    return block if line.text[0].islower() or prose else None


def _is_next(text: str, before: str) -> bool:
    """Tell whether a line has the number, the year or a time of day after that of another."""
    if _TIME.match(text) and _TIME.match(before):
        return True
    first, item = _ITEM.match(before), _ITEM.match(text)
    if not (first and item) or first.group("open", "close") != item.group("open", "close"):
        return False
    ranks, years = _ranks(first), _years(first, item)
    return years or any((kind, rank - 1) in ranks for kind, rank in _ranks(item))


def _ranks(item: re.Match[str]) -> set[tuple[str, int]]:
    """Return at which place a mark stands in lists of each kind that it may be of."""
    found = set()
    if item["sign"]:
        found = {(item["sign"], 0), (item["sign"], 1)}  # each is the next
    if item["number"]:
        found.add((item["above"], int(item["number"])))
    if item["letter"] and item["close"]:
        found.add(("letter", ord(item["letter"])))
    roman = item["roman"] or item["letter"]
    if roman and item["close"] and set(roman) <= set(_ROMAN):
        values = [_ROMAN_VALUES[_ROMAN.index(letter)] for letter in roman]
        larger = (following > value for value, following in pairwise(values))
        signed = [-v if less else v for v, less in zip(values, [*larger, False], strict=True)]
        found.add(("roman", sum(signed)))
    return found


def _years(first: re.Match[str], item: re.Match[str]) -> bool:
    """Tell years in order, of a chronology."""
    if not (first["number"] and item["number"]) or first["close"] or first["above"]:
        return False
    return (
        int(first["number"]) >= _FIRST_YEAR
        and 0 <= int(item["number"]) - int(first["number"]) <= _MAX_YEARS
    )


def _starts_block(
    page: Sequence[PdfLine], n: int, current: Block, gaps: Mapping[int, float]
) -> bool:
    previous, line = page[n - 1], page[n]
    following = page[n + 1].text if n + 1 < len(page) else ""
    step = _INDENT * line.size
    if (
        "\t" in line.text
        or ("\t" in previous.text and line.x <= previous.x + step)
        or _BULLET.match(line.text)
        or _is_next(line.text, current.lines[0])
        or _is_next(following, line.text)
        or not same_size(previous.size, line.size)
        or is_wide(line.y - previous.y, line, gaps)
    ):
        return True
    stopped = ends_sentence(previous.text)
    if line.text[0].islower() and not stopped:
        return False
    return _is_indented(page, n, current) or _had_room(page, n, stopped=stopped)


def _is_indented(page: Sequence[PdfLine], n: int, current: Block) -> bool:
    """Tell the first line of a paragraph, or the line after a list, by where it starts."""
    previous, line = page[n - 1], page[n]
    step = _INDENT * line.size
    if line.x < previous.x - step:
        return len(current.lines) > 1
    following = page[n + 1] if n + 1 < len(page) else None
    item = _BULLET.match(previous.text) or _ITEM.match(previous.text)
    hangs = (item and len(current.lines) == 1) or (following and following.x > line.x - step / 2)
    return line.x > previous.x + step and not hangs


def _had_room(page: Sequence[PdfLine], n: int, *, stopped: bool) -> bool:
    """Tell whether the line before ended early: the next word, or several, would have fitted."""
    near = page[max(0, n - _NEIGHBOURS) : n + _NEIGHBOURS]
    width = max(len(line.text) for line in near)
    needed = len(page[n - 1].text) + 1 + len(page[n].text.split(maxsplit=1)[0])
    return needed < (_ROOM if stopped else _MUCH_ROOM) * width
