"""PDF files to lines of text and where they stand, with pypdf; in a child process alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pypdf._codecs.core_font_metrics  # as of here, what pypdf imports while it parses
import pypdf.filters
import pypdf.xmp  # noqa: F401
from pypdf import PageObject, PasswordType, PdfReader, mult, overwrite_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from index import strings
from index.errors import EmptySource, SourceError, TooLargeSource, UnsupportedSource

MAX_PAGES = 2_000

MAX_CHARS = 8_000_000
"""200,000 words are allowed; none counts for more than 40 characters."""

_STREAM_MAX_BYTES = 30_000_000
"""Of one stream, decompressed; a page's text has some thousand."""

_SLANT_TOLERANCE = 0.05
_SLANTED = -1

Line = tuple[float, float, float, str]
"""From the left, from the top, font size (points; zero is anywhere), text."""


def parse(data: bytes) -> dict[str, Any]:
    """Return `pages` (lists of lines), `title`, `author` and `created` as written."""
    overwrite_configuration(
        zlib_maximum_output_length=_STREAM_MAX_BYTES,
        lzw_maximum_output_length=_STREAM_MAX_BYTES,
        run_length_maximum_output_length=_STREAM_MAX_BYTES,
        array_based_stream_maximum_output_length=_STREAM_MAX_BYTES,
        stream_decoding_work_maximum_length=2 * _STREAM_MAX_BYTES,
        jbig2dec_binary=None,
    )
    try:
        reader = _open(data)
        return {"pages": list(_pages(reader)), **_metadata(reader)}
    except (DependencyError, FileNotDecryptedError) as error:
        raise UnsupportedSource("", strings.ENCRYPTED) from error
    except LimitReachedError as error:
        raise TooLargeSource("", strings.UNPACKS_TO_TOO_MUCH) from error


def _open(data: bytes) -> PdfReader:
    reader = PdfReader(BytesIO(data))
    # Most encrypted files have no password to read them, only one to change them.
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise FileNotDecryptedError
    return reader


def _pages(reader: PdfReader) -> Iterator[list[Line]]:
    chars = 0
    if len(reader.pages) > MAX_PAGES:
        raise TooLargeSource("", strings.too_many_pages(MAX_PAGES))
    for number, page in enumerate(reader.pages, 1):
        try:
            lines = _lines(page)
        except (LimitReachedError, MemoryError, DependencyError, FileNotDecryptedError):
            raise
        except Exception as error:
            raise SourceError("", strings.broken_page(number)) from error
        chars += sum(len(line[-1]) for line in lines)
        if chars > MAX_CHARS:
            raise TooLargeSource("", strings.TOO_MUCH_TEXT)
        yield lines
    if not chars:
        raise EmptySource(
            "",
            strings.ONLY_PICTURES,
        )


def _lines(page: PageObject) -> list[Line]:
    """Return a page's lines in the order they were written, which is the order of reading.

    Text in another direction than most of the page's is a stamp or a watermark and left out.
    """
    found: list[tuple[int, Line]] = []
    pieces: list[tuple[int, Line]] = []

    def end_line() -> None:
        text = "".join(line[-1] for _, line in pieces)
        if shown := [piece for piece in pieces if piece[1][-1].strip()]:
            turn, (x, y, _, _) = shown[0]
            size = max(shown, key=lambda piece: len(piece[1][-1]))[1][2]
            found.append((turn, (x, y, size, text)))
        pieces.clear()

    def see(text: str, cm: list[float], tm: list[float], _font: Any, size: float) -> None:
        if text.strip("\n"):
            pieces.append(_placed(text.replace("\n", " "), mult(tm, cm), size))
        if text.endswith("\n"):
            end_line()

    page.extract_text(visitor_text=see)
    end_line()
    chars = dict.fromkeys((turn for turn, _ in found), 0)
    for turn, line in found:
        chars[turn] += len(line[-1])
    upright = max(chars, key=lambda turn: chars[turn], default=0)
    return [line for turn, line in found if turn == upright]


def _placed(text: str, matrix: list[float], size: float) -> tuple[int, Line]:
    """Return the direction of a text (in quarter turns, or _SLANTED) and its place as read."""
    a, b, c, d, x, y = (value if math.isfinite(value) else 0.0 for value in matrix)
    height = size * math.hypot(c, d)
    height = round(height, 1) if math.isfinite(height) else 0.0
    if min(abs(a), abs(b)) > _SLANT_TOLERANCE * max(abs(a), abs(b)):
        return _SLANTED, (x, -y, height, text)
    if abs(a) >= abs(b):
        turn, across, down = (0, x, -y) if a >= 0 else (2, -x, y)
    else:
        turn, across, down = (1, y, x) if b > 0 else (3, -y, -x)
    return turn, (round(across, 1), round(down, 1), height, text)


def _metadata(reader: PdfReader) -> dict[str, str | None]:
    keys = {"title": "/Title", "author": "/Author", "created": "/CreationDate"}
    try:
        info: Mapping[str, Any] = reader.metadata or {}
        found = {name: info.get(key) for name, key in keys.items()}
    except (MemoryError, LimitReachedError):
        raise
    except Exception:  # noqa: BLE001 - a broken record of what it is does not spoil the text
        return dict.fromkeys(keys)
    return {name: value if isinstance(value, str) else None for name, value in found.items()}
