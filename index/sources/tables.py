"""Tables as sentences: each row with the heads of its columns.

"Village: Oberau; Yes: 412; No: 398." can be read, found and quoted without the table.
Parsers write tables as rows between pipes, as GitHub's Markdown does, with a line of hyphens below
the heads where they are known; people paste such tables too, and others with tabs or blanks.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.text.sentences import sentences
from index.text.words import entries

_ROW = re.compile(r"\s*\|(.*)\|\s*")
_PIPE = re.compile(r"(?<!\\)\|")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_STOPS = re.compile(r"[.!?…]\s")

_GAP = re.compile(r"(?<=\S)(?:\t| {2,})(?=\S)")
_BORDER = re.compile(r"\s*\+[-=+]{3,}\+\s*")
_MIN_ALIGNED = 3

_MIN_GUESSED = 3
"""Columns from which on a first row may be heads without being marked; with two it may as well be
a name and a value."""

_HEAD_MAX_WORDS = 4
_BETWEEN_WORDS = frozenset(("and", "of", "in", "the", "per", "for", "/", "&"))

_CELL_MAX_CHARS = 300
"""A row with a longer cell lays out prose and is no row of a table."""

Row = Sequence[str]


def as_pipes(cells: Row) -> str:
    """Write a row as `rows_as_sentences` reads it."""
    return f"| {' | '.join(' '.join(cell.split()).replace('|', chr(92) + '|') for cell in cells)} |"


END = "||"
"""Ends a table where another may follow."""


def rule(width: int) -> str:
    """Write the line below the heads."""
    return f"|{'---|' * width}"


def rows_as_sentences(text: str) -> str:
    """Return a text with its tables as sentences; all else stays."""
    if "|" not in text and not _GAP.search(text):
        return text
    found: list[str] = []
    lines = text.split("\n")
    n = 0
    while n < len(lines):
        if lines[n].strip() == END or _BORDER.fullmatch(lines[n]):
            n += 1
            continue
        table = list(_table(lines, n))
        if not table and (rows := _aligned(lines, n)):
            end = n + len(rows)
            found += _sentences([*map(as_pipes, rows)]) if _is_headed(rows) else lines[n:end]
            n = end
            continue
        if not table:
            found.append(lines[n])
            n += 1
            continue
        found += _sentences([lines[m] for m in table])
        n = table[-1] + 1
    return "\n".join(found)


def _table(lines: Sequence[str], start: int) -> Iterator[int]:
    """Yield the numbers of the lines of a table; blank lines may part them."""
    if not _ROW.fullmatch(lines[start]):
        return
    found: list[int] = []
    rules = 0
    for n in range(start, len(lines)):
        if lines[n].strip() == END:
            break
        if _is_rule(lines[n]):
            rules += 1
            if rules > 1:
                # The row above it heads another table.
                found.pop()
                break
            found.append(n)
        elif _ROW.fullmatch(lines[n]):
            found.append(n)
        elif lines[n].strip() and not _BORDER.fullmatch(lines[n]):
            break
    yield from found


def _aligned(lines: Sequence[str], start: int) -> Sequence[Row]:
    """Return lines that follow each other and have as many cells, with gaps between them."""
    rows: list[Row] = []
    for n in range(start, len(lines)):
        cells = [cell.strip() for cell in _GAP.split(lines[n].strip())]
        if len(cells) < 2 or (rows and len(cells) != len(rows[0])) or _ROW.fullmatch(lines[n]):
            break
        rows.append(cells)
    return rows


def _is_headed(rows: Sequence[Row]) -> bool:
    width = len(rows[0])
    heads = _has_heads(rows, width) or _has_known_heads(rows, width)
    return len(rows) >= _MIN_ALIGNED and heads


def _is_rule(line: str) -> bool:
    return "|" in line and "--" in line and set(line) <= set("|-: \t")


def _sentences(lines: Sequence[str]) -> list[str]:
    rules = [n for n, line in enumerate(lines) if _is_rule(line)]
    rows = [row for line in lines if not _is_rule(line) and any(row := _cells(line))]
    widths = Counter(map(len, rows))
    width = max(widths, key=lambda each: widths[each], default=0)
    marked = rules[0] if rules else 0
    titles: list[str] = []
    while len(rows) > 1 and len(rows[0]) > 1 and len(set(rows[0])) == 1:
        titles.append(rows.pop(0)[0])  # over all columns
        marked = max(0, marked - 1)
    if not rows:
        return []
    guessed = _has_heads(rows, width) or _has_known_heads(rows, width)
    heads = rows[:marked] or ([rows[0]] if guessed else [])
    body = rows[len(heads) :]
    # A second row of heads stands below one that spans it, or has the units.
    while (
        marked
        and body[:1]
        and body[0][0] in ("", heads[-1][0])
        and not _DIGIT.search("".join(body[0]))
    ):
        heads, body = [*heads, body[0]], body[1:]
    if not body or width == 1:
        heads, body = [], rows
    body = [row for row in body if row not in heads]  # they return on each page
    names = [" ".join(dict.fromkeys(filter(None, each))) for each in zip(*heads, strict=False)]
    names = [name.rstrip(" :") for name in names]
    return [*titles, *(line for row in body for line in _lines(row, names))]


def _cells(line: str) -> Row:
    match = _ROW.fullmatch(line)
    inner = match[1] if match else line
    return [" ".join(cell.replace("\\|", "|").split()) for cell in _PIPE.split(inner)]


def _has_heads(rows: Sequence[Row], width: int) -> bool:
    """Tell heads that are not marked: words and years over columns of numbers."""
    first = rows[0]
    body = [row for row in rows[1:] if len(row) == width and row != first]
    if width < _MIN_GUESSED or len(first) != width or not body or not all(first[1:]):
        return False
    numbers = [all(_DIGIT.search(row[n] or "0") for row in body) for n in range(width)]
    return any(numbers[1:]) and all(
        not _DIGIT.search(cell) or not (_DIGIT.search(_YEAR.sub("", cell)) or numbers[0])
        for cell in first
    )


def _has_known_heads(rows: Sequence[Row], width: int) -> bool:
    """Tell heads that are not marked by their words: "Name", "Date of birth", "Agreed cost"."""
    first = rows[0]
    if len(first) != width or width == 1 or len(rows) == 1 or _DIGIT.search("".join(first)):
        return False
    known = [_is_known_head(cell, whole=width < _MIN_GUESSED) for cell in filter(None, first)]
    return sum(known) >= (len(known) / 2 if width >= _MIN_GUESSED else width)


def _is_known_head(cell: str, *, whole: bool) -> bool:
    words = [word.strip("():.") for word in cell.casefold().split() if word not in _BETWEEN_WORDS]
    known = [word in _head_words() for word in words[:_HEAD_MAX_WORDS]]
    return len(known) == len(words) > 0 and (all(known) if whole else known[0] or known[-1])


@functools.cache
def _head_words() -> frozenset[str]:
    return frozenset(entries("index.sources", "heads"))


def _lines(row: Row, heads: Sequence[str]) -> list[str]:
    if len(set(row)) == 1 or any(len(cell) > _CELL_MAX_CHARS for cell in row):
        return [cell for cell in dict.fromkeys(row) if cell]
    cells = [_in_one(cell) for cell in row]
    if len(heads) == len(cells):
        named = [
            f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=True)
        ]
        parts = [part for part, cell in zip(named, cells, strict=True) if cell]
    else:
        # Of a row with a cell too few nobody knows which is missing.
        parts = [cell for cell in cells if cell]
        if len(cells) == len(parts) == 2:
            parts = [": ".join(cell.rstrip(" :") for cell in parts)]
    return [f"{'; '.join(parts).rstrip(' .')}."]


def _in_one(cell: str) -> str:
    """Return a cell without ends of sentences in it, which would part it from its head."""
    if not _STOPS.search(cell):
        return cell
    found = [span.of(cell) for span in sentences(cell, title="", language="en")]
    return ", ".join(one.rstrip(" .") for one in found) if len(found) > 1 else cell
