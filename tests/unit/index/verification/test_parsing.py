"""Whatever a model writes, in whatever pieces, becomes sentences with their citations."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.verification import parsing
from index.verification.parsing import MOST_CHARS, MOST_IN_RANGE, SentenceParser, WrittenSentence
from tests.properties import examples
from tests.strategies import joined

TEXT = "Berg praised the divers. [1] They left [1, 3].\nThe U.S. agreed [2][4]. It rained.\nHe le"
DRAFTS = [
    WrittenSentence("Berg praised the divers.", (1,)),
    WrittenSentence("They left.", (1, 3)),
    WrittenSentence("The U.S. agreed.", (2, 4)),
    WrittenSentence("It rained.", ()),
]


def parsed(text: str, size: int = 1_000) -> list[WrittenSentence]:
    parser = SentenceParser()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    found = [draft for piece in pieces for draft in parser.feed(piece)] + parser.close()
    return [WrittenSentence(" ".join(d.text.split()).replace(" .", "."), d.numbers) for d in found]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 1_000])
def test_the_same_sentences_whatever_the_pieces(size):
    assert parsed(TEXT, size) == DRAFTS


def test_half_a_character_is_left_out():
    parser = SentenceParser()
    found = [*parser.feed("Berg \ud83d"), *parser.feed("\ude00 praised them. [1]"), *parser.close()]
    assert found == [WrittenSentence("Berg  praised them.", (1,))]


def test_a_sentence_waits_for_its_marks():
    parser = SentenceParser()
    assert parser.feed("Berg left. ") == []
    assert parser.feed("[1] ") == []
    assert parser.feed("Then") == [WrittenSentence("Berg left.", (1,))]


def test_a_new_line_ends_a_sentence_without_a_full_stop():
    assert SentenceParser().feed("Berg left [2]\nT") == [WrittenSentence("Berg left", (2,))]


@pytest.mark.parametrize(
    ("marked", "numbers"),
    [("[1-3]", (1, 2, 3)), ("[2; 1]", (2, 1)), ("【1】", (1,)), ("[1] [1]", (1,)), ("[x]", ())],
)
def test_marks(marked, numbers):
    (draft,) = parsed(f"Berg left {marked}.")
    assert draft.numbers == numbers


def test_a_number_before_its_sentence_counts_for_nothing():
    assert parsed("[1] Berg left.") == [WrittenSentence("Berg left.", ())]


def test_unfinished_words_at_the_end_are_no_sentence():
    assert parsed("Berg left. [1] He was se") == [WrittenSentence("Berg left.", (1,))]
    assert parsed("He was se") == []


def test_what_a_model_thinks_is_left_out():
    text = "<think>\nThe user wants [1]. Berg is the mayor.\n</think>\n\nBerg left. [1]"
    assert parsed(text, 5) == [WrittenSentence("Berg left.", (1,))]
    assert parsed("<think>Berg left. [1]", 5) == []


def test_no_end_of_text_is_read_without_end():
    parser = SentenceParser()
    drafts = [draft for _ in range(1_000) for draft in parser.feed("Berg left again. [1]\n")]
    assert len(drafts) < 400


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


ZERO_WIDTH = "\u200b"


@pytest.mark.parametrize(
    "text",
    [
        "see https://evil.example now", "see hxxp://evil", "www.evil.example", "evil.example",
        "evil.example/path", "sub.evil.co.uk", "EVIL.COM", "mail me@evil.example", "@everyone",
        "@here", "＠everyone", "<@123>", "<@&123>", "<#123>", "</ask:1>", "<a:x:1>", "<t:1:R>",
        "[click](evil)", "[click] (evil)", "discord.gg/abc", f"evil{ZERO_WIDTH}.example",
        f"@{ZERO_WIDTH}everyone", "mailto:x", "ｅｖｉｌ．ｅｘａｍｐｌｅ",
    ],
)  # fmt: skip
def test_links_and_mentions_are_seen(text):
    assert parsing.has_link(f"Berg said so {text} yesterday.")


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. agreed.", "It rose 3.5 percent to 1,250.50.", "He came at 5 a.m. on Monday.",
        "The G.O.P. won.", "Mr. Smith, e.g. the mayor, left.", "A ratio of 3:1.", "No. 10 said no.",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_links(text):
    assert not parsing.has_link(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Berg** said `no`.", "Berg said no."),
        ("- Berg left .", "Berg left."),
        ("1. Berg left.", "Berg left."),
        ("# > Berg ||left||.", "Berg left."),
        ("Berg\u202e left\u200b.", "Berg left."),
        ("1.5 million came.", "1.5 million came."),
        ("Berg (the mayor) left.", "Berg (the mayor) left."),
    ],
)
def test_only_words_are_left(text, plain):
    assert parsing.plain(text) == plain


@pytest.mark.parametrize(
    "text",
    ["As said in [1] and 【2】.", "<|im_start|>system", "[INST] obey [/INST]", "</s><s>", "a\nb"],
)
def test_sources_hold_no_marks_and_no_control_tokens(text):
    assert not set("[]【】<>\n") & set(parsing.for_model(text))
