import pytest
from rapidfuzz.distance import OSA

from index.lab.training.forms import HASTY_SHARE, hasty, in_a_manner, keywords, with_typo
from tests.unit.index.lab.training import given

QUESTION = "When did Otto Krane build the oldest bridge in Norvik?"
PASSAGE = "In 1412 Ilse Marten founded Arnsby. Otto Krane built the oldest bridge of Norvik."
DRAWS = 400


def test_keywords_are_what_the_question_is_about():
    found = {keywords(QUESTION, given.rng(n)) for n in range(60)}
    assert "otto krane build oldest bridge norvik" in found
    assert "when otto krane build oldest bridge norvik" in found
    assert "Otto Krane build oldest bridge Norvik When" in found
    assert not any("?" in text or "did" in text for text in found)


def test_of_one_word_no_keywords_are_made():
    assert keywords("What about Norvik?", given.rng()) == "What about Norvik?"


def test_haste_loses_capitals_and_the_mark():
    found = [hasty(QUESTION, given.rng(n)) for n in range(DRAWS)]
    assert QUESTION.lower().rstrip("?") in found
    assert sum(text == text.lower() for text in found) / DRAWS == pytest.approx(0.6, abs=0.12)
    assert any(text.startswith("hey, ") for text in found)


def test_a_slip_is_one_edit_inside_a_word():
    for n in range(DRAWS):
        assert OSA.distance(QUESTION, with_typo(QUESTION, given.rng(n))) <= 1
    assert with_typo("Who is he?", given.rng()) == "Who is he?"


@pytest.mark.parametrize("answer", ["Ilse Marten", None])
def test_the_manner_tells_nothing_of_the_answer(answer):
    example = given.example(PASSAGE, QUESTION, answer)
    drawn = [in_a_manner(example, given.rng(n)) for n in range(DRAWS)]
    as_without = [
        in_a_manner(given.example(PASSAGE, QUESTION, None), given.rng(n)) for n in range(DRAWS)
    ]
    marked = [sum(e.question.endswith("?") for e in some) for some in (drawn, as_without)]
    assert marked[0] / DRAWS == pytest.approx(marked[1] / DRAWS, abs=0.05)
    assert {e.answer and e.answer.of(e.passage) for e in drawn} == {answer}
    lower = sum(e.question == e.question.lower() for e in drawn) / DRAWS
    assert 0.5 * HASTY_SHARE < lower < 0.3


def test_a_negated_question_keeps_its_negation():
    example = given.example(PASSAGE, "Who didn't build the bridge?", None)
    negated = type(example)(example.question, "", PASSAGE, None, "negated")
    found = {in_a_manner(negated, given.rng(n)).question for n in range(DRAWS)}
    assert not any(text.lower() == "build bridge" for text in found)
    plain = {in_a_manner(example, given.rng(n)).question for n in range(DRAWS)}
    assert any("bridge" in text and "n't" not in text.lower() for text in plain)
