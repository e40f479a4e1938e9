"""Small PDF and Word files, written by hand so that tests say what is in them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Sequence
from io import BytesIO

Placed = tuple[float, float, float, str]
"""From the left, from the bottom, font size, text."""

BODY_SIZE = 11.0
LEADING = 14.0
LEFT = 72.0


def column(lines: Iterable[str], top: float = 700, x: float = LEFT) -> list[Placed]:
    """Lines of the body, one below the other; a line that starts with a blank is indented."""
    return [
        (x + (15 if line.startswith(" ") else 0), top - LEADING * n, BODY_SIZE, line.strip())
        for n, line in enumerate(lines)
    ]


def show(lines: Iterable[Placed]) -> bytes:
    """The content of a page."""
    return b"\n".join(
        b"BT /F1 %g Tf %g %g Td (%s) Tj ET"
        % (size, x, y, text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\("))
        for x, y, size, text in lines
    )


def pdf(pages: Sequence[Sequence[Placed]], info: dict[str, str] | None = None) -> bytes:
    """A PDF of these lines."""
    return pdf_of([stream(show(page)) for page in pages], info)


def pdf_of(contents: Sequence[bytes], info: dict[str, str] | None = None) -> bytes:
    """A PDF whose pages have these content streams."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * n) for n in range(len(contents)))
    said = b" ".join(b"/%s (%s)" % (k.encode(), v.encode()) for k, v in (info or {}).items())
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(contents)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< %s >>" % said,
    ]
    for n, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (6 + 2 * n)
        )
        objects.append(content)
    return bound(objects)


def bound(objects: Sequence[bytes]) -> bytes:
    """A PDF file of numbered objects; the first is the catalogue, the fourth the metadata."""
    out = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(objects) + 1
    return bytes(out) + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (count, table, count, len(out))
    )


def stream(data: bytes, packed: int = 0) -> bytes:
    """A stream object, packed so many times."""
    for _ in range(packed):
        data = zlib.compress(data)
    filters = b"/FlateDecode " * packed
    return b"<< /Length %d /Filter [%s] >> stream\n%s\nendstream" % (len(data), filters, data)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)


def word(body: str, *, before: str = "", **parts: bytes) -> bytes:
    """A Word file with this XML as its body and nothing else."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr(
            "word/document.xml",
            f"<?xml version='1.0'?>{before}<w:document {W}><w:body>{body}</w:body></w:document>",
        )
        for name, data in parts.items():
            archive.writestr(f"word/{name}", data)
    return packed.getvalue()


def p(text: str, properties: str = "") -> str:
    """The XML of a paragraph."""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
