"""Names as articles write them: words with a capital inside a sentence."""

from __future__ import annotations

import re

from index.model import Passage
from index.segment import ends_sentence

MIN_LETTERS = 4
"""Shorter words are too like one another to be told apart when misspelt."""

_NAME = re.compile(
    # Behind a word or a closing mark, so never the first of a sentence or of a quote.
    rf"""(?:(?<=[\w,;.)&%"”’']\s)|(?<=\w-))[^\W\d_]{{{MIN_LETTERS},30}}(?!\w)"""
)


def names_in(text: str, passage: Passage) -> list[str]:
    """The names in a passage of `text`, each once; none from headings, where any word has one."""
    sentences = (span.of(text) for span in passage.sentences)
    found = (
        match[0]
        for sentence in sentences
        if ends_sentence(sentence)
        for match in _NAME.finditer(sentence)
        if match[0][0].isupper()
    )
    return list(dict.fromkeys(found))
