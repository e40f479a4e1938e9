"""What follow-ups are completed to, as it is read and shown; see test_answers."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.followups.rewriting import MOST, is_open, rewritings
from index.followups.turns import MAX_TURNS, Turn
from tests.properties import examples

NATO = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic. He left.")
DAM = Turn("Why was the Grell dam closed?", "It was closed as Hana Weiss found cracks in it.")
FIRM = Turn("Who founded Lumetra?", "Lumetra was founded by the engineer Tom Ashby in Leeds.")
COST = Turn("How much will the bridge repairs cost?", "Repairs will cost £41m.")
LEADERS = Turn("Why are European leaders anxious?", "They remain anxious.")
WOLF = Turn("Who shot the wolf in the Morrach valley?", "A farmer shot it.")
VISITS = Turn("How many people visited Norvik in 2023?", "About 40,000 people did.")
MAYOR = Turn("What did Mayor Ingrid Lind say about the ferry?", "It would run every hour.")
CHARGED = Turn("Who was charged after the fire?", "Two prison guards were charged on Monday.")
FOUGHT = Turn("Who fought for the park?", "Retired teacher Ann Wood fought for the park.")
STRIKE = Turn("Why did the dockers strike?", "Their pay had been frozen since 2019.")
PAINTED = Turn('Who painted "Harvest at Rohr"?', "Clara Immer painted it.")


@pytest.mark.parametrize(
    ("turn", "text", "meant"),
    [
        (NATO, "why?", ["What did Hegseth say about NATO? Why?"]),
        (
            Turn("What is the average rent in Vienna?", "It is 11.40 euros."),
            "and Salzburg?",
            ["What did Salzburg say?", "What is the average rent in Salzburg?"],
        ),
        (NATO, "and when exactly?", ["What did Hegseth say about NATO? When exactly?"]),
        (NATO, "who else?", ["What did Hegseth say about NATO? Who else?"]),
        (NATO, "when did he say that?", ["What did Hegseth say about NATO? When did he say that?"]),
        (NATO, "and JD Vance on Russia?", ["What did JD Vance say about Russia?"]),
        (NATO, "what about JD Vance about Russia", ["What did JD Vance say about Russia?"]),
        (NATO, "but what about the US?", ["What did Hegseth say about the US?"]),
        (NATO, "and Macron and Scholz?", ["What did Macron and Scholz say about NATO?"]),
        (NATO, "what was his position rooted in?", ["What was Hegseth's position rooted in?"]),
        (NATO, "Was it unrealistic?", ["Was NATO unrealistic?", "Was Hegseth unrealistic?"]),
        (DAM, "since when?", ["Since when was the Grell dam closed?"]),
        (DAM, "when was that?", ["When was the Grell dam closed?"]),
        (DAM, "and the Sund dam?", ["Why was the Sund dam closed?"]),
        (DAM, "when will it open again?", ["When will the Grell dam open again?"]),
        (DAM, "who is she?", ["Who is Hana Weiss?"]),
        (FIRM, "when?", [f"{FIRM.answer} When?"]),
        (
            Turn("What was found?", "E. coli was. [1] In wells. [1][2]"),
            "when?",
            ["E. coli was. When?"],
        ),
        (FIRM, "for how much?", [f"{FIRM.answer} For how much?"]),
        (FIRM, "and how many?", [f"{FIRM.answer} How many?"]),
        (DAM, "by whom?", ["Why was the Grell dam closed? By whom?"]),
        (DAM, "at what cost?", ["Why was the Grell dam closed? At what cost?"]),
        (DAM, "what for?", ["Why was the Grell dam closed? What for?"]),
        (DAM, "who left?", []),
        (FIRM, "and Corvex?", ["Who founded Corvex?"]),
        (FIRM, "where was he born?", ["Where was Tom Ashby born?", "Where was Lumetra born?"]),
        (FIRM, "Where is it based?", ["Where is Lumetra based?"]),
        (COST, "when?", ["How much will the bridge repairs cost? When?"]),
        (COST, "why so much?", ["Why will the bridge repairs cost so much?"]),
        (COST, "and the union leader?", ["What did the union leader say?"]),
        (COST, "and the tunnel?", ["How much will the tunnel cost?"]),
        (WOLF, "why did he do that?", []),
        (WOLF, "why did he do it?", []),
        (WOLF, "why did he?", ["A farmer shot it. Why did he?"]),
        (WOLF, "was it old?", ["Was the wolf old?"]),
        (LEADERS, "and critics?", ["Why are critics anxious?"]),
        (LEADERS, "and Russia?", ["Why is Russia anxious?"]),
        (Turn("How many hives were lost?", "1,240."), "why?", ["Why were hives lost?"]),
        (VISITS, "why?", [f"{VISITS.answer} Why?"]),
        (VISITS, "and in 2024?", ["How many people visited Norvik in 2024?"]),
        (VISITS, "2024?", ["How many people visited Norvik in 2024?"]),
        (VISITS, "and Ravnsund?", ["How many people visited Ravnsund in 2023?"]),
        (MAYOR, "what about the governor?", ["What did the governor say about the ferry?"]),
        (MAYOR, "and on prices?", ["What did Mayor Ingrid Lind say about prices?"]),
        (MAYOR, "how fast is it?", ["How fast is the ferry?"]),
        (MAYOR, "how old is she?", ["How old is Mayor Ingrid Lind?"]),
        (CHARGED, "what are they accused of?", []),
        (FOUGHT, "why did she fight?", ["Why did Ann Wood fight?"]),
        (STRIKE, "who leads them?", ["Who leads the dockers?"]),
        (STRIKE, "did the pilots?", []),
        (Turn("who found the lost film?", "A plumber."), "when is it on?", []),
        (PAINTED, 'and "Boy with a Lamp"?', ['Who painted "Boy with a Lamp"?']),
        (Turn("Did Varga agree?", "He left."), "why not?", ["Why did Varga not agree?"]),
        (Turn("Did Varga agree?", "No."), "why did Keller?", ["Why did Keller agree?"]),
        (Turn("Did Varga agree?", "No."), "did Keller too?", ["Did Keller agree?"]),
        (
            Turn("Did Varga agree?", "Varga voted against it. [1] She left. [1]"),
            "why?",
            ["Varga voted against it. Why?"],
        ),
        (Turn("Did Varga agree?", "Varga agreed. [1]"), "why?", ["Why did Varga agree?"]),
        (
            Turn("Where was Rubio travelling to?", "x"),
            "why?",
            ["Where was Rubio travelling to? Why?"],
        ),
    ],
)
def test_a_follow_up_is_completed(turn, text, meant):
    assert list(rewritings(text, [turn])) == meant


STANDING = (
    """
