"""Sentences that say in a question's own words what it asks."""

import pytest

from index.answers.stated import is_stated
from tests.builders import question

EMPLOYS = "Dunmore Castings, which employs 240 people in Tarrow, will close."
CHARGED = "Two guards were charged on Tuesday after the death of the banker Holm."
STEEL = "The treasurer, Oskar Bell, said that steel had become dearer."


def stated(text: str, sentence: str) -> bool:
    small = ("who", "what", "was", "did", "the", "say", "about", "after", "of")
    asked = question(text, dict.fromkeys(small, 0.0))
    return is_stated(asked, sentence, asked.coverage(sentence, "en"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Who employs 240 people?", EMPLOYS),
        ("Who was charged after the death of Holm?", CHARGED),
        ("What did the treasurer say about steel?", STEEL),
        ("What did Bell say about steel?", STEEL),
    ],
)
def test_it_says_what_is_asked(text, sentence):
    assert stated(text, sentence)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Who employs 240 people?", EMPLOYS.replace("240", "300")),
        ("Who employs 240 people?", EMPLOYS.replace("employs", "no longer employs")),
        ("Who employs 240 people?", "Of 240 people whom it employs, it will keep ten."),
        ("Who employs people?", EMPLOYS),
        ("Why was Holm charged after the death?", CHARGED),
        ("What did the mayor say about steel?", STEEL),
        ("What did the treasurer say about steel?", "The mayor said steel cost the treasurer."),
        ("What did the treasurer say about tin?", STEEL),
    ],
)
def test_it_says_something_else(text, sentence):
    assert not stated(text, sentence)
