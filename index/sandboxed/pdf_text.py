"""The pieces of text that a PDF page shows, and where; in a child process alone.

pypdf's own extraction does not follow the pen along a line and ignores where forms are put, so
the text operators are followed here (ISO 32000-2, 9.3 and 9.4); fonts are read by pypdf.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject, mult
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    StreamObject,
)
from pypdf.generic._font import Font

MAX_FORMS = 5_000
"""Shown on one page, those within others among them; what is beyond is left out, as in pypdf."""

_IDENTITY = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
_SLANT_TOLERANCE = 0.05
_SLANTED = -1

_SPACE_WIDTHS = 0.2, 0.6
"""Of a blank, in font sizes; fonts that state less or more state it wrongly."""

_SHOWN = re.compile(r"\S(?:\s{0,2}\S)*\s?|\s")
"""What stands together in a string; more blanks are there to reach another column."""

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(slots=True)
class TextRun:
    """A text in one font, from its start to its end in the direction of writing (points).

    `turn` is the direction in quarter turns, or _SLANTED; `y` counts downwards; `space` is the
    width of a blank; `placed` says that the pen was moved there and did not go on from a text.
    """

    turn: int
    x: float
    end: float
    y: float
    size: float
    text: str
    space: float
    placed: bool


_Glyph = tuple[str, float, bool]
"""The letters it shows, its width (thousandths), and whether it is a blank of one byte."""


class Face:
    """A font, with the glyphs of it that have been read."""

    def __init__(self, font: Font) -> None:
        self.space_width = font.space_width
        self._font = font
        self._known: dict[str, _Glyph] = {}

    def glyphs(self, data: bytes) -> list[_Glyph]:
        """Return the glyphs that a string shows."""
        known = self._known
        return [known.get(code) or self._glyph(code) for code in self._codes(data)]

    def _codes(self, data: bytes) -> str:
        encoding = self._font.encoding
        if not isinstance(encoding, str):
            return data.decode("latin-1")
        try:
            return data.decode(encoding, "surrogatepass")
        except UnicodeDecodeError:
            return data.decode(encoding, "replace")

    def _glyph(self, code: str) -> _Glyph:
        font, widths = self._font, self._font.character_widths
        simple = not isinstance(font.encoding, str)
        name = code if isinstance(font.encoding, str) else font.encoding.get(ord(code), code)
        letters = "".join(str(font.character_map.get(each, each)) for each in name)
        width = (
            font.space_width
            if code == font.space_char
            else widths.get(code, widths.get("default", 500))
        )
        is_number = isinstance(width, (int, float)) and math.isfinite(width)
        self._known[code] = letters, width if is_number else 0.0, simple and code == " "
        return self._known[code]


_UNKNOWN = Face(Font("unknown", dict.fromkeys(range(256), "\ufffd")))


@dataclass(slots=True)
class _State:
    ctm: list[float]
    font: Face = _UNKNOWN
    size: float = 12.0
    char_spacing: float = 0.0
    word_spacing: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0


class Fonts:
    """Reads each font of a file once."""

    def __init__(self) -> None:
        self._read: dict[int, Face] = {}

    def named(self, name: object, resources: DictionaryObject) -> Face:
        """Return a font of a page by its name; letters of one that is not there are unknown."""
        fonts = _resolved(resources.get("/Font"))
        if not isinstance(fonts, DictionaryObject) or name not in fonts:
            return _UNKNOWN
        raw = fonts.raw_get(name)
        number = raw.idnum if isinstance(raw, IndirectObject) else None
        if number is not None and number in self._read:
            return self._read[number]
        try:
            font = Face(Font.from_font_resource(raw.get_object()))
        except (AttributeError, TypeError):
            font = _UNKNOWN
        if number is not None:
            self._read[number] = font
        return font


def pieces(page: PageObject, fonts: Fonts) -> list[TextRun]:
    """Return what a page shows in the order in which it is written."""
    reader = _Reader(page.pdf, fonts)
    reader.read(page.get("/Contents"), _dictionary(page.get("/Resources")), _State(_IDENTITY))
    return reader.found


class _Reader:
    """Follows the operators of a page and of the forms on it."""

    def __init__(self, pdf: Any, fonts: Fonts) -> None:
        self.found: list[TextRun] = []
        self._pdf = pdf
        self._fonts = fonts
        self._forms = 0
        self._open_forms: set[int] = set()
        self._state = _State(_IDENTITY)
        self._line = self._pen = _IDENTITY
        self._placed = True
        self._resources = DictionaryObject()

    def read(self, content: Any, resources: DictionaryObject, state: _State) -> None:
        """Follow a content, which leaves the state as it was before."""
        if not isinstance(_resolved(content), (StreamObject, ArrayObject)):
            return
        before = self._state, self._line, self._pen, self._resources
        self._state, self._resources = state, resources
        saved: list[_State] = []
        for operands, operator in ContentStream(content, self._pdf, "bytes").operations:
            if operator == b"q":
                saved.append(replace(self._state))
            elif operator == b"Q" and saved:
                self._state = saved.pop()
                self._placed = True
            elif operator == b"Do" and operands:
                self._show_form(operands[0])
            elif operator in _OPERATORS:
                _OPERATORS[operator](self, operands)
        self._state, self._line, self._pen, self._resources = before
        self._placed = True

    def _show_form(self, name: object) -> None:
        form = _dictionary(_dictionary(self._resources.get("/XObject")).get(name))
        if form.get("/Subtype") != "/Form" or id(form) in self._open_forms:
            return
        self._forms += 1
        if self._forms > MAX_FORMS:
            return
        matrix = _numbers(_resolved(form.get("/Matrix")) or [], 6) or _IDENTITY
        resources = _dictionary(form.get("/Resources")) or self._resources
        self._open_forms.add(id(form))
        self.read(form, resources, replace(self._state, ctm=mult(matrix, self._state.ctm)))
        self._open_forms.discard(id(form))

    def transform(self, operands: Sequence[Any]) -> None:
        """Change where all that follows is put."""
        if matrix := _numbers(operands, 6):
            self._state.ctm = mult(matrix, self._state.ctm)
            self._placed = True

    def begin(self, _operands: Sequence[Any]) -> None:
        """Put the pen back to the origin."""
        self._move_to(_IDENTITY)

    def set_matrix(self, operands: Sequence[Any]) -> None:
        """Put the pen where a matrix says."""
        self._move_to(_numbers(operands, 6) or _IDENTITY)

    def move(self, operands: Sequence[Any]) -> None:
        """Move to another line by its distance from the start of this one."""
        if by := _numbers(operands, 2):
            self._move_to(mult([1.0, 0.0, 0.0, 1.0, *by], self._line))

    def move_with_leading(self, operands: Sequence[Any]) -> None:
        """Move to another line, and keep the distance for those that follow."""
        if by := _numbers(operands, 2):
            self._state.leading = -by[1]
        self.move(operands)

    def next_line(self, _operands: Sequence[Any]) -> None:
        """Move to the next line."""
        self.move([0.0, -self._state.leading])

    def set_font(self, operands: Sequence[Any]) -> None:
        """Take another font, or another size."""
        if operands:
            self._state.font = self._fonts.named(operands[0], self._resources)
            self._state.size = (_numbers(operands[1:], 1) or [self._state.size])[0]

    def show(self, operands: Sequence[Any]) -> None:
        """Show a string."""
        if operands and isinstance(operands[0], bytes):
            self._show(operands[0])

    def show_with_gaps(self, operands: Sequence[Any]) -> None:
        """Show strings with the gaps between them."""
        for item in operands[0] if operands and isinstance(operands[0], ArrayObject) else ():
            if isinstance(item, bytes):
                self._show(item)
            elif gap := _numbers([item], 1):
                self._advance(-gap[0] / 1000 * self._state.size * self._state.stretch)

    def show_on_next_line(self, operands: Sequence[Any]) -> None:
        """Move to the next line and show a string."""
        self.next_line(())
        self.show(operands)

    def show_spaced(self, operands: Sequence[Any]) -> None:
        """Set the spacing of words and of characters and show a string on the next line."""
        if spacing := _numbers(operands, 2):
            self._state.word_spacing, self._state.char_spacing = spacing
        self.show_on_next_line(operands[2:])

    def set_number(self, field: str, operands: Sequence[Any]) -> None:
        """Set one of the numbers of the state."""
        if number := _numbers(operands, 1):
            setattr(self._state, field, number[0] / 100 if field == "stretch" else number[0])

    def _move_to(self, matrix: list[float]) -> None:
        self._line = self._pen = matrix
        self._placed = True

    def _advance(self, by: float) -> None:
        self._pen = mult([1.0, 0.0, 0.0, 1.0, by, 0.0], self._pen)

    def _show(self, data: bytes) -> None:
        state = self._state
        glyphs = state.font.glyphs(data)
        text = "".join(glyph for glyph, _, _ in glyphs)
        widths = [
            (width / 1000 * state.size + state.char_spacing + is_blank * state.word_spacing)
            * state.stretch
            for _, width, is_blank in glyphs
        ]
        if "   " not in text:
            self._add(logical([glyph for glyph, _, _ in glyphs]), sum(widths))
            return
        marks = "".join(" " if glyph.isspace() else "x" for glyph, _, _ in glyphs)
        for match in _SHOWN.finditer(marks):
            start, end = match.span()
            self._add([glyph for glyph, _, _ in glyphs[start:end]], sum(widths[start:end]))
            self._placed = True

    def _add(self, glyphs: Sequence[str], advance: float) -> None:
        text = "".join(glyphs).translate(_BLANKS)
        if text:
            matrix = mult(
                mult([1.0, 0.0, 0.0, 1.0, 0.0, self._state.rise], self._pen), self._state.ctm
            )
            self.found.append(_piece(text, matrix, advance, self._state, placed=self._placed))
            self._placed = False
        self._advance(advance)


_BLANKS = str.maketrans("\n\r\t", "   ")

_OPERATORS: Mapping[bytes, Callable[[_Reader, Sequence[Any]], None]] = {
    b"cm": _Reader.transform,
    b"BT": _Reader.begin,
    b"Tm": _Reader.set_matrix,
    b"Td": _Reader.move,
    b"TD": _Reader.move_with_leading,
    b"T*": _Reader.next_line,
    b"Tf": _Reader.set_font,
    b"Tj": _Reader.show,
    b"TJ": _Reader.show_with_gaps,
    b"'": _Reader.show_on_next_line,
    b'"': _Reader.show_spaced,
    b"Tc": lambda reader, operands: reader.set_number("char_spacing", operands),
    b"Tw": lambda reader, operands: reader.set_number("word_spacing", operands),
    b"Tz": lambda reader, operands: reader.set_number("stretch", operands),
    b"TL": lambda reader, operands: reader.set_number("leading", operands),
    b"Ts": lambda reader, operands: reader.set_number("rise", operands),
}


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _dictionary(value: Any) -> DictionaryObject:
    value = _resolved(value)
    return value if isinstance(value, DictionaryObject) else DictionaryObject()


def _numbers(operands: Sequence[Any], count: int) -> list[float] | None:
    """Return the first operands, or None where they are no finite numbers."""
    found = [_resolved(each) for each in operands[:count]]
    if len(found) < count or not all(isinstance(each, (int, float)) for each in found):
        return None
    numbers = list(map(float, found))
    return numbers if all(map(math.isfinite, numbers)) else None


def logical(units: Sequence[str]) -> Sequence[str]:
    """Order glyphs or words, given from left to right, as they are read."""
    if not _RIGHT_TO_LEFT.search("".join(units)):
        return units
    leftward = {unit for unit in units if _RIGHT_TO_LEFT.search(unit)}
    rightward = {unit for unit in units if unit not in leftward and any(map(str.isalnum, unit))}
    letters = sum(any(map(str.isalpha, unit)) for unit in units if unit in rightward)
    if sum(unit in leftward for unit in units) >= letters:
        return _turned(units[::-1], rightward, leftward)
    return _turned(units, leftward, rightward)


def _turned(units: Sequence[str], against: set[str], along: set[str]) -> list[str]:
    """Turn the runs of what is written against the direction of the line."""
    found: list[str] = []
    run: list[str] = []
    for n, unit in enumerate([*units, ""]):
        if unit in along or n == len(units):
            at = [n for n, each in enumerate(run) if each in against]
            start, end = (at[0], at[-1] + 1) if at else (0, 0)
            found += [*run[:start], *run[start:end][::-1], *run[end:], unit]
            run = []
        else:
            run.append(unit)
    return found


def _piece(
    text: str, matrix: Sequence[float], advance: float, state: _State, *, placed: bool
) -> TextRun:
    a, b, c, d, x, y = (value if math.isfinite(value) else 0.0 for value in matrix)
    size = _finite(state.size * math.hypot(c, d))
    length = _finite(advance * math.hypot(a, b))
    least, most = _SPACE_WIDTHS
    space = size * min(max(state.font.space_width / 1000, least), most)
    if min(abs(a), abs(b)) > _SLANT_TOLERANCE * max(abs(a), abs(b)):
        turn, across, down = _SLANTED, x, -y
    elif abs(a) >= abs(b):
        turn, across, down = (0, x, -y) if a >= 0 else (2, -x, y)
    else:
        turn, across, down = (1, y, x) if b > 0 else (3, -y, -x)
    return TextRun(turn, across, across + length, down, size, text, space, placed)


def _finite(value: float) -> float:
    return abs(value) if math.isfinite(value) else 0.0
