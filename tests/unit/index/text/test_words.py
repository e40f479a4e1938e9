import pytest

from index.model import Passage, Span
from index.text import sentences as sentences_
from index.text.words import names, names_in, subject_words


def found(text: str) -> list[str]:
    sentences = tuple(sentences_.sentences(text, title="", language="en"))
    return names_in(text, Passage(0, Span(0, len(text)), sentences))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yesterday Pete Hegseth met Carl Bildt.", ["Pete", "Hegseth", "Carl", "Bildt"]),
        ("Hegseth's remarks worried allies. Critics left.", []),
        ("The Vice-President heard Trump's speech.", ["Vice", "President", "Trump"]),
        ("In St. Petersburg, the Élysée and Özdemir.", ["Petersburg", "Élysée", "Özdemir"]),
        ('He said: "Great news." Rubio called it "unrealistic" Monday.', ["Monday"]),
        ("Raises Concerns Among Allies", []),
        ("Who met Vance in Munich? Vance did, said Vance.", ["Vance", "Munich"]),
        ("An F16Jet, the NATO council and BBC2News.", ["NATO"]),
    ],
)  # fmt: skip
def test_names_have_a_capital_inside_a_sentence(text, names):
    assert found(text) == names


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("What did Hegseth say about NATO?", ["Hegseth", "NATO"]),
        ("who is Carl Bildt", ["Carl", "Bildt"]),
        ("What does the US want?", ["US"]),
        ("is Ask sorry", ["Ask", "sorry"]),
        ("When will Will May speak?", ["Will", "May", "speak"]),
        ("Why Did The Mayor Say So", ["Mayor"]),
        ("Lind left. What did I ask?", ["Lind", "left"]),
        ("What do they think of us?", []),
        ("Trump's well-known views, Trump’s?", ["Trump", "well-known", "views"]),
        ("", []),
    ],
)
def test_subject_words_say_what_it_is_about(question, subject):
    assert subject_words(question) == subject


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did JD Vance say in 2025?", ["JD", "Vance", "2025"]),
        ("Ukraine is where?", []),
        ("NATO is what?", ["NATO"]),
        ("what did hegseth say?", []),
    ],
)
def test_names_are_capitals_inside_and_numbers(question, expected):
    assert names(question) == expected
