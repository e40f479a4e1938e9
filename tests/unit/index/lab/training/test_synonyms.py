import pytest

from index.lab.training.rewording import AFTER_TO, WORDS
from index.text.antonyms import ANTONYMS


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
    assert other in WORDS[word]
    assert word in WORDS[other]


def test_a_base_form_is_a_verb():
    assert "begin" in AFTER_TO["start"]
    assert "onset" not in AFTER_TO["start"]
    assert "onset" in WORDS["start"]


def test_there_are_many():
    assert len(WORDS) > 1500
    assert len(AFTER_TO) > 300


def test_no_word_stands_for_itself_or_for_its_opposite():
    for table in (AFTER_TO, WORDS):
        for word, others in table.items():
            assert word not in others
            assert not set(others) & set(ANTONYMS.get(word, ())), word
