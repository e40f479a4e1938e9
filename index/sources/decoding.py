"""Bytes to text, and text to what may be stored."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from contextlib import suppress

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
    *("cp1251", "cp1253", "cp1255", "cp1256", "cp866", "cp874", "iso8859-5", "iso8859-7"),
    *("koi8-r", "koi8-u", "cp932", "euc_jp", "iso2022_jp", "gb18030", "big5", "cp949"),
]
"""What is not in Latin letters, which charset-normalizer tells; for Latin see _ALPHABETS."""

_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "tis-620": "cp874",
}
"""https://encoding.spec.whatwg.org/#names-and-labels, by Python's names."""

_CHARSETS = {
    codecs.lookup(name).name
    for name in (
        *(*_GUESSABLE, "utf-8", "mac-roman", "mac-cyrillic"),
        *(f"cp{number}" for number in (1250, 1252, 1254, 1257, 1258)),
        *(f"iso8859-{part}" for part in (2, 3, 4, 6, 8, 10, 13, 14, 15, 16)),
    )
}
"""Python has codecs that are no charsets (unicode_escape, punycode); no page may ask for them."""

_BINARY_SAMPLE_BYTES = 65_536

_BINARY_SHARE = 0.01
"""More control bytes than this are never text in a one-byte encoding."""

_CONTROL_BYTES = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b")) + b"\x7f"

_CENTRAL = (
    ("pl", "ąćęłńóśźż"),
    ("cs", "áčďéěíňóřšťúůýž"),
    ("sk", "áäčďéíĺľňóôŕšťúýž"),
    ("hu", "áéíóöőúüű"),
    ("ro", "ăâîşţ"),
    ("hr", "čćđšž"),
)

_ALPHABETS = (
    ("cp1252", "en", "áàâäãåæçéèêëíìîïñóòôöõøœúùûüßªº"),
    ("cp1252", "fr", "àâæçéèêëîïôœùûüÿ"),
    ("cp1252", "de", "äöüßé"),
    ("cp1252", "es", "áéíóúñüªº"),
    ("cp1252", "pt", "àáâãçéêíóôõúü"),
    ("cp1252", "it", "àèéìîòóù"),
    ("cp1252", "sv", "åäöæøéü"),
    ("cp1252", "is", "áðéíóúýþæö"),
    ("cp1252", "nl", "éëïöüóáèêíúâôû"),
    ("cp1252", "et", "äõöüšž"),
    ("cp1254", "tr", "çğıöşüâîûİ"),
    *(("cp1250", language, letters) for language, letters in _CENTRAL),
    *(("iso8859-2", language, letters) for language, letters in _CENTRAL),
    ("cp1257", "lt", "ąčęėįšųūž"),
    ("cp1257", "lv", "āčēģīķļņšūž"),
    ("cp1257", "et", "äõöüšž"),
    ("mac-roman", "en", "áàâäãåæçéèêëíìîïñóòôöõøœúùûüßªº"),
    ("cp850", "en", "áàâäãåæçéèêëíìîïñóòôöõøúùûüßªº"),
)
"""One-byte encodings of Latin letters, with the letters outside ASCII of languages written in them.
charset-normalizer takes most of these for Baltic."""

_MIN_FIT = 0.9
"""The share of letters that belong to the language; the rest are in names from elsewhere."""

_MIN_MARKS = 0.02
"""The share of blanks and punctuation; text in the wrong byte order has none."""

_MIN_TELLING = 3
"""Letters that any but western text must have: one odd byte tells no encoding."""

_CAPITAL_WITHIN = re.compile(r"(?<=[^\W\d_A-ZÀ-ÖØ-Þ])[^\W\d_]")
_PUNCTUATION = frozenset("‘’‚“”„«»‹›–—…•·°§€£¥©®™¿¡´×、。「」『』！？（），：；【】《》～・ー")