What did Carl Bildt say?|And who is JD Vance?|rubio flight problem|Summarise the article|thanks
Did Hegseth deny that he was ceding ground to Moscow?|Did critics say their fears were ignored?
What did the judge say about his own decision?|Is it raining in Kelham?|How is it going?|good bot
How long does it take to reach Ravnsund?|When it opened, how much did the harbour cost?|a b
Was hat Hegseth über die NATO gesagt?|Et Macron ?|Is it true that Rubio was delayed?|tell me more
Why not build a bridge instead of a tunnel?|What about the harbour did critics dislike?|oslo trial
And when will the museum open?|What else is known about the wind farm?|Is IT a good job?|ok|x?
What does it take to become a lawyer?|Was the governor late for his own speech?|who said that?
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("text", [*STANDING, "", "  ", "?", "x" * 2000, "why? " * 400, "And"])
def test_what_stands_by_itself_stays(text):
    assert not rewritings(text, [NATO])


@pytest.mark.parametrize("turn", [Turn("?"), Turn("rubio"), Turn("Hvem er det?"), Turn("y" * 4000)])
def test_turns_that_are_no_questions_explain_nothing(turn):
    assert not rewritings("and Vance?", [turn])


BY_VANCE, ABOUT_VANCE = "What did {} say about NATO?", "What did Hegseth say about {}?"


@pytest.mark.parametrize(
    ("said", "forms"),
    [
        ("Vance", (BY_VANCE,)),
        ("vance", (ABOUT_VANCE, BY_VANCE)),
        ("JD Vance", (BY_VANCE,)),
        ("Ukraine", (ABOUT_VANCE,)),
        ("the harbour", (ABOUT_VANCE,)),
    ],
)
def test_who_may_be_speaker_or_subject_is_tried_as_both(said, forms):
    assert rewritings(f"and {said}?", [NATO]) == tuple(form.format(said) for form in forms)


