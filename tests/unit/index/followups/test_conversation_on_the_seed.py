"""Conversations on the seed article with the real models: are follow-ups answered rightly?

29 of the 32 follow-ups get the right sentence or are rightly refused. Not: European forces and
whether Rubio arrived on time, of which the reader is not sure enough; and why Hegseth said it,
which is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.followups.asking import Conversation
from index.followups.turns import Turn
from index.ingest import files
from index.library import Library
from index.model import PUBLIC, Answer
from tests.builders import SEED

RIGHT = 0.87

NATO, BILDT = "What did Hegseth say about NATO?", "Who is Carl Bildt?"
RUBIO, FORCES = "Where was Rubio travelling to?", "and on European forces?"
UNREALISTIC, REALISM = "During the conference, Hegseth labeled it", "rooted in realism"
SPEECH, REMARKS = "A recent speech by US Defence Secretary", "Hegseth's remarks about Ukraine's"
BARGAINING, TRIP = "Former Swedish Prime Minister Carl Bildt", "After a mid-air scare"
MILITARY, ANXIOUS = "Vice-President JD Vance followed suit", "they remain anxious"
PEACE, CHAOS = "While Rubio's delayed arrival", "Trump later commented on the chaos"
BACKTRACKED, SHOULDER = "Hegseth backtracked slightly", "His suggestion that European forces"

CONVERSATIONS: list[tuple[list[str], str, tuple[str, ...]]] = [
    ([NATO], "when did he say that?", (UNREALISTIC,)),
    ([NATO], "where?", (UNREALISTIC,)),
    ([NATO], "really?", (UNREALISTIC,)),
    ([NATO], FORCES, (SHOULDER,)),
    ([NATO], "what about Russia?", (UNREALISTIC, SPEECH, REMARKS)),
    ([NATO], "and Vance?", (MILITARY,)),
    ([NATO, "and Vance?"], "and about Russia?", (MILITARY,)),
    ([NATO], "who is he?", (SPEECH, TRIP)),
    ([NATO], "did he backtrack?", (BACKTRACKED,)),
    ([NATO], "what did he deny?", (REALISM,)),
    ([NATO], "what was his position rooted in?", (REALISM,)),
    ([NATO], "and on China?", ()),
    ([NATO], "what did Trump say about his speech?", (CHAOS,)),
    ([NATO], "why?", (REALISM,)),
    ([NATO], "who else?", ()),
    ([NATO], "and macron?", ()),
    ([NATO, "and Macron?"], "when did he say that?", ()),
    ([NATO], "What did Carl Bildt say about concessions?", (BARGAINING,)),
    (["What did JD Vance say about Russia?"], "and Hegseth?", (UNREALISTIC, SPEECH, REMARKS)),
    ([BILDT], "what did he say about concessions?", (BARGAINING,)),
    ([BILDT, "what did he say about concessions?"], "why?", ()),
    ([BILDT], "which organisation does he co-chair?", (BARGAINING,)),
    ([BILDT], "and Rubio?", (TRIP,)),
    ([BILDT], "and JD Vance", (MILITARY,)),
    ([RUBIO], "why did his trip take a backseat?", (TRIP,)),
    ([RUBIO], "did he arrive on time?", (PEACE,)),
    ([RUBIO], "what did he call for?", (PEACE,)),
    (["Why are European leaders anxious?"], "what are they preparing for?", (ANXIOUS,)),
    (["What are European leaders preparing for?"], "why are they anxious?", (ANXIOUS,)),
    (["Did Trump know about Hegseth's speech?"], "will he talk to him about it?", (CHAOS,)),
    (["What did Hegseth call unrealistic?"], "when?", (UNREALISTIC,)),
    ([NATO, "and on Ukraine?"], "and Trump?", (CHAOS,)),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory, embedder, reader) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("data")
    with Library.open(folder, embedder, reader, chroma=False) as library:
        library.ingest(files([SEED]))
        yield library


def answered(library: Library, question: str, turns: list[Turn]) -> Answer:
    return Conversation(library, (PUBLIC,), None, turns).ask(question, None)


def turn(answer: Answer) -> Turn:
    return Turn(answer.read_as, answer.text if answer.answered else None, answer.first_article)


@pytest.mark.model
def test_follow_ups_are_answered_with_the_right_sentence(library):
    wrong = []
    for opening, question, right in CONVERSATIONS:
        turns: list[Turn] = []
        for earlier in opening:
            turns.append(turn(answered(library, earlier, turns)))
        answer = answered(library, question, turns)
        if not (any(s in answer.text for s in right) if right else not answer.answered):
            wrong.append(f"{question}  ->  {answer.read_as}  ->  {answer.text or 'refused'}")
    share = 1 - len(wrong) / len(CONVERSATIONS)
    assert share >= RIGHT, "\n".join([f"{share:.3f}", *wrong])
