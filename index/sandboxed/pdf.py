"""PDF files to lines of text and where they stand, with pypdf; in a child process alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pypdf._codecs.core_font_metrics  # as of here, what pypdf imports while it parses
import pypdf.filters
import pypdf.xmp  # noqa: F401
from pypdf import PasswordType, PdfReader, overwrite_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError

from index import strings
from index.errors import EmptySource, SourceError, TooLargeSource, UnsupportedSource
from index.sandboxed.pdf_lines import LineFields, lines
from index.sandboxed.pdf_text import Fonts, pieces

MAX_PAGES = 2_000

MAX_CHARS = 8_000_000
"""200,000 words are allowed; none counts for more than 40 characters."""

_STREAM_MAX_BYTES = 30_000_000
"""Of one stream, decompressed; a page's text has some thousand."""


def parse(data: bytes) -> dict[str, Any]:
    """Return `pages` (lists of lines), `title`, `author`, `created` and `modified` as written."""
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


def _pages(reader: PdfReader) -> Iterator[list[LineFields]]:
    chars = 0
    fonts = Fonts()
    if len(reader.pages) > MAX_PAGES:
        raise TooLargeSource("", strings.too_many_pages(MAX_PAGES))
    for number, page in enumerate(reader.pages, 1):
        try:
            found = lines(pieces(page, fonts))
        except (LimitReachedError, MemoryError, DependencyError, FileNotDecryptedError):
            raise
        except Exception as error:
            raise SourceError("", strings.broken_page(number)) from error
        chars += sum(len(line[-1]) for line in found)
        if chars > MAX_CHARS:
            raise TooLargeSource("", strings.TOO_MUCH_TEXT)
        yield found
    if not chars:
        raise EmptySource("", strings.ONLY_PICTURES)


def _metadata(reader: PdfReader) -> dict[str, str | None]:
    keys = {
        "title": "/Title",
        "author": "/Author",
        "created": "/CreationDate",
        "modified": "/ModDate",
    }
    try:
        info: Mapping[str, Any] = reader.metadata or {}
        found = {name: info.get(key) for name, key in keys.items()}
    except (MemoryError, LimitReachedError):
        raise
    except Exception:  # noqa: BLE001 - a broken record of what it is does not spoil the text
        return dict.fromkeys(keys)
    return {name: value if isinstance(value, str) else None for name, value in found.items()}