def test_each_person_of_the_turns_may_be_he_the_latest_first():
    turns = [NATO, Turn("Who leads the firm?", "Tom Ashby founded it.")]
    meant = tuple(f"Where was {who} born?" for who in ("Tom Ashby", "Hegseth"))
    assert rewritings("where was he born?", turns) == meant
    assert len(meant) == MOST


def test_who_was_asked_about_in_vain_is_he_and_nobody_before_him():
    turns = [NATO, Turn("What did Macron say about NATO?")]
    assert rewritings("when did he resign?", turns) == ("When did Macron resign?",)


VIOLIN = Turn("Who stole the violin?", "Craig Hollis stole the violin. [1]")


@pytest.mark.parametrize(
    ("refused", "question", "meant"),
    [
        (
            "Who wrote the opera Carmen?",
            "where did they find it?",
            "Where did they find the opera Carmen?",
        ),
        ("Who wrote the opera Carmen?", "where does he live?", None),
        ("What is the capital of Peru?", "is he old?", None),
        ("how old is he?", "where was he born?", "Where was Craig Hollis born?"),
        ("was anyone hurt?", "where was it found?", "Where was the violin found?"),
    ],
)
def test_what_was_asked_about_in_vain_ends_what_was_spoken_of_before(refused, question, meant):
    """ "Where did they find it?", after Carmen, was surely answered with the violin's attic."""
    assert rewritings(question, [VIOLIN, Turn(refused)])[:1] == ((meant,) if meant else ())


def test_a_subject_that_was_named_before_a_question_is_meant_next():
    turns = [NATO, VIOLIN, Turn("about the Grell dam: how much did it cost?")]
    assert rewritings("who owns it?", turns) == ("Who owns the Grell dam?",)


def test_who_an_answer_quoted_is_meant_next_and_the_question_stays():
    """ "Tell me more" asks nothing that "and Vance?" could go on from."""
    turns = [NATO, Turn("who said that?", "The treasurer, Per Holm, said so.")]
    assert rewritings("how old is he?", turns)[-1] == "How old is Per Holm?"
    assert rewritings("and Vance?", turns) == ("What did Vance say about NATO?",)


@pytest.mark.parametrize("shown", ["when?", f"{FIRM.answer} When?", "Who founded Lumetra? When?"])
def test_what_stood_behind_an_answer_leaves_the_question(shown):
    turns = [FIRM, Turn(shown, "It was founded in 1998.")]
    assert rewritings("and Corvex?", turns) == ("Who founded Corvex?",)


def test_a_turn_that_left_something_out_is_completed_first():
    turns = [NATO, Turn("and JD Vance?", "He said no.")]
    assert rewritings("and about Russia?", turns) == ("What did JD Vance say about Russia?",)


NAMES = ["Vance", "Rubio", "Lind", "NATO", "Ukraine", "the ferry", "critics", "2023", "Anna Weiss"]
WORDS = "What did|say about|said that|why|who is|he|it|and|their|when|Mrs|?|,|there|did|in|that"
PARTS = st.sampled_from([*NAMES, *WORDS.split("|")])
TEXTS = st.lists(PARTS, max_size=9).map(" ".join) | st.text(max_size=60)
FOLLOW_UPS = st.sampled_from([*STANDING, "why?", "and Vance?", "who is he?", "did it?"]) | TEXTS


@examples(80)
@given(st.lists(st.builds(Turn, TEXTS, st.none() | TEXTS), max_size=4), FOLLOW_UPS)
def test_no_name_and_no_number_comes_from_elsewhere(turns, text):
    given_words = " ".join([text, *(f"{t.question} {t.answer}" for t in turns)]).casefold()
    for meant in rewritings(text, turns):
        for word in re.findall(r"\w+", meant[1:]):
            if any(c.isupper() or c.isdigit() for c in word):
                assert word.casefold() in given_words


def test_a_long_answer_is_looked_through_quickly():
    turns = [Turn("Who said that A B?", f"{'A B. ' * 2000}, {'x ' * 2000}")] * MAX_TURNS
    started = time.process_time()
    for text in ("who is he?", "why?", "what did they do there?", "and Vance?"):
        rewritings(text, turns)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("how many beavers are there?", False),
        ("how many are there?", True),
        ("was he there?", True),
        ("and how old?", True),
        ("how old is Lund?", False),
    ],
)
def test_there_may_stand_for_a_place(question, opens):
    assert is_open(question) is opens
