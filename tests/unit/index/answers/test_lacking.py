"""What a question is about and an article lacks."""

import pytest

from index.answers.lacking import has_name, has_word_alone, is_anothers_age, is_contrary, lacks

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
        ("Who sold the letters?", "The buyer was Omar Riad.", True),
        ("Who sold the letters?", "Omar Riad bought them from Ada Lind.", False),
        ("How fast did the tickets sell?", "The last was bought at noon.", False),
        ("Who sold the letters?", "Max Reyle bid £38,000 for the letters.", True),
        ("Who bought the letters?", "Max Reyle was outbid for the letters.", True),
        ("Who bought the letters?", "Max Reyle bought the letters with a bid of £41,000.", False),
        ("How much did rents rise?", "Rents rose by 6 percent.", False),
        ("How much did rents fall?", "Rents rose by 6 percent and fell again.", False),
        ("Did rents fall?", "Rents rose by 6 percent.", False),
        ("How much are rents?", "Rents rose by 6 percent.", False),
        (
            "who carries the flag at the closing ceremony",
            "Lu carried it at the opening ceremony.",
            True,
        ),
        ("Did the women's team win?", "The men's team won 3 to 1.", True),
        ("Did the women's team win?", "The men's team lost, the women's won.", False),
        ("When does the new bridge open?", "The old bridge closed in May.", True),
        ("When does the new bridge open?", "The bridge opens in May, an old plan.", False),
    ],
)
def test_a_sentence_that_says_the_contrary(question, sentence, turned):
    assert is_contrary(question, sentence) is turned


@pytest.mark.parametrize(
    ("text", "is_word"),
    [
        ("A donor asked not to be named.", True),
        ("Ask denied it when asked.", False),
        ("A donor denied it.", False),
    ],
)
def test_a_name_is_not_the_word_that_it_is_like(text, is_word):
    assert has_word_alone("Ask", text) is is_word


def test_a_name_stands_as_it_was_typed():
    assert has_name("Ask", "Pelle Ask's letter")
    assert not has_name("Ask", "Askin was asked")


BRENNAN = "Liam Brennan, owner of the 140-year-old bakery, said that he was glad."


@pytest.mark.parametrize(
    ("question", "sentence", "is_anothers"),
    [
        ("how old is liam brennan", BRENNAN, True),
        ("How old is the owner?", BRENNAN, True),
        ("How old was Brennan when he won?", "Brennan spoke to his six-year-old son.", True),
        ("How old is the bakery?", BRENNAN, False),
        ("How old is the bakery?", BRENNAN.replace("bakery", "family bakery"), False),
        ("How old is Brennan's bakery?", BRENNAN, False),
        ("How old is Brennan's shop?", BRENNAN, False),
        ("Who is Liam Brennan?", BRENNAN, False),
        ("How old is Brennan?", "Brennan, 41, owns the shop in a 140-year-old house.", False),
        ("How old is Brennan?", "Brennan was a 41-year-old baker.", False),
        ("How old is Notre-Dame?", "The fire reached the roof of the 860-year-old church.", False),
    ],
)
def test_the_age_of_a_thing_is_not_that_of_who_stands_beside_it(question, sentence, is_anothers):
    assert is_anothers_age(question, sentence) is is_anothers
