"""Word files to paragraphs and rows in the order of reading; in a child process alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from index import strings
from index.errors import EmptySource, TooLargeSource, UnsupportedSource

MAX_UNPACKED_BYTES = 100_000_000
MAX_PARTS = 5_000

_XML_NO_MEMORY = 2
"""libxml2's XML_ERR_NO_MEMORY."""

_CELL_MAX_CHARS = 200
"""A row with a longer cell, or with paragraphs in one, lays out prose and is no row of a table."""

_OPENED = frozenset(
    map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo"))
)

_INLINE = _OPENED | {
    *map(qn, ("w:hyperlink", "w:fldSimple", "w:dir", "w:bdo")),
}
"""Around text that is shown; what else there is (deleted text, comments, codes) is not."""

_SIGNS = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

Block = tuple[str, str]
"""The name of the style in lower case ("heading 1"), and the text."""


def parse(data: bytes) -> dict[str, Any]:
    """Return `blocks`, `title`, `author` and `created` (ISO 8601) as written."""
    document = _open(data)
    try:
        part: Any = document.part.part_related_by(RELATIONSHIP_TYPE.STYLES)
    except KeyError:  # where `document.styles` would open a file of docx
        styles = {}
    else:
        styles = {style.style_id: (style.name or "").lower() for style in part.styles}
    blocks = [
        (styles.get(style, ""), text.strip())
        for style, text in _blocks(document.element.body)
        if text.strip()
    ]
    if not blocks:
        raise EmptySource("", strings.NO_TEXT)
    return {"blocks": blocks, **_metadata(document)}


def _open(data: bytes) -> WordDocument:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise PackageNotFoundError from error
    # No part unpacks to more than it says here.
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
        raise TooLargeSource("", strings.UNPACKS_TO_TOO_MUCH)
    if not any(part.filename.startswith("word/") for part in parts):
        raise UnsupportedSource("", strings.NOT_DOCX)
    try:
        return Document(BytesIO(data))
    except SyntaxError as error:  # lxml's are of this kind
        if getattr(error, "code", None) == _XML_NO_MEMORY:
            raise MemoryError from error
        raise


def _blocks(parent: Any) -> Iterator[Block]:
    """Yield paragraphs, their text boxes after them, and rows of tables, styles by their ids."""
    for element in parent.iterchildren():
        if element.tag == qn("w:p"):
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            name = "" if style is None else style.get(qn("w:val"), "")
            yield name, "".join(_inline(element))
            for box in _boxes(element):
                yield from _blocks(box)
        elif element.tag == qn("w:tbl"):
            for row in _within(element, qn("w:tr")):
                yield from _row(row)
        elif element.tag in _OPENED:
            yield from _blocks(element)


def _row(row: Any) -> Iterator[Block]:
    cells = [
        [(style, text.strip()) for style, text in _blocks(cell) if text.strip()]
        for cell in _within(row, qn("w:tc"))
    ]
    if any(len(cell) > 1 or len(text) > _CELL_MAX_CHARS for cell in cells for _, text in cell):
        for cell in cells:
            yield from cell
    else:
        yield "", " | ".join(" ".join(text.split()) for cell in cells for _, text in cell)


def _within(parent: Any, tag: str) -> Iterator[Any]:
    for element in parent.iterchildren():
        if element.tag == tag:
            yield element
        elif element.tag in _OPENED:
            yield from _within(element, tag)


def _inline(parent: Any) -> Iterator[str]:
    for element in parent.iterchildren():
        if element.tag == qn("w:r"):
            if not _is_hidden(element):
                yield from _run(element)
        elif element.tag in _INLINE:
            yield from _inline(element)


def _run(run: Any) -> Iterator[str]:
    for element in run.iterchildren():
        if element.tag == qn("w:t"):
            yield element.text or ""
        else:
            yield _SIGNS.get(element.tag, "")


def _is_hidden(run: Any) -> bool:
    hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return hidden is not None and hidden.get(qn("w:val")) not in ("0", "false", "off")


def _boxes(parent: Any) -> Iterator[Any]:
    """Yield the text boxes of a paragraph; each is there a second time for old programs."""
    for element in parent.iterchildren():
        if element.tag == qn("w:txbxContent"):
            yield element
        elif element.tag != _FALLBACK:
            yield from _boxes(element)


def _metadata(document: WordDocument) -> dict[str, str | None]:
    try:
        found = document.core_properties
        created = found.created.date().isoformat() if found.created else None
        return {"title": found.title, "author": found.author, "created": created}
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken record of what it is does not spoil the text
        return dict.fromkeys(("title", "author", "created"))