_MAX_ACCENTED_SHARE = 0.3
"""Of a western text's characters; French has about 0.05, Cyrillic read as western nearly 1."""

_MAX_STRANGE_SHARE = 0.05
"""Symbols among the characters outside ASCII; wrongly decoded text and noise have far more."""

_MIN_GUESSED = 16
"""Characters outside ASCII; with fewer, noise passes for text."""

_MAX_BAD_SHARE = 0.02
"""Of the characters of UTF-8; text in another encoding has more, and noise far more."""

_SURELY_UTF_8 = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2[\x80-\xbf]{2}")
"""No language has what these would be in Latin letters: "Ã©", "â€™"."""

_SURE = 8
"""So many bad bytes may there be for each of these."""

_MARK = "\N{REPLACEMENT CHARACTER}"

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

    A bad or cut byte in UTF-8 becomes U+FFFD. Raises EmptySource, TooLargeSource or
    UndecodableSource.
    """
    check_size(name, len(data))
    if not data.strip():
        raise EmptySource(name, strings.EMPTY)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(name, data, encoding)
    if wide := _wide(data):
        return _marked(name, data, wide)
    if _is_binary(data):
        raise UndecodableSource(name, strings.BINARY)
    named = _known(declared or "")
    if data.isascii():
        # Nothing else that is allowed is written in ASCII bytes alone.
        return data.decode("iso2022_jp" if b"\x1b$" in data else "utf-8", "replace")
    text = data.decode("utf-8", "replace")
    bad = text.count(_MARK) - data.count(_MARK.encode())
    good = sum(not c.isascii() for c in text) - bad
    # In another encoding next to no characters are UTF-8 by chance.
    if bad <= max(good, _SURE * len(_SURELY_UTF_8.findall(data))) or _is_cut(data):
        return text
    with suppress(UnicodeDecodeError):
        if named and not _is_wrong(named, data):
            return data.decode(named)
    guess = _latin(data) or _hebrew(data) or _guess(data)
    if guess is None and bad > _MAX_BAD_SHARE * len(text):
        raise UndecodableSource(name, strings.UNKNOWN_ENCODING)
    return guess or text


def check_size(name: str, size_bytes: int) -> None:
    """Raise TooLargeSource above MAX_BYTES."""
    if size_bytes > MAX_BYTES:
        raise TooLargeSource(name, strings.too_large(size_bytes, MAX_BYTES))


def _known(label: str) -> str | None:
    try:
        encoding = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    encoding = _AS_BROWSERS_READ.get(encoding, encoding)
    return encoding if encoding in _CHARSETS else None


def _marked(name: str, data: bytes, encoding: str) -> str:
    """Decode what says its encoding; a bad or cut byte becomes U+FFFD."""
    text = data.decode(encoding, "replace")
    bad = text.count(_MARK)
    if bad > max(1, _MAX_BAD_SHARE * len(text)) or bad == len(text) > 0:
        raise UndecodableSource(name, strings.wrong_mark(encoding))
    return text


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a byte order mark: half of its bytes are those of ASCII, mostly."""
    sample = data[: _BINARY_SAMPLE_BYTES // 2 * 2]
    for encoding, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        zeros = sample[high::2].count(0)
        if zeros > len(sample) / 4 and not sample[low::2].count(0):
            return encoding
    return _wide_of_another_script(sample) if _is_binary(data) else None


def _wide_of_another_script(sample: bytes) -> str | None:
    """Tell UTF-16 without a byte order mark and with hardly any ASCII by its letters and blanks."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        letters = sum(c.isalpha() for c in text)
        marks = sum(c in _PUNCTUATION or c in " \n\r.,:;-" for c in text)
        scripts = Counter(_script(c) for c in text if c.isalpha())
        most = max(scripts.values(), default=0)
        if (
            marks >= _MIN_MARKS * len(text)
            and letters + marks >= _MIN_FIT * len(text) <= most + marks
        ):
            return encoding
    return None


def _script(letter: str) -> str:
    """Return what tells a script; Japanese mixes three."""
    script = unicodedata.name(letter, "").partition(" ")[0]
    return "CJK" if script in ("HIRAGANA", "KATAKANA", "HANGUL") else script


def _is_cut(data: bytes) -> bool:
    """Tell ASCII that ends within a character of UTF-8; one byte alone may be a letter."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut = data[error.start :]
        ends = error.reason == "unexpected end of data"
        return ends and (len(cut) > 1 or cut in (b"\xc2", b"\xc3"))
    return False


def _is_binary(data: bytes) -> bool:
    sample = data[:_BINARY_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROL_BYTES))
    return b"\0" in data or controls > _BINARY_SHARE * len(sample)


