"""Word files (.docx): paragraphs, lists and tables in the order of reading."""

from __future__ import annotations

from collections.abc import Sequence

from index import strings
from index.errors import UndecodableSource, UnsupportedSource
from index.sources import sandbox
from index.sources.decoding import check_size, clean
from index.sources.document import ParsedSource
from index.sources.office import OPENING_BLOCKS, describe, printed

_ZIP = b"PK\x03\x04"
_MAIN_PART = b"word/document.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RTF = b"{\\rtf"
_HEADLINE_STYLES = ("title", "heading 1")


def looks_like_docx(data: bytes) -> bool:
    """Tell a Word file by what it is packed of; other office files and archives are not."""
    return data.startswith(_ZIP) and _MAIN_PART in data


def parse(name: str, data: bytes) -> ParsedSource:
    """Read the text of a Word file and what it says of itself. Raises SourceError."""
    check_size(name, len(data))
    _check_kind(name, data)
    found = sandbox.run(name, "index.sandboxed.word", data)
    blocks = [(style, _lines(text)) for style, text in found["blocks"]]
    text = "\n\n".join(text for _, text in blocks if text)
    file = ParsedSource(text, found["title"], author=found["author"], made=found["created"])
    opening = blocks[:OPENING_BLOCKS]
    return describe(file, [text for _, text in opening], _headline(opening))


def _check_kind(name: str, data: bytes) -> None:
    if data.startswith(_ZIP):
        return
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise UnsupportedSource(name, strings.ENCRYPTED)
    if data.startswith(_OLE):
        raise UnsupportedSource(name, strings.OLD_WORD)
    if data.startswith(_RTF):
        raise UnsupportedSource(name, strings.RTF)
    raise UndecodableSource(name, strings.NOT_WORD)


def _lines(text: str) -> str:
    return "\n".join(filter(None, map(printed, clean(text).split("\n"))))


def _headline(opening: Sequence[tuple[str, str]]) -> str | None:
    found = (text for wanted in _HEADLINE_STYLES for style, text in opening if style == wanted)
    return next(filter(None, found), None)
