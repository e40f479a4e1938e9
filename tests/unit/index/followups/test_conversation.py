"""Follow-ups of conversations, on the seed article and on invented news, and none in the articles.

A follow-up counts as right where what is meant is among the questions that the reader is to choose
from: .98 of both halves.
"""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.followups.frames import MAX_TURNS, Turn
from index.followups.rewriting import MOST, only_repeats, rewritings
from tests.properties import examples

FLOORS = {"tuned": 0.98, "held out": 0.97}
STANDS_FLOOR = 0.97
ENTRIES = Path(__file__).with_name("conversation.jsonl")


@dataclass(frozen=True)
class Entry:
    """A follow-up, and the questions or the words by which it is rewritten."""

    kind: str
    half: str
    turns: tuple[Turn, ...]
    question: str
    accepted: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    def is_right(self, meant: tuple[str, ...]) -> bool:
        """Tell whether what is meant is among what the reader may choose from."""
        if self.kind == "stands":
            return not meant
        return any(map(self.is_meant, meant or (self.question,)))

    def is_meant(self, meant: str) -> bool:
        folded = meant.casefold()
        if plain(meant) in map(plain, self.accepted):
            return True
        has = [word.casefold() in folded for word in self.has]
        return bool(has) and all(has) and not any(w.casefold() in folded for w in self.lacks)


def plain(question: str) -> str:
    return question.strip().rstrip("?!. ").casefold()


def entries() -> list[Entry]:
    lines = ENTRIES.read_text(encoding="utf-8").splitlines()
    return [
        Entry(turns=tuple(Turn(*turn) for turn in fields.pop("turns")), **fields)
        for fields in map(json.loads, lines)
    ]


ALL = entries()


def check(asked: list[Entry], floor: float) -> None:
    meant = [(entry, rewritings(entry.question, entry.turns)) for entry in asked]
    wrong = [f"{e.question}  ->  {m}" for e, m in meant if not e.is_right(m)]
    share = 1 - len(wrong) / len(asked)
    assert share >= floor, "\n".join([f"{share:.3f} of {len(asked)}", *wrong])


@pytest.mark.parametrize("half", FLOORS)
def test_follow_ups_and_other_questions_are_rewritten(half):
    check([entry for entry in ALL if entry.half == half], FLOORS[half])


def test_questions_that_stand_by_themselves_stay_as_they_are():
    check([entry for entry in ALL if entry.kind == "stands"], STANDS_FLOOR)


def test_there_are_enough_of_either_kind_and_none_is_asked_twice():
    assert sum(entry.kind == "stands" for entry in ALL) >= 40
    assert sum(entry.kind != "stands" for entry in ALL) >= 120
    assert len({(entry.turns, entry.question) for entry in ALL}) == len(ALL)


NATO = Turn("What did Hegseth say about NATO?", "Hegseth labeled it unrealistic. He left.")


@pytest.mark.parametrize("text", ["", "  ", "?", "x" * 2000, "why? " * 400, "And", "it"])
def test_what_is_no_follow_up_stays(text):
    assert not rewritings(text, [NATO])


@pytest.mark.parametrize("turn", [Turn("?"), Turn("rubio"), Turn("Hvem er det?"), Turn("y" * 4000)])
def test_turns_that_are_no_questions_explain_nothing(turn):
    assert not rewritings("and Vance?", [turn])


@pytest.mark.parametrize(
    "text",
    ["and JD Vance on Russia?", "what about JD Vance about Russia", "and jd vance on russia?"],
)
def test_another_speaker_on_another_subject(text):
    turn = Turn("What did Hegseth say about NATO?", "Hegseth dismissed it.")
    (meant,) = rewritings(text, [turn])
    assert meant.casefold() == "what did jd vance say about russia?"


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


def test_a_turn_that_left_something_out_is_completed_first():
    turns = [NATO, Turn("and JD Vance?", "He said no.")]
    assert rewritings("and about Russia?", turns) == ("What did JD Vance say about Russia?",)


@pytest.mark.parametrize(
    ("question", "sentences", "repeats"),
    [
        ("why?", ["He left."], True),
        ("and why did he say that?", ["He left."], True),
        ("why?", ["He left.", "He was tired."], False),
        ("Why did Hegseth leave?", ["He left."], False),
        ("when?", ["He left."], True),
        ("When did Hegseth say that?", ["He left."], True),
        ("When did he leave?", ["He left."], False),
    ],
)
def test_a_reason_that_was_told_before_is_none(question, sentences, repeats):
    assert only_repeats(question, sentences, [NATO]) is repeats
    assert not only_repeats(question, sentences, [])


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


NAMES = ["Vance", "Rubio", "Lind", "NATO", "Ukraine", "the ferry", "critics", "2023", "Anna Weiss"]
WORDS = "What did|say about|said that|why|who is|he|it|and|their|when|Mrs|?|,|there|did|in|that"
PARTS = st.sampled_from([*NAMES, *WORDS.split("|")])
TEXTS = st.lists(PARTS, max_size=9).map(" ".join) | st.text(max_size=60)
FOLLOW_UPS = st.sampled_from([entry.question for entry in ALL]) | TEXTS


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


COST = Turn("How much will the bridge repairs cost?", "Repairs will cost £41m.")


@pytest.mark.parametrize(
    ("turn", "text", "meant"),
    [
        (COST, "when?", ()),
        (COST, "and when?", ()),
        (COST, "where?", ()),
        (COST, "why?", ("Why will the bridge repairs cost so much?",)),
        (COST, "and the union leader?", ("What did the union leader say?",)),
        (
            Turn("How many beavers were released in the Elm valley?", "Six beavers were."),
            "how did it get out?",
            (),
        ),
        (COST, "and the tunnel?", ("How much will the tunnel cost?",)),
        (Turn("How long will the strike last?", "Two days."), "when?", ()),
        (
            Turn("Did schools stay closed?", "Schools stayed closed on Monday."),
            "for how long?",
            ("For how long did schools stay closed?",),
        ),
        (
            Turn("Who was charged after the fire?", "Two prison guards were charged on Monday."),
            "what are they accused of?",
            ("What are two prison guards accused of?",),
        ),
        (
            Turn("How many people died in the crash?", "Ten people died in the crash."),
            "when?",
            ("When did ten people die in the crash?",),
        ),
        (
            Turn("Who said that?", "According to the treasurer, Per Holm, steel is dearer."),
            "When did he say that?",
            ("When did Per Holm say that?",),
        ),
    ],
)
def test_a_rewriting_that_is_no_question_is_not_made(turn, text, meant):
    assert rewritings(text, [turn]) == meant
