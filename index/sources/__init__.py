"""Files, folders, bytes and pasted text to documents."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath

from index import strings
from index.errors import SourceError, UnsupportedSource
from index.model import Document
from index.sources import docx, html, mail, markdown, pdf
from index.sources.decoding import MAX_BYTES, check_size, decode
from index.sources.document import NOTHING_GIVEN, Given, ParsedSource, to_document

__all__ = ["Given", "find", "read", "read_path", "read_text"]


_Parser = Callable[[str, bytes], ParsedSource]


def _plain(name: str, data: bytes) -> ParsedSource:
    """Read a text file; it says nothing of itself but as a mail."""
    return mail.parse(decode(name, data))


_PARSERS: Mapping[str, _Parser] = {
    ".txt": _plain,
    ".text": _plain,
    ".md": markdown.parse,
    ".markdown": markdown.parse,
    ".html": html.parse,
    ".htm": html.parse,
    ".pdf": pdf.parse,
    ".docx": docx.parse,
}

_REMEDIES = {
    ".doc": strings.OLD_WORD,
    ".dot": strings.OLD_WORD,
    ".rtf": strings.RTF,
    ".odt": strings.OPEN_DOCUMENT,
    ".eml": strings.MAIL,
    ".msg": strings.MAIL,
    ".mht": strings.WEB_ARCHIVE,
    ".mhtml": strings.WEB_ARCHIVE,
}

_LOCK = "~$"
"""How the files begin that Word keeps beside open documents, which they name after them."""

_MARK_BYTES = 64

_HEAD_BYTES = 1024

_NOT_READ: Sequence[tuple[re.Pattern[bytes], str]] = (
    (re.compile(rb"\s*\{\\rtf\d"), strings.RTF),
    (
        re.compile(
            rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/related", re.I
        ),
        strings.WEB_ARCHIVE,
    ),
    (
        re.compile(
            rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
            rb"Content-Transfer-Encoding:\s*(?:quoted-printable|base64)",
            re.I,
        ),
        strings.MAIL,
    ),
    (re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF)[\s>]"), strings.FEED),
)
"""What is told by how it starts, whatever its name, and is no article."""


def _is_pdf(data: bytes) -> bool:
    """Tell a PDF, also below the headers it was sent with."""
    starts = data[:_MARK_BYTES].lstrip(b"\xef\xbb\xbf\r\n ").startswith(b"%PDF-")
    return starts or (pdf.looks_like_pdf(data) and b"%%EOF" in data[-_HEAD_BYTES:])


_BY_CONTENT: Sequence[tuple[Callable[[bytes], bool], _Parser]] = (
    (_is_pdf, pdf.parse),
    (docx.looks_like_docx, docx.parse),
    (html.looks_like_html, html.parse),
)

_MARKDOWN = frozenset((".md", ".markdown"))
"""These start with any tag at times and are pages only where they say so."""


def read(name: str, data: bytes, given: Given = NOTHING_GIVEN) -> Document:
    """Read a file by what its bytes are, else by the suffix of its name. Raises SourceError."""
    return to_document(name, _parser(name, data)(name, data), given)


def read_text(name: str, text: str, given: Given = NOTHING_GIVEN) -> Document:
    """Read pasted text; `name` is what errors call it. Raises SourceError."""
    check_size(name, len(text.encode("utf-8", "surrogatepass")))
    return to_document(name, mail.parse(text), given)


def read_path(path: Path, given: Given = NOTHING_GIVEN) -> Document:
    """Read a file; its origin is its absolute path. Raises SourceError."""
    data = _read_bytes(path)
    return read(str(path), data, replace(given, origin=str(path.resolve())))


def find(paths: Iterable[Path]) -> list[Path]:
    """Return the files as given and, of folders, the readable kinds in them, sorted; each once.

    Hidden files and folders are skipped, and so are Word's lock files unless nothing else is given;
    links to folders inside a folder are not followed.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_inside(path) if path.is_dir() else [path]))
    return [path for path in found if not path.name.startswith(_LOCK)] or list(found)


def _parser(name: str, data: bytes) -> _Parser:
    if PurePath(name).name.startswith(_LOCK):
        raise UnsupportedSource(name, strings.LOCK_FILE)
    suffix = PurePath(name).suffix.lower()
    for start, reason in _NOT_READ:
        if start.match(data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf")):
            raise UnsupportedSource(name, reason)
    for is_kind, parser in _BY_CONTENT:
        if is_kind(data):
            return parser
    if suffix not in _MARKDOWN and html.starts_with_tag(data):
        return html.parse
    if suffix in (".html", ".htm") and b"<" not in data:
        return _plain
    try:
        return _PARSERS[suffix] if suffix else _plain
    except KeyError:
        reason = _REMEDIES.get(suffix) or strings.unread_kind(suffix, ", ".join(_PARSERS))
        raise UnsupportedSource(name, reason) from None


def _read_bytes(path: Path) -> bytes:
    """Return a file's bytes, checked for size before it is read. Raises SourceError."""
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SourceError(name, strings.IS_FOLDER)
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(name, strings.NOT_REGULAR)
        check_size(name, status.st_size)
        with path.open("rb") as file:
            # The file may have grown since.
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise SourceError(name, _reason(error)) from error
    check_size(name, len(data))
    return data


def _inside(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in _visible(folder)
        if path.suffix.lower() in _PARSERS and not path.name.startswith(_LOCK) and path.is_file()
    )


def _visible(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return strings.NO_FILE
    if isinstance(error, PermissionError):
        return strings.NO_PERMISSION
    if isinstance(error, OSError) and error.strerror:
        return strings.unreadable(error.strerror)
    return strings.UNREADABLE
