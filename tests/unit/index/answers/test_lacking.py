"""What a question is about and an article lacks."""

import pytest

from index.answers.lacking import is_turned, lacks

ARTICLE = (
    "The new crossing over the Sella costs 12 million euros, said Petra Holt. Twelve boys and "
    "girls went by coach. The White House said nothing of Greek ships."
)


@pytest.mark.parametrize(
    "question",
    [
        "What was the cause of the train crash?",
        "How much did the tunnel cost?",
        "How much is it in dollars?",
        "when will the airport open",
        "Who scored for Anna Brandt?",
        "How many people died?",
    ],
)
def test_it_lacks_what_it_has_under_no_name(question):
    assert lacks(question, ARTICLE)


@pytest.mark.parametrize(
    "question",
    [
        "How much will the bridge cost in euros?",
        "How many children were on the bus?",
        "What happened to the boats?",
        "What did Ms Holt say?",
        "What did Peter Holt say?",
        "What did the White House say about Greece?",
        "Why was it so dear?",
        "What Did The Tall Anna Brandt Say",
    ],
)
def test_it_has_what_it_calls_something_else(question):
    assert not lacks(question, ARTICLE)


@pytest.mark.parametrize(
    ("question", "sentence", "turned"),
    [
        ("How much did rents fall?", "Rents rose by 6 percent.", True),
        ("How many jobs will Krone Bau cut?", "It will hire 45 local workers.", True),
        ("How much did rents rise?", "Rents rose by 6 percent.", False),
        ("How much did rents fall?", "Rents rose by 6 percent and fell again.", False),
        ("Did rents fall?", "Rents rose by 6 percent.", False),
        ("How much are rents?", "Rents rose by 6 percent.", False),
    ],
)
def test_a_sentence_that_says_the_contrary(question, sentence, turned):
    assert is_turned(question, sentence) is turned
