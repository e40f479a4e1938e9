"""The language of a text."""

from __future__ import annotations

import re

from index.segment import count_words

DEFAULT_LANGUAGE = "en"

_MIN_WORDS = 20
"""Below this a guess is wrong too often to be of use."""

_SAMPLE_CHARS = 20_000
_CODE = re.compile(r"([a-z]{2})(?:[-_].*)?", re.IGNORECASE | re.DOTALL)


def language_of(text: str, given: str | None = None) -> str:
    """Return the ISO 639-1 code: as given (`en`, `en-GB`), else told from the text."""
    if given and (match := _CODE.fullmatch(given.strip())):
        return match[1].lower()
    sample = text[:_SAMPLE_CHARS]
    if count_words(sample) < _MIN_WORDS:
        return DEFAULT_LANGUAGE
    # Imported here: its model takes a second to load and most tools never need it.
    import py3langid

    # It knows some languages that have codes of three letters alone.
    codes: list[str] = [code for code, _ in py3langid.rank(sample)]
    return next(code for code in codes if _CODE.fullmatch(code))
