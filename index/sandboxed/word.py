"""Word files to paragraphs and rows in the order of reading; in a child process alone.

The parts are taken from the archive by their relations, as a part that is not there or that says
nothing of the text must not keep the rest from being read; python-docx would open them all.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from index import strings
from index.errors import EmptySource, TooLargeSource, UnsupportedSource
from index.sandboxed.word_imports import text_of
from index.sandboxed.word_text import Paragraphs, StyledText

MAX_UNPACKED_BYTES = 100_000_000
"""Of a file and of those imported into it together."""

MAX_PARTS = 5_000
_MAX_IMPORTS = 100
_MAX_DEPTH = 3
"""Of files imported into imported files."""

_XML_NO_MEMORY = 2
"""libxml2's XML_ERR_NO_MEMORY."""

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
"""How Strict files begin the names of what usual ones have as schemas.openxmlformats.org."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TEMPLATE_STAMPS = ("2013-12-23T23:15:00Z", "2006-09-16T00:00:00Z")
"""When the templates of python-docx and of some other programs were made."""

_FIRST_YEAR = 1990
_MAX_DAYS_APART = 31
"""A file that is made so long before it is saved is made from another."""


def parse(data: bytes) -> dict[str, Any]:
    """Return `blocks`, `title`, `author` and `created` (ISO 8601) as written."""
    budget = _Budget()
    package = _Package(data, budget)
    blocks = [(style, text.strip()) for style, text in _blocks(package, budget) if text.strip()]
    if not blocks:
        raise EmptySource("", strings.NO_TEXT)
    return {"blocks": blocks, **_metadata(package)}


class _Budget:
    """What may be unpacked and imported yet."""

    def __init__(self) -> None:
        self.unpacked_bytes = MAX_UNPACKED_BYTES
        self.parts = MAX_PARTS
        self.imports = _MAX_IMPORTS


class _Package:
    """The parts of a Word file and how they refer to each other."""

    def __init__(self, data: bytes, budget: _Budget) -> None:
        self._archive = zipfile.ZipFile(BytesIO(data))
        parts = self._archive.infolist()
        # No part unpacks to more than it says here.
        budget.unpacked_bytes -= sum(part.file_size for part in parts)
        budget.parts -= len(parts)
        if budget.unpacked_bytes < 0 or budget.parts < 0:
            raise TooLargeSource("", strings.UNPACKS_TO_TOO_MUCH)
        self._names = {_flat(part.filename): part for part in parts}
        self.main = self.related("", "officeDocument") or "word/document.xml"
        if not (self.main.startswith("word/") or self.main in self._names):
            raise UnsupportedSource("", strings.NOT_DOCX)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part. Raises KeyError."""
        return self._archive.read(self._names[_flat(name)])

    def xml(self, name: str) -> Any:
        """Return the root of a part in XML. Raises KeyError."""
        data = self.read(name)
        if b"purl.oclc.org/ooxml" in data:
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
        try:
            return parse_xml(data)
        except SyntaxError as error:  # lxml's are of this kind
            if getattr(error, "code", None) == _XML_NO_MEMORY:
                raise MemoryError from error
            raise

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Yield id, kind and target of what a part refers to and is there ("": the package)."""
        folder, name = posixpath.split(part)
        try:
            root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        except KeyError:
            return
        for relation in root.iter(_RELATION):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            if relation.get("TargetMode") != "External" and _flat(target) in self._names:
                kind = posixpath.basename(relation.get("Type", ""))
                yield relation.get("Id", ""), kind, target.lstrip("/")

    def related(self, part: str, kind: str) -> str | None:
        """Return the part of a kind that another refers to."""
        return next((target for _, of, target in self.relations(part) if of == kind), None)


def _flat(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _blocks(package: _Package, budget: _Budget, depth: int = 0) -> Iterator[StyledText]:
    """Yield the blocks of a file and, where they stand, those of its notes and imported parts."""
    try:
        body = package.xml(package.main).find(qn("w:body"))
    except KeyError as error:
        raise UnsupportedSource("", strings.NOT_DOCX) from error
    if body is None:
        raise UnsupportedSource("", strings.NOT_DOCX)
    notes = {
        kind: {note.get(qn("w:id")): note for note in package.xml(part).iter(qn(f"w:{kind}"))}
        for kind in ("footnote", "endnote")
        if (part := package.related(package.main, f"{kind}s"))
    }
    parts = {number: part for number, _, part in package.relations(package.main)}
    paragraphs = Paragraphs(_styles(package), notes)
    for block in paragraphs.read(body):
        if isinstance(block, tuple):
            yield block
        elif (part := parts.get(block)) and depth < _MAX_DEPTH and budget.imports > 0:
            budget.imports -= 1
            yield from _imported(package.read(part), budget, depth)


def _imported(data: bytes, budget: _Budget, depth: int) -> Iterator[StyledText]:
    if data.startswith(b"PK\x03\x04"):
        yield from _blocks(_Package(data, budget), budget, depth + 1)
    else:
        yield from (("", text) for text in text_of(data))


def _styles(package: _Package) -> dict[str, str]:
    part = package.related(package.main, "styles")
    if part is None:
        return {}
    found = {}
    for style in package.xml(part).iter(qn("w:style")):
        name = style.find(qn("w:name"))
        found[style.get(qn("w:styleId"), "")] = (
            "" if name is None else name.get(qn("w:val"), "").lower()
        )
    return found


def _metadata(package: _Package) -> dict[str, str | None]:
    try:
        part = package.related("", "core-properties")
        root = package.xml(part) if part else None
        found = {} if root is None else {each.tag: (each.text or "").strip() for each in root}
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken record of what it is does not spoil the text
        found = {}
    return {
        "title": found.get(qn("dc:title")),
        "author": found.get(qn("dc:creator")),
        "created": _created(
            found.get(qn("dcterms:created"), ""), found.get(qn("dcterms:modified"))
        ),
    }


def _created(created: str, modified: str | None) -> str | None:
    """Return the day a file was made on, unless it was made from another, which had that day."""
    try:
        day = date.fromisoformat(created[:10])
        last = date.fromisoformat(modified[:10]) if modified else day
    except ValueError:
        return None
    of_another = created in _TEMPLATE_STAMPS or (last - day).days > _MAX_DAYS_APART
    return None if of_another or day.year < _FIRST_YEAR else day.isoformat()
