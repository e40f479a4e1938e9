"""The text of web pages and plain text imported into Word files; in a child process alone."""

from __future__ import annotations

import email.message
import email.parser
import re
from html.parser import HTMLParser

from index import strings
from index.errors import UnsupportedSource

_HEAD_BYTES = 2_000
_MIME = re.compile(rb"\A\s*(?:[\w-]+:[^\n]*\n)*?(?:MIME-Version|Content-Type):", re.I)
_TAG = re.compile(rb"\A\W*<(?:!doctype|\?xml|[a-z][\w:]*[\s>/])", re.I)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)
_RTF = b"{\\rtf"

_UNSEEN = frozenset(("script", "style", "title", "template"))
_BREAKS = frozenset(
    "address article aside blockquote body br caption center dd div dl dt figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table tr ul".split()
)


def text_of(data: bytes) -> list[str]:
    """Return the paragraphs of an imported part: a web page, also one in an archive, or text.

    Raises UnsupportedSource.
    """
    if data.startswith(_RTF):
        raise UnsupportedSource("", strings.IMPORTS_RTF)
    if _MIME.match(data[:_HEAD_BYTES]):
        message = email.parser.BytesParser().parsebytes(data)
        parts = (part for part in message.walk() if part.get_content_type() == "text/html")
        found = next(parts, None)
        return [] if found is None else _page(*_content(found))
    if _TAG.match(data[:_HEAD_BYTES]):
        return _page(data, None)
    return [" ".join(text.split()) for text in re.split(r"\n\s*\n", _decoded(data, None))]


def _content(part: email.message.Message) -> tuple[bytes, str | None]:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b"", part.get_content_charset()


def _decoded(data: bytes, charset: str | None) -> str:
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", charset):
        try:
            return data.decode(encoding or "cp1252")
        except (LookupError, UnicodeError):
            continue
    return data.decode("cp1252", "replace")


def _page(data: bytes, charset: str | None) -> list[str]:
    named = _CHARSET.search(data[:_HEAD_BYTES])
    reader = _Text()
    reader.feed(_decoded(data, charset or (named[1].decode("ascii") if named else None)))
    reader.close()
    return reader.paragraphs()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[str] = [""]
        self._unseen = 0

    def paragraphs(self) -> list[str]:
        """Return what was between the breaks."""
        texts = (" ".join(found.split()).strip(" |") for found in self._found)
        return [f"| {text} |" if " | " in text else text for text in texts if text]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a paragraph, or what is not shown."""
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self._found.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a paragraph, a cell or what is not shown."""
        if tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        if tag in _BREAKS:
            self._found.append("")
        elif tag in ("td", "th"):
            self._found[-1] += " | "

    def handle_data(self, data: str) -> None:
        """Take what is shown."""
        if not self._unseen:
            self._found[-1] += data
