"""PDF files: the running text of their pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.errors import UndecodableSource
from index.sources import sandbox
from index.sources.decoding import check_size, clean
from index.sources.document import Found
from index.sources.office_metadata import OPENING_BLOCKS, Metadata, describe
from index.sources.pdf_layout import Block, Line, blocks, printed

_HEAD_BYTES = 1024
"""Where readers look for the mark of a PDF."""

_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)")

_HEADLINE_SIZE = 1.15
"""Against the text's size."""

_MAX_UNKNOWN_SHARE = 0.1

_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
"""What stands for letters that a font does not name."""


def looks_like_pdf(data: bytes) -> bool:
    """Tell a PDF by its mark."""
    return b"%PDF-" in data[:_HEAD_BYTES]


def parse(name: str, data: bytes) -> Found:
    """Read the pages of a PDF and what it says of itself. Raises SourceError."""
    check_size(name, len(data))
    if not looks_like_pdf(data):
        raise UndecodableSource(name, "it is not a PDF, whatever its name says")
    found = sandbox.run(name, "index.sandboxed.pdf", data)
    pages = [[_line(*line) for line in page] for page in found["pages"]]
    body = blocks([[line for line in page if line.text] for page in pages])
    text = "\n\n".join(block.text for block in body)
    if len(_UNKNOWN.findall(text)) > _MAX_UNKNOWN_SHARE * len(text):
        raise UndecodableSource(
            name,
            "its fonts do not say which letters they show; run text recognition (OCR) over it and"
            " try again",
        )
    date = _DATE.match(found["created"] or "")
    created = "-".join(date.groups()) if date else None
    return describe(
        text,
        [block.text for block in body[:OPENING_BLOCKS]],
        Metadata(found["title"], found["author"], created),
        _headline(body),
    )


def _line(x: float, y: float, size: float, text: str) -> Line:
    return Line(x, y, size, printed(clean(text)))


def _headline(body: Sequence[Block]) -> str | None:
    """Return the largest print of the first page, if it is larger than the text."""
    sizes: Counter[float] = Counter()
    for block in body:
        sizes[block.size] += len(block.text)
    opening = [block for block in body if block.page == body[0].page]
    largest = max(opening, key=lambda block: block.size, default=None)
    if largest is None or largest.size <= _HEADLINE_SIZE * sizes.most_common(1)[0][0]:
        return None
    return largest.text
