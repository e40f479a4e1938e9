"""Bytes, files and pasted text to documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from index.errors import UnsupportedSource
from index.model import Document
from index.sources import docx, files, html, markdown, pdf, plain
from index.sources.decoding import check_size
from index.sources.document import NOTHING_GIVEN, Found, Given, to_document

__all__ = ["Given", "find", "read", "read_path", "read_text"]


_Parser = Callable[[str, bytes], Found]

_PARSERS: Mapping[str, _Parser] = {
    ".txt": plain.parse,
    ".text": plain.parse,
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".html": html.parse,
    ".htm": html.parse,
    ".pdf": pdf.parse,
    ".docx": docx.parse,
}

_TOLD_BY_CONTENT: Sequence[tuple[Callable[[bytes], bool], _Parser]] = (
    (pdf.looks_like_pdf, pdf.parse),
    (docx.looks_like_docx, docx.parse),
    (html.looks_like_html, html.parse),
)


def read(name: str, data: bytes, given: Given = NOTHING_GIVEN) -> Document:
    """Read a file's bytes by the suffix of its name. Raises SourceError."""
    return to_document(name, _parser(name, data)(name, data), given)


def read_text(name: str, text: str, given: Given = NOTHING_GIVEN) -> Document:
    """Read pasted text; `name` is what errors call it. Raises SourceError."""
    check_size(name, len(text.encode("utf-8", "surrogatepass")))
    return to_document(name, Found(text), given)


def read_path(path: Path, given: Given = NOTHING_GIVEN) -> Document:
    """Read a file; its origin is its absolute path. Raises SourceError."""
    data = files.read_bytes(path)
    return read(str(path), data, replace(given, origin=str(path.resolve())))


def find(paths: Iterable[Path]) -> list[Path]:
    """Return the files as given and the readable kinds inside folders, sorted, hidden ones not."""
    return files.walk(paths, _PARSERS)


def _parser(name: str, data: bytes) -> _Parser:
    suffix = PurePath(name).suffix.lower()
    if not suffix:
        told = (parser for is_kind, parser in _TOLD_BY_CONTENT if is_kind(data))
        return next(told, plain.parse)
    try:
        return _PARSERS[suffix]
    except KeyError:
        kinds = ", ".join(_PARSERS)
        raise UnsupportedSource(name, f"{suffix} files are not read, only {kinds}") from None
