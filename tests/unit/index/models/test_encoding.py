import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.models import weights
from index.models.encoding import MAX_QUESTION_TOKENS, MAX_TOKENS, PairEncoder
from tests.properties import examples

UNKNOWN = "[UNK]"
END = 2
"""The token </s>."""
ODD = "aZé\u0301\u0308ßİ字ひ한ع😀👩\u200d🔬🇳🇴\x00\x07\x85\u200b\u202e\ufeff\u2028 \n\t.-'’\"[#1½ﬁ"
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters(codec="utf-8")), max_size=60)
ENCODER = PairEncoder()
WORDS = Tokenizer.from_file(str(weights.TOKENIZER))
WORDS.no_truncation()
WORDS.no_padding()


def alone(text):
    """A text's own tokens, without <s> and </s>."""
    return WORDS.encode(text, add_special_tokens=False)


def second(pair):
    """Where the heading begins: after `<s> question </s></s>`."""
    return pair.ids.index(END) + 2


def encode(question, heading, passage):
    (pair,) = ENCODER.encode([(question, heading, passage)])
    return pair


@examples(60)
@given(texts, texts, texts)
@example("", "", "")
@example("Who?", "", "He left.")
@example("Who?", "Heading", "\u0301 starts with a mark")
@example("Who?", "Heading e", "")
def test_the_passage_has_exactly_its_own_tokens(question, heading, passage):
    pair = encode(question, heading, passage)
    assert pair.ids[1 : second(pair) - 2] == alone(question).ids
    assert pair.ids[second(pair) : pair.first] == alone(heading).ids
    assert pair.ids[pair.first : pair.last] == alone(passage).ids
    assert pair.offsets == alone(passage).offsets
    assert pair.last == len(pair.ids) - 1


@examples(60)
@given(texts, texts)
def test_offsets_give_back_the_passages_words(heading, passage):
    pair = encode("Who?", heading, passage)
    for number, (start, end) in zip(pair.ids[pair.first : pair.last], pair.offsets, strict=True):
        token = WORDS.id_to_token(number)
        assert 0 <= start < end <= len(passage)
        if token != UNKNOWN:
            words = WORDS.normalizer.normalize_str(passage[start:end])
            assert words.strip() == token.removeprefix("##")


def test_a_heading_that_ends_in_the_passages_words_is_not_the_passage():
    passage = "Hegseth left Kyiv."
    pair = encode("Who left?", f"{passage} {passage}", passage)
    assert pair.last - pair.first == len(alone(passage).ids)
    assert pair.offsets[0] == (0, len("He"))  # "He", "##gs", "##eth"
    assert pair.offsets[-1] == (len(passage) - 1, len(passage))


def test_a_long_passage_is_cut_and_the_question_kept():
    question, passage = "Who left Kyiv on Monday morning?", "word " * 2000
    pair = encode(question, "Heading", passage)
    assert len(pair.ids) == MAX_TOKENS
    assert pair.ids[1 : second(pair) - 2] == alone(question).ids
    assert pair.offsets == alone(passage).offsets[: pair.last - pair.first]
    assert pair.ids[pair.last] == END


def test_a_heading_that_fills_the_window_leaves_no_passage():
    pair = encode("Who?", "word " * 2000, "He left.")
    assert (pair.first, pair.last, pair.offsets) == (MAX_TOKENS - 1, MAX_TOKENS - 1, [])


def test_of_a_long_question_the_beginning_is_read():
    for words in ("why", "Hegseth"):  # a token, and three
        question = f"{words} " * 1000
        pair = encode(question, "Heading", "He left Kyiv.")
        assert pair.ids[1 : second(pair) - 2] == alone(question).ids[:MAX_QUESTION_TOKENS]
        assert len(pair.offsets) == len(alone("He left Kyiv.").ids)


@pytest.mark.parametrize("count", [MAX_QUESTION_TOKENS - 1, MAX_QUESTION_TOKENS])
def test_a_question_that_fits_is_read_to_its_end(count):
    question = "why " * (count - 1) + "left"
    pair = encode(question, "Heading", "He left Kyiv.")
    assert pair.ids[1 : second(pair) - 2] == alone(question).ids
    assert len(alone(question).ids) == count


@pytest.mark.parametrize("character", ["é", "😀 ", "字", "?", "한字", "x", "\ud83d", "</s>"])
@pytest.mark.parametrize("count", [95, 100, 200, 400, 4000])
@pytest.mark.parametrize("passage", ["", "He left Kyiv.", "He left Kyiv. " * 200])
def test_a_question_of_any_characters_fits(character, count, passage):
    pair = encode(character * count, "Heading", passage)
    assert len(pair.ids) <= MAX_TOKENS
    assert second(pair) <= MAX_QUESTION_TOKENS + 5  # <s>, </s></s>, a character's last two
    assert bool(pair.offsets) == bool(passage)


def test_half_a_character_is_nothing_and_moves_no_offset():
    whole = encode("Who left?", "On Kyiv", "He left Kyiv.")
    pair = encode("Who \ud83dleft?", "On \udfff Kyiv", "\udc00He left\ud800 Kyiv.")
    assert pair.ids == whole.ids
    assert pair.offsets == [(1, 3), (4, 8), (10, 14), (14, 15)]


@pytest.mark.parametrize("special", ["</s>", "<s>", "<pad>", "<mask>", "<unk>", "[UNK]"])
def test_the_models_own_tokens_cannot_be_written_into_a_text(special):
    number = WORDS.token_to_id(special)
    plain = encode("Who left?", "Heading", "He left Kyiv.")
    pair = encode(f"Who {special} left?", f"Heading {special}", f"He {special} left Kyiv.")
    assert pair.ids.count(number) == plain.ids.count(number)
    pieces = " ".join(re.findall(r"\w+|.", special.lower()))
    assert WORDS.decode(pair.ids[pair.first : pair.last]) == f"he {pieces} left kyiv."


def test_pairs_keep_their_order():
    pairs = ENCODER.encode([("Who?", "", f"{'word ' * n}end") for n in (5, 1, 3)])
    assert [pair.last - pair.first for pair in pairs] == [6, 2, 4]
