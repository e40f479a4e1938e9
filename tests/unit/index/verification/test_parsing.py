import pytest

from index.verification.parsing import SentenceParser, WrittenSentence

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
