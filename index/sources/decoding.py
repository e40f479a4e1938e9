"""Bytes to text, and text to what may be stored."""

from __future__ import annotations

import codecs
import re

from index import strings
from index.errors import EmptySource, TooLargeSource, UndecodableSource
from index.text.normalise import plain

MAX_BYTES = 5_000_000

_BOMS = (
    # UTF-32's little-endian mark starts with UTF-16's, so it is looked for first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_GUESSABLE = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859-2", "iso8859-5", "iso8859-7", "koi8-r", "koi8-u", "mac-roman"),
    *("cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949"),
]

_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""https://encoding.spec.whatwg.org/#names-and-labels, by Python's names."""

_CHARSETS = {codecs.lookup(name).name for name in _GUESSABLE} | {"utf-8", "iso8859-15"}
"""Python has codecs that are no charsets (unicode_escape, punycode); no page may ask for them."""

_BINARY_SAMPLE_BYTES = 65_536

_BINARY_SHARE = 0.01
"""More control bytes than this are never text in a one-byte encoding."""

_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"
_WESTERN = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜªº")
_PUNCTUATION = frozenset("‘’‚“”„«»‹›–—…•·°§€£¥©®™¿¡´×、。「」『』！？（），：；【】《》～・ー")

_MAX_ACCENTED_SHARE = 0.3
"""Of a western text's characters; French has about 0.05, Cyrillic read as western nearly 1."""

_MAX_STRANGE_SHARE = 0.05
"""Symbols among the characters outside ASCII; wrongly decoded text and noise have far more."""

_MIN_GUESSED = 16
"""Characters outside ASCII; with fewer, noise passes for text."""

_LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")

_UNSTORABLE = re.compile(
    # Control characters, lone surrogates, what is no character.
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


def clean(text: str) -> str:
    r"""Return the text plain, with `\n` as the only line end and without control characters."""
    return plain(_UNSTORABLE.sub("", _LINE_END.sub("\n", text)))


def decode(name: str, data: bytes, *, declared: str | None = None) -> str:
    """Decode by byte order mark, UTF-8, the declared charset, else by a guess that must be sure.

    Raises EmptySource, TooLargeSource or UndecodableSource.
    """
    check_size(name, len(data))
    if not data.strip():
        raise EmptySource(name, strings.EMPTY)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(name, data, encoding)
    if _is_binary(data):
        raise UndecodableSource(name, strings.BINARY)
    for encoding in _candidates(data, declared):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return _guess(name, data)


def check_size(name: str, size_bytes: int) -> None:
    """Raise TooLargeSource above MAX_BYTES."""
    if size_bytes > MAX_BYTES:
        raise TooLargeSource(name, strings.too_large(size_bytes, MAX_BYTES))


def _candidates(data: bytes, declared: str | None) -> list[str]:
    """Order UTF-8 and the declared charset: no other text of some length is UTF-8 by chance."""
    named = [encoding] if declared and (encoding := _known(declared)) else []
    if data.isascii():
        return [*named, *(["iso2022_jp"] if b"\x1b$" in data else []), "utf-8"]
    return ["utf-8", *named]


def _known(label: str) -> str | None:
    try:
        encoding = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    encoding = _AS_BROWSERS_READ.get(encoding, encoding)
    return encoding if encoding in _CHARSETS else None


def _strict(name: str, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableSource(name, strings.wrong_mark(encoding)) from error


def _is_binary(data: bytes) -> bool:
    sample = data[:_BINARY_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return b"\0" in data or controls > _BINARY_SHARE * len(sample)


def _guess(name: str, data: bytes) -> str:
    western = _western(data)
    if western is not None:
        return western
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_GUESSABLE).best()
    text = str(best) if best else ""
    unusual = [character for character in text if not character.isascii()]
    strange = sum(not (c.isalnum() or c in _PUNCTUATION or c.isspace()) for c in unusual)
    if len(unusual) < _MIN_GUESSED or strange > _MAX_STRANGE_SHARE * len(unusual):
        raise UndecodableSource(name, strings.UNKNOWN_ENCODING)
    return text


def _western(data: bytes) -> str | None:
    """Decode western European text, which charset-normalizer often takes for Baltic."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    accented = [c for c in text if not (c.isascii() or c in _PUNCTUATION or c.isspace())]
    if len(accented) > _MAX_ACCENTED_SHARE * len(text) or not _WESTERN.issuperset(accented):
        return None
    return text
