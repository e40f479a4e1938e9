"""Whatever a model writes, in whatever pieces, its sentences are its own words."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from index.verification.parsing import MOST_CHARS, MOST_IN_RANGE, SentenceParser
from tests.properties import examples
from tests.strategies import joined

WRITTEN = [
    "He left. ", "She stayed! [1]", "[2, 3] ", "[1-3]", "[1-999]", "【4】", "[", "]", "[1",
    "<think>", "</think>", "<thinking>", "\n", "- ", "1. ", "U.S. ", "“No.” ", "…",
    "[a]", "[0]", "**",
]  # fmt: skip


@examples(100)
@given(joined(WRITTEN), st.data())
def test_sentences_are_words_of_the_text_in_order(text: str, data: st.DataObject):
    parser, rest, found = SentenceParser(), text, []
    while rest:
        length = data.draw(st.integers(1, len(rest)))
        found += parser.feed(rest[:length])
        rest = rest[length:]
    found += parser.close()
    text, at = re.sub("[\ud800-\udfff]", "", text), 0
    for draft in found:
        assert draft.text == draft.text.strip() != ""
        for word in draft.text.split():
            # A mark in the middle of a word is a blank in its place.
            at = text.index(word, at) + len(word)
        assert all(0 <= number <= 999 + MOST_IN_RANGE for number in draft.numbers)
    assert sum(len(draft.text) for draft in found) <= MOST_CHARS + len("<thinking>")
    assert parser.close() == []
