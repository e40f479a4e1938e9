"""Pieces of text to the lines of a page in the order of reading; in a child process alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.sandboxed.pdf_tables import MAX_STEP, Part, Row, halves, is_prose, parted
from index.sandboxed.pdf_text import TextRun, logical
from index.sandboxed.raised import NUMBER, raised

LineFields = tuple[float, float, float, str]
"""From the left, from the top, font size (points; zero is anywhere), text; a tab is a wide gap."""

_SAME_LINE = 0.5
"""Of the larger font size, between the baselines of a line: indices are raised by 0.4."""

_RAISED_SIZE = 0.85
_RAISED_BY = 0.15

_SAME_PLACE = 0.1
"""Letters shown twice so near to each other are one in bold print, or have a shadow."""

_WORD_GAP = 0.5
"""Of a blank's width; blanks of justified lines are narrower than the font's own."""

_OVERLAP = 0.2
"""In font sizes: no letters are set so far into each other, but words in a replaced font are."""

_AS_WORDS_MIN_JOINTS = 2
"""On a page; where two pieces meet, so many tell whether every piece is a word:"""

_MIN_PLACED = 0.8
_MAX_LETTERS_ALONE = 0.15
_MAX_WITH_BLANKS = 0.2
_MAX_EXACT = 0.1
_EXACT = 0.01

_WIDE_GAP = 2.0
"""In font sizes; from here on it parts a head from its number, or cells of a row."""

_GUTTER = 0.7
"""In font sizes; of the gap between two columns at least."""

_COLUMN_MIN_ROWS = 3
_MAX_GUTTERS = 4
_MAX_DEPTH = 40


def lines(pieces: Sequence[TextRun]) -> list[LineFields]:
    """Return a page's lines in the order they were written, columns one after the other.

    Text in another direction than most of the page's is a stamp or a watermark and left out.
    """
    letters: Counter[int] = Counter()
    for piece in pieces:
        letters[piece.turn] += len(piece.text)
    upright = max(letters, key=lambda turn: letters[turn], default=0)
    shown = list(_once([piece for piece in pieces if piece.turn == upright]))
    as_words = _are_words(shown)
    rows = [row for each in _rows(shown) if (row := _parts(each, as_words=as_words))]
    return [
        _line(row, cells=is_table)
        for is_table, part in parted(rows)
        for row in (part if is_table else _ordered(part))
    ]


def _once(pieces: Sequence[TextRun]) -> Iterator[TextRun]:
    """Leave out what is shown a second time at the same place."""
    last: dict[str, TextRun] = {}
    for piece in pieces:
        before = last.get(piece.text)
        near = _SAME_PLACE * piece.size
        if not (
            before
            and piece.text.strip()
            and abs(before.x - piece.x) <= near
            and abs(before.y - piece.y) <= near
        ):
            yield piece
        last[piece.text] = piece


def _rows(pieces: Sequence[TextRun]) -> Iterator[list[TextRun]]:
    """Yield what is written one after the other on one baseline, from left to right."""
    row: list[TextRun] = []
    for piece in pieces:
        if row and abs(piece.y - row[0].y) > _SAME_LINE * max(piece.size, row[0].size):
            yield sorted(row, key=lambda each: each.x)
            row = []
        row.append(piece)
    if row:
        yield sorted(row, key=lambda each: each.x)


def _are_words(pieces: Sequence[TextRun]) -> bool:
    """Tell whether each piece is a word, so that there is a blank wherever two meet.

    Programs that place words one by one may do so by the widths of another font than is shown;
    the gaps then tell nothing. Where letters or parts of words are placed, most pieces begin
    exactly where another ends, or are letters.
    """
    shown = [piece for piece in pieces if piece.text.strip()]
    joints = [
        (before, piece)
        for before, piece in pairwise(shown)
        if piece.size and abs(piece.y - before.y) < _EXACT * piece.size
    ]
    placed = [(before, piece) for before, piece in joints if piece.placed]
    if len(placed) < max(_AS_WORDS_MIN_JOINTS, _MIN_PLACED * len(joints)):
        return False
    texts = [piece.text.strip() for _, piece in placed]
    alone = sum(len(text) == 1 and text.isalpha() for text in texts)
    with_blanks = sum(" " in text for text in texts)
    exact = sum(abs(piece.x - before.end) <= _EXACT * piece.size for before, piece in placed)
    return (
        alone <= _MAX_LETTERS_ALONE * len(placed)
        and with_blanks <= _MAX_WITH_BLANKS * len(placed)
        and exact <= _MAX_EXACT * len(placed)
    )


def _parts(row: Sequence[TextRun], *, as_words: bool) -> Row:
    """Join the pieces of a row that stand together."""
    groups: list[list[TextRun]] = []
    last: TextRun | None = None
    for piece in row:
        if not piece.text.strip():
            if groups:
                groups[-1].append(piece)
            continue
        if last is None or piece.x - last.end > _GUTTER * max(piece.size, last.size):
            groups.append([])
        groups[-1].append(piece)
        last = piece
    return [part for group in groups if (part := _part(group, as_words=as_words)).text]


def _part(group: Sequence[TextRun], *, as_words: bool) -> Part:
    units = [group[0].text]
    for before, piece in pairwise(group):
        if _is_parted(before, piece, as_words=as_words):
            units.append(" ")
        units.append(raised(piece.text, units[-1]) if _is_raised(before, piece) else piece.text)
    largest = max(group, key=lambda piece: len(piece.text.strip()))
    shown = [piece for piece in group if piece.text.strip()] or group
    text = " ".join("".join(logical(units)).split())
    return Part(shown[0].x, max(p.end for p in shown), largest.y, largest.size, text)


def _is_raised(before: TextRun, piece: TextRun) -> bool:
    """Tell a power or the number of a note from the letters before it."""
    smaller = piece.size < _RAISED_SIZE * before.size
    higher = before.y - piece.y > _RAISED_BY * before.size
    return smaller and higher and NUMBER.fullmatch(piece.text.strip()) is not None


def _is_parted(before: TextRun, piece: TextRun, *, as_words: bool) -> bool:
    if before.text[-1:].isspace() or piece.text[:1].isspace():
        return False
    gap = piece.x - before.end
    if gap > _WORD_GAP * min(before.space, piece.space):
        return True
    words = len(before.text) > 1 and len(piece.text) > 1
    return piece.placed and (as_words or (words and -gap > _OVERLAP * piece.size))


def _line(row: Row, *, cells: bool) -> LineFields:
    text = row[0].text
    for before, part in pairwise(row):
        wide = cells or part.x - before.end > _WIDE_GAP * part.size
        text += ("\t" if wide else " ") + part.text
    main = max(row, key=lambda part: len(part.text))
    return round(row[0].x, 1), round(main.y, 1), round(main.size, 1), text


def _ordered(rows: list[Row], depth: int = 0) -> list[Row]:
    """Put columns that are written row by row one below the other; rows of tables stay."""
    starts = Counter(round(part.x) for row in rows for part in row)
    often = sorted(
        (start for start, times in starts.items() if times >= _COLUMN_MIN_ROWS),
        key=lambda start: -starts[start],
    )
    for start in often[:_MAX_GUTTERS] if depth < _MAX_DEPTH else ():
        first, last = _longest_run(rows, start)
        left, right = halves(rows[first:last], start)
        if min(len(left), len(right)) >= _COLUMN_MIN_ROWS and is_prose(left) and is_prose(right):
            parts = rows[:first], left, right, rows[last:]
            return [row for part in parts for row in _ordered(part, depth + 1)]
    return rows


def _longest_run(rows: Sequence[Row], start: float) -> tuple[int, int]:
    """Return the most rows one below the other of which none reaches over the gutter."""
    longest = first = 0
    found = 0, 0
    for n, row in enumerate(rows):
        crosses = any(p.x < start - 1 and p.end > start - _GUTTER * p.size / 2 for p in row)
        step = row[0].y - rows[n - 1][0].y if n else 0.0
        if crosses or not 0 < step < MAX_STEP * row[0].size:
            first = n + 1 if crosses else n
        if n + 1 - first > longest:
            longest, found = n + 1 - first, (first, n + 1)
    return found
