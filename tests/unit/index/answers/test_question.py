import pytest

from tests.builders import question


def test_coverage_is_the_weight_of_the_words_that_are_there():
    asked = question("Hegseth NATO", {"Hegseth": 0.25, "NATO": 0.75})
    assert asked.coverage("Of NATO nothing.", "en") == pytest.approx(0.75)
    assert asked.coverage("Hegseth's view of NATO", "en") == pytest.approx(1.0)
    assert asked.coverage("The weather.", "en") == 0.0


def test_a_question_without_a_subject_is_covered_by_nothing():
    assert question("").coverage("Anything.", "en") == 0.0


@pytest.mark.parametrize(
    ("text", "share"), [("China rose", 0.5), ("China, Vance", 1.0), ("x", 0.0)]
)
def test_names_covered_is_the_share_of_names(text, share):
    assert question("x", names=["China", "Vance"]).names_covered([text], "en") == share


def test_names_may_be_spread_over_texts():
    assert question("x", names=["China", "Vance"]).names_covered(["China", "Vance"], "en") == 1.0


def test_a_question_without_names_misses_none():
    assert question("why?").names_covered([], "en") == 1.0
