import pytest

from index.lab.training.grammar import turn


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("Otto Krane was the mayor", "was Otto Krane the mayor"),
        ("The town exported salt to Norvik", "did the town export salt to Norvik"),
        ("Otto Krane wrote two letters", "did Otto Krane write two letters"),
        ("The mayors might raise a tax", "might the mayors raise a tax"),
    ],
)
def test_a_statement_is_turned_around(statement, question):
    turned = turn(statement)
    assert turned.question == question
    assert f"{turned.auxiliary} {turned.subject} {turned.rest}" == question


@pytest.mark.parametrize(
    "statement",
    [
        "It was a port",
        "In May Otto was the mayor",
        "The people who were there",
        "The very old and very famous bridge was built",
        "The town",
        "Salt; the town exported it",
        "",
    ],
)
def test_what_a_pattern_does_not_grasp_is_left(statement):
    assert turn(statement) is None
