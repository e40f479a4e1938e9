"""Whose words are asked for, where it is a role or a group."""

import pytest

from index.answers.candidates import sentence_texts
from index.answers.roles import role_asked_for, speaker_lacks_role
from tests.builders import hit

EELS = (
    "The anglers' association wants a fine and told the police. Its chair, Tove Lien, said that "
    "every eel counted. The municipality has kept silent."
)
LEAGUE = (
    "The farmers' league rejects the report. Its spokesman, Alois Reber, says the works is to "
    "blame. Mayor Hanna Pohl came late. It rained. Pohl admitted that the works had overflowed."
)


def of_another(question, text, index):
    return speaker_lacks_role(role_asked_for(question), sentence_texts(hit(text)), index)


@pytest.mark.parametrize(
    "question",
    [
        "what does the town say about the eels",
        "What did the police say about the eels?",
        "What does the municipality think?",
    ],
)
def test_the_town_does_not_say_what_a_chair_of_anglers_says(question):
    """ "What does the town say about the eels?" was surely answered with the anglers' words."""
    assert of_another(question, EELS, 1)
    assert not of_another(question, EELS, 2)


@pytest.mark.parametrize(
    ("question", "text", "index"),
    [
        ("What did the chair say?", EELS, 1),
        ("What did the anglers say?", EELS, 1),
        ("What did the government say?", EELS, 1),
        ("What did Lien say?", EELS, 1),
        ("When did she say that?", EELS, 1),
        ("What do the farmers say to that?", LEAGUE, 1),
        ("What does the mayor say?", LEAGUE, 4),
        ("What does the council say?", LEAGUE, 4),
    ],
)
def test_who_has_the_role_or_may_have_it_is_no_other(question, text, index):
    assert not of_another(question, text, index)


def test_the_mayor_is_not_the_spokesman_of_the_league():
    assert of_another("What does the mayor say about the works?", LEAGUE, 1)
