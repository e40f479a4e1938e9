import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answers.candidates import highlights
from tests.builders import question

LONG = (
    'During the conference, Hegseth labeled it "unrealistic" to reclaim territory, '
    "along with dismissing its aspirations for NATO membership."
)


@pytest.mark.parametrize(
    ("asked", "sentence", "words"),
    [
        ("NATO", LONG, ["along with dismissing its aspirations for NATO membership"]),
        ("Hegseth territory", LONG, ['Hegseth labeled it "unrealistic" to reclaim territory']),
        ("unrealistic", 'He called it "unrealistic" then.', ['"unrealistic"']),
        ("unrealistic", 'It was "unrealistic," he said.', ['"unrealistic,"']),
        ("unrealistic", "Er nannte es „unrealistic“.", ["„unrealistic“"]),
        ("unrealistic", "Il parla d’un plan « unrealistic ».", ["« unrealistic »"]),
        ("pier", 'The "old pier" burned.', ['pier"']),
        ("Hegseth", "It was Hegseth’s idea.", ["Hegseth’s"]),
        ("pier", '"The pier burned," said Lind, who was there.', ['"The pier burned," said Lind']),
        ("burned pier", "The pier burned.", ["pier", "burned"]),
        ("China", "The pier burned.", []),
        ("pier", "The pier, as I told you before, is the old pier of the town.", ["pier", "pier"]),
    ],
)
def test_the_clause_that_answers_or_the_shared_words(asked, sentence, words):
    assert [span.of(sentence) for span in highlights(question(asked), sentence, "en")] == words


@given(st.text(), st.text(alphabet='ab ,;:—who while"“”«»', max_size=80))
def test_spans_are_ordered_disjoint_and_inside(asked, sentence):
    spans = highlights(question(asked), sentence, "en")
    ends = [0]
    for span in spans:
        assert ends[-1] <= span.start < span.end <= len(sentence)
        ends.append(span.end)
