"""Which answers to a follow-up only repeat what was said."""

from __future__ import annotations

import pytest

from index.followups.turns import Turn, asks_why_told, only_repeats

NATO = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic. He left.")


@pytest.mark.parametrize(
    ("question", "sentences", "repeats"),
    [
        ("why?", ["He left."], True),
        ("and why did he say that?", ["He left."], True),
        ("why?", ["He left.", "He was tired."], False),
        ("Why did Hegseth leave?", ["He left."], False),
        ("why had he left?", ["He left."], True),
        ("why did he vote against the tunnel?", ["He left."], True),
        ("why did they sell?", ["He left."], True),
        ("when?", ["He left."], True),
        ("When did Hegseth say that?", ["He left."], True),
        ("When did he leave?", ["He left."], False),
    ],
)
def test_a_reason_that_was_told_before_is_none(question, sentences, repeats):
    assert only_repeats(question, sentences, [NATO]) is repeats
    assert not only_repeats(question, sentences, [])


@pytest.mark.parametrize(
    "told",
    ["He left because he was tired. [1]", "He left for Orm. [1]", "He left over a quarrel. [1]"],
)
def test_a_reason_may_stand_in_what_was_said_just_before(told):
    sentences, turns = [told.removesuffix(" [1]")], [Turn("Who left?", told)]
    assert not only_repeats("why had he left?", sentences, turns)
    assert only_repeats("why?", sentences, turns)


BOUGHT = "The 112-year-old firm has agreed to be bought by the Danish group Nordkob."


@pytest.mark.parametrize(
    ("question", "told", "repeats"),
    [
        ("how much did they pay?", BOUGHT, True),
        ("how much did they pay?", "The firm was bought by a Dane in a deal worth £86m.", False),
        ("how much did it cost?", "It was sold to a group for two million euros.", False),
        ("how many people work there?", BOUGHT.replace("112-year-old", "Danish"), True),
        ("how many were there?", "Four men came by boat.", False),
        ("how many people saw it?", "Hundreds came to see it.", False),
        ("how much did Nordkob pay?", BOUGHT, True),
        ("at what price?", BOUGHT, True),
        ("and for how much?", "It was bought in a deal worth £86m.", False),
        ("why did they sell?", BOUGHT, True),
        ("why was it sold?", BOUGHT.replace("has agreed", "wanted"), False),
    ],
)
def test_an_amount_or_reason_stands_in_what_was_told_only_if_it_has_one(question, told, repeats):
    """ "How much did they pay?" and "why did they sell?" were surely answered with it again."""
    turns = [Turn("Who bought the firm?", f"{told} [1]")]
    assert only_repeats(question, [told], turns) is repeats
    assert not only_repeats(question, ["They said so."], turns)


@pytest.mark.parametrize(
    ("question", "sentence", "has_time"),
    [
        ("when?", "She ground the mirror for months, in the evenings.", False),
        ("when?", "He watches at night, three hours a day.", False),
        ("when?", "They met last month.", True),
        ("when?", "It burned two weeks ago.", True),
        ("when?", "It opens in spring.", True),
        ("when did she say that?", "“We open on Monday,” she said.", False),
        ("when did she say that?", "She said that the hall would open on Monday.", False),
        ("when did she say that?", "She said on Sunday that the hall would open.", True),
        ("when did she say that?", "The hall will open, she said on Sunday.", True),
    ],
)
def test_a_time_of_what_was_said_before_is_one_in_which_it_was(question, sentence, has_time):
    turn = Turn("What of the hall?", f"{sentence} [1]")
    assert only_repeats(question, [sentence], [turn]) is not has_time


def test_a_time_may_stand_in_what_was_said_before_and_a_manner_only_where_that_is_sure():
    turn = Turn("Who left?", "He left on Monday. [1]")
    for question in ("when?", "when did he say that?"):
        assert not only_repeats(question, ["He left on Monday."], [turn], sure=False)
    for question in ("how did he get there?", "for how long?"):
        assert only_repeats(question, ["He left on Monday."], [turn], sure=False)
        assert not only_repeats(question, ["He left on Monday."], [turn], sure=True)


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("why?", True),
        ("why had he left?", True),
        ("and why did Lund say that?", True),
        ("why did he vote against the tunnel?", False),
        ("when?", False),
        ("who else?", False),
    ],
)
def test_why_may_ask_of_what_was_told_last(question, asks):
    assert asks_why_told(question, [Turn("Who left?", "He left. [1]")]) is asks
    assert not asks_why_told(question, [Turn("Who left?")])
