"""The paragraphs and rows of a part of a Word file; in a child process alone."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import Any

from docx.oxml.ns import qn

from index.sandboxed.raised import BEFORE_CHARS, NUMBER, raised
from index.sandboxed.word_signs import Equation, letters, symbol

_CELL_MAX_CHARS = 200
"""A row with a longer cell lays out prose and is no row of a table."""

_MAX_SPAN = 20

_END = "||"
"""Tells index.sources.tables that the rows which follow are of another table."""

_ENDS = tuple(".,;:!?–-")

_OPENED = frozenset(
    map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo"))
)

_INLINE = _OPENED | {
    *map(qn, ("w:hyperlink", "w:fldSimple", "w:dir", "w:bdo")),
}
"""Around text that is shown; what else there is (deleted text, comments, codes) is not."""

_NOT_READ = tuple(map(qn, ("w:vanish", "w:strike", "w:dstrike")))
"""Hidden, or struck out and so no longer true."""

_GONE = frozenset(map(qn, ("w:del", "w:moveFrom")))
_LETTERS = frozenset(map(qn, ("w:t", "m:t")))
_EQUATIONS = frozenset(map(qn, ("m:oMath", "m:oMathPara")))
_SIGNS = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_NOTES = {qn(f"w:{kind}Reference"): kind for kind in ("footnote", "endnote")}

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE = f"{_COMPATIBILITY}AlternateContent"
_VERSIONS = (f"{_COMPATIBILITY}Choice", f"{_COMPATIBILITY}Fallback")
_EMOJI = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"

StyledText = tuple[str, str]
"""The name of the style in lower case ("heading 1"), and the text."""


class Paragraphs:
    """Reads elements of the body, and the notes that they refer to.

    `styles` are their names by their ids, `notes` the elements of notes by kind and id.
    """

    def __init__(self, styles: Mapping[str, str], notes: Mapping[str, Mapping[str, Any]]) -> None:
        self._styles = styles
        self._notes = {kind: dict(elements) for kind, elements in notes.items()}
        self._waiting: list[Any] = []
        self._joined = ""

    def read(self, parent: Any) -> Iterator[StyledText | str]:
        """Yield blocks, each with its text boxes and notes after it.

        Where another file is imported, yield the id of the relation to it.
        """
        below_table = False
        for element in parent.iterchildren():
            is_table = element.tag == qn("w:tbl")
            if is_table and below_table:
                yield "", _END
            for block in self._element(element):
                below_table = below_table and not "".join(block).strip()
                yield block
            below_table = below_table or is_table
            while self._waiting:
                yield from self._inside(self._waiting.pop(0))
        if self._joined:
            yield "", self._joined
            self._joined = ""

    def _inside(self, parent: Any) -> Iterator[StyledText | str]:
        for element in parent.iterchildren():
            yield from self._element(element)

    def _element(self, element: Any) -> Iterator[StyledText | str]:
        if element.tag == qn("w:p"):
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = "" if style is None else style.get(qn("w:val"), "")
            text = self._joined + _line(self._inline(element))
            self._joined = text if _goes_on(element) else ""
            if not self._joined:
                yield self._styles.get(name, ""), text
            for box in _boxes(element):
                yield from self._inside(box)
        elif element.tag == qn("w:tbl"):
            rows = list(_within(element, qn("w:tr")))
            above: list[str] = []
            for row in rows:
                first = not above
                above = yield from self._row(row, above, alone=len(rows) == 1)
                if first and above and row is not rows[-1] and _is_head(row):
                    yield "", f"|{'---|' * len(above)}"
        elif element.tag == qn("w:altChunk"):
            yield element.get(qn("r:id"), "")
        elif element.tag in _OPENED and not _is_prompt(element):
            yield from self.read(element)
        elif element.tag == _ALTERNATE:
            yield from self._inside(_version(element))

    def _row(
        self, row: Any, above: list[str], *, alone: bool
    ) -> Generator[StyledText | str, None, list[str]]:
        """Yield a row; return its cells, with those that go on from the row above.

        One that is `alone` lays out what has paragraphs in it.
        """
        cells: list[list[StyledText]] = []
        spread: list[str] = []
        imports: list[str] = []
        for cell in _within(row, qn("w:tc")):
            inside = list(self._inside(cell))
            imports += (found for found in inside if isinstance(found, str))
            blocks = [found for found in inside if not isinstance(found, str)]
            cells.append([(style, text.strip()) for style, text in blocks if text.strip()])
            goes_on, width = _spans(cell)
            text = _joined([" ".join(each.split()) for _, each in cells[-1]])
            if goes_on and not text and len(spread) < len(above):
                text = above[len(spread)]
            spread += [text] * width
        has_blocks = any(len(cell) > 1 for cell in cells)
        has_rows = any(text.startswith("| ") for cell in cells for _, text in cell)
        if (has_blocks and (alone or has_rows)) or max(
            map(len, spread), default=0
        ) > _CELL_MAX_CHARS:
            spread = []
            for cell in cells:
                yield from cell
        elif not above and len(set(spread)) == 1:
            if spread[0]:
                yield "", spread[0]  # the table's title, or all of it
            spread = []
        elif any(spread):
            yield "", f"| {' | '.join(_in_cell(text) for text in spread)} |"
        yield from imports
        return spread

    def _inline(self, parent: Any) -> Iterator[str]:
        for element in parent.iterchildren():
            if element.tag == qn("w:r"):
                yield self._run(element)
            elif element.tag in _INLINE and not _is_prompt(element):
                yield from self._inline(element)
            elif element.tag in _EQUATIONS:
                yield Equation(self._run).read(element)
            elif element.tag == _ALTERNATE:
                yield from self._inline(_version(element))

    def _run(self, run: Any) -> str:
        properties = run.find(qn("w:rPr"))
        gone = (properties.find(tag) for tag in _NOT_READ) if properties is not None else ()
        if any(e is not None and e.get(qn("w:val")) not in ("0", "false", "off") for e in gone):
            return ""
        fonts = None if properties is None else properties.find(qn("w:rFonts"))
        font = None if fonts is None else fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))
        shown = "".join(self._signs(run, font))
        place = None if properties is None else properties.find(qn("w:vertAlign"))
        is_raised = place is not None and place.get(qn("w:val")) == "superscript"
        return _Raised(shown) if is_raised and NUMBER.fullmatch(shown) else shown

    def _signs(self, run: Any, font: str | None) -> Iterator[str]:
        for element in run.iterchildren():
            tag = element.tag
            if tag in _LETTERS:
                yield letters(element.text or "", font)
            elif tag == qn("w:sym"):
                yield symbol(element.get(qn("w:char")), element.get(qn("w:font")))
            elif tag == f"{_EMOJI}symEx":
                yield symbol(element.get(f"{_EMOJI}char"), element.get(f"{_EMOJI}font"))
            elif tag in _NOTES:
                # Once each, so that a file cannot grow.
                note = self._notes.get(_NOTES[tag], {}).pop(element.get(qn("w:id"), ""), None)
                if note is not None:
                    self._waiting.append(note)
            elif tag == qn("w:ruby"):
                for base in element.iterchildren(qn("w:rubyBase")):
                    yield from self._inline(base)
            elif tag == _ALTERNATE:
                yield from self._signs(_version(element), font)
            else:
                yield _SIGNS.get(tag, "")


class _Raised(str):
    """A number that is set above the line."""

    __slots__ = ()


def _line(shown: Iterable[str]) -> str:
    """Join what the runs of a paragraph show."""
    found: list[str] = []
    before = ""
    for text in shown:
        found.append(raised(text, before) if isinstance(text, _Raised) else text)
        before = (before + found[-1])[-BEFORE_CHARS:]
    return "".join(found)


def _goes_on(paragraph: Any) -> bool:
    """Tell whether the end of a paragraph is deleted, so that the next goes on in its line."""
    mark = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return mark is not None and any(each.tag in _GONE for each in mark)


def _is_prompt(element: Any) -> bool:
    """Tell a field of a form that nobody has filled in."""
    return element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None


def _joined(blocks: Sequence[str]) -> str:
    """Return the paragraphs of a cell in one line."""
    ends = (text if text.endswith(_ENDS) else f"{text}," for text in blocks[:-1])
    return " ".join([*ends, *blocks[-1:]])


def _in_cell(text: str) -> str:
    """Return text for a cell of a row, which index.sources.tables reads between pipes."""
    is_row = text.startswith("| ")  # of a table within the table
    text = text.strip("| ").replace(" | ", ", ") if is_row else text
    return text.replace("|", r"\|")


def _spans(cell: Any) -> tuple[bool, int]:
    """Tell whether a cell goes on from the row above, and how many columns it spans."""
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        return False, 1
    merged, grid = properties.find(qn("w:vMerge")), properties.find(qn("w:gridSpan"))
    goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
    width = "1" if grid is None else grid.get(qn("w:val"), "1")
    return goes_on, min(int(width), _MAX_SPAN) if width.isdecimal() and int(width) else 1


def _is_head(row: Any) -> bool:
    """Tell a row of heads: it is marked as one that returns on each page, or all in bold."""
    properties = row.find(qn("w:trPr"))
    if properties is not None and properties.find(qn("w:tblHeader")) is not None:
        return True
    runs = [run for run in row.iter(qn("w:r")) if run.find(qn("w:t")) is not None]
    return bool(runs) and all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs)


def _within(parent: Any, tag: str) -> Iterator[Any]:
    for element in parent.iterchildren():
        if element.tag == tag:
            yield element
        elif element.tag in _OPENED:
            yield from _within(element, tag)


def _version(alternate: Any) -> Any:
    """Return the first version of what is there once more for old programs."""
    versions = (alternate.find(tag) for tag in _VERSIONS)
    return next((each for each in versions if each is not None and len(each)), alternate)


def _boxes(parent: Any) -> Iterator[Any]:
    """Yield the text boxes of a paragraph, of the first version that has some."""
    for element in parent.iterchildren():
        if element.tag == qn("w:txbxContent"):
            yield element
        elif element.tag == _ALTERNATE:
            versions = (
                list(_boxes(each)) for tag in _VERSIONS for each in element.iterchildren(tag)
            )
            yield from next(filter(None, versions), [])
        elif element.tag not in _GONE:
            yield from _boxes(element)
