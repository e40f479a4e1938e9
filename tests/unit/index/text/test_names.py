import pytest

from index.model import Passage, Span
from index.text import sentences as sentences_
from index.text.words import names_in


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
