import pytest

from index.lab.training.rewording import after_to, other_words
from index.text.words import antonyms


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("founded", "established"),
        ("countries", "nations"),
        ("aircraft", "plane"),
        ("planes", "jets"),
        ("women", "ladies"),
        ("beginning", "starting"),
        ("largest", "biggest"),
    ],
)
def test_synonyms_keep_the_form(word, other):
    assert other in other_words()[word]
    assert word in other_words()[other]


def test_a_base_form_is_a_verb():
    assert "begin" in after_to()["start"]
    assert "onset" not in after_to()["start"]
    assert "onset" in other_words()["start"]


def test_there_are_many():
    assert len(other_words()) > 1500
    assert len(after_to()) > 300


def test_no_word_stands_for_itself_or_for_its_opposite():
    for table in (after_to(), other_words()):
        for word, others in table.items():
            assert word not in others
            assert not set(others) & set(antonyms().get(word, ())), word
