"""What an article says on what was told of it: who said that, and how it goes on."""

import pytest

from index.answers.recalling import recalled
from index.model import Recalled
from tests.builders import hit

STORM = hit(
    "A storm cut the power.\n\nCaptain Runa Holt said the waves were high. She turned back. "
    "Schools stayed closed. Nobody was hurt. The lines are old."
)


def texts(found):
    return [one.text for one in found]


def test_who_spoke_is_said_by_the_sentence_that_was_quoted():
    told = ["A storm cut the power. [1]", "Captain Runa Holt said the waves were high. [1]"]
    assert texts(recalled(Recalled.WHO_SAID, STORM, told)) == [
        "Captain Runa Holt said the waves were high."
    ]
    assert not recalled(Recalled.WHO_SAID, STORM, told[:1])


@pytest.mark.parametrize(
    ("told", "more"),
    [
        (
            ["Captain Runa Holt said the waves were high. [1]"],
            ["She turned back.", "Schools stayed closed.", "Nobody was hurt."],
        ),
        (
            ["Captain Runa Holt said the waves were high.", "Schools stayed closed."],
            ["Nobody was hurt.", "The lines are old.", "A storm cut the power."],
        ),
        (["She is elsewhere."], texts(recalled(Recalled.FURTHER, STORM, ["x"]))),
    ],
)
def test_more_is_what_follows_and_then_what_precedes(told, more):
    assert texts(recalled(Recalled.FURTHER, STORM, told)) == more


def test_there_is_no_more_when_all_is_told():
    assert not recalled(Recalled.FURTHER, STORM, [STORM.text])


def test_all_that_was_told_is_told_again():
    told = ["A storm cut the power. [1]", "Schools stayed closed. [1] Nobody was hurt. [1]"]
    assert texts(recalled(Recalled.AGAIN, STORM, told)) == [
        "Schools stayed closed.",
        "Nobody was hurt.",
    ]


RENTS = hit(
    "Rents rose in March. In May 40 flats were let, in June 50. The US paid. In Oslo people wait. "
    "All states wait. Oslo has few flats to let in March."
)


@pytest.mark.parametrize(
    ("named", "question", "told"),
    [
        ("Oslo", "Who waits in Graz?", ["In Oslo people wait."]),
        ("March", "Who let flats in Oslo?", ["Oslo has few flats to let in March."]),
        ("Oslo", "How many flats were let in May?", ["Oslo has few flats to let in March."]),
        ("June", "How many flats were let in May?", ["In May 40 flats were let, in June 50."]),
        ("June", "Who paid?", []),
        ("the US", "Who waits?", ["The US paid."]),
        ("Graz", "Who waits in Oslo?", []),
        ("flat", "Who waits?", ["In May 40 flats were let, in June 50."]),
    ],
)
def test_what_is_named_has_the_sentence_with_most_of_the_question(named, question, told):
    assert texts(recalled(Recalled.NAMED, RENTS, [named, question])) == told


POOL = hit(
    "The pool closed in 2019. The café is shut from 3 March until 5 May. It costs £4. "
    "The works begin on Monday. The sauna stays open through the summer. Ask at 9 am."
)


@pytest.mark.parametrize(
    ("told", "since", "until"),
    [
        ("The café is shut from 3 March until 5 May.", True, True),
        ("The works begin on Monday.", True, False),
        ("The sauna stays open through the summer.", False, True),
        ("It costs £4.", False, False),
    ],
)
def test_since_when_and_until_when_are_said_by_what_was_told(told, since, until):
    """Another sentence's date was given."""
    answers = ["The pool closed in 2019. [1]", f"{told} [1]"]
    assert texts(recalled(Recalled.SINCE_WHEN, POOL, answers)) == [told] * since
    assert texts(recalled(Recalled.UNTIL_WHEN, POOL, answers)) == [told] * until