def _is_wrong(named: str, data: bytes) -> bool:
    """Tell that a declared encoding of Latin letters has letters of no language, another has."""
    alphabets = [letters for encoding, _, letters in _ALPHABETS if encoding == named]
    text = data.decode(named)
    if not alphabets or any(_fit(text, letters, 1) >= _MIN_FIT for letters in alphabets):
        return False
    return (_latin(data) or _hebrew(data) or _guess(data)) is not None


def _hebrew(data: bytes) -> str | None:
    """Decode text in Hebrew, which would be Cyrillic in capitals in another encoding."""
    try:
        text = data.decode("cp1255")
    except UnicodeDecodeError:
        return None
    odd = [c for c in text if not (c.isascii() or c in _PUNCTUATION or c.isspace())]
    letters = sum("\u05d0" <= c <= "\u05ea" for c in odd)
    return text if len(odd) >= _MIN_GUESSED and letters >= _MIN_FIT * len(odd) else None


def _latin(data: bytes) -> str | None:
    """Decode text in Latin letters by the letters that languages have."""
    found: dict[str, tuple[float, str]] = {}
    for encoding, language, alphabet in _ALPHABETS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        fit = _fit(text, alphabet, 1 if encoding == "cp1252" else _MIN_TELLING)
        if fit >= _MIN_FIT and fit > found.get(language, (0.0, ""))[0]:
            found[language] = fit, text
    best = max((fit for fit, _ in found.values()), default=0.0)
    fitting = {language: text for language, (fit, text) in found.items() if fit == best}
    if len(set(fitting.values())) > 1:
        return max(fitting.items(), key=lambda item: _likelihood(*item))[1]
    return next(iter(fitting.values()), None)


def _likelihood(language: str, text: str) -> float:
    """Return by how much a text is likelier in a language than in any other (logarithm)."""
    # Imported here: its model takes a second to load and is hardly ever needed.
    import py3langid

    scores: dict[str, float] = dict(py3langid.rank(text))
    own = scores.pop(language)
    return own - max(scores.values())


def _fit(text: str, alphabet: str, least: int) -> float:
    """Return the share of the letters outside ASCII that an alphabet has, if there are enough."""
    odd = [c for c in text if not (c.isascii() or c in _PUNCTUATION or c.isspace())]
    if len(odd) > _MAX_ACCENTED_SHARE * len(text):
        return 0.0
    # A capital within a word is a wrong letter.
    within = sum(match[0].isupper() for match in _CAPITAL_WITHIN.finditer(text))
    fitting = sum(c in alphabet or c.lower() in alphabet for c in odd) - within
    if not odd:
        return 1.0 if least == 1 else 0.0
    return fitting / len(odd) if fitting >= least else 0.0


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=_GUESSABLE).best()
    text = str(best) if best else ""
    unusual = [character for character in text if not character.isascii()]
    known = (c in _PUNCTUATION or unicodedata.category(c)[0] in "LMNZ" for c in unusual)
    strange = len(unusual) - sum(known)
    if len(unusual) < _MIN_GUESSED or strange > _MAX_STRANGE_SHARE * len(unusual):
        return None
    return text
