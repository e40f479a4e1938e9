"""Which rewritings may be shown: those that read as English and say no more than was said."""

from __future__ import annotations

import pytest

from index.followups.rewriting import rewritings
from index.followups.showing import may_be_shown
from index.followups.turns import Turn

COUNTED = "Biologist Ewa Sikora counted 412 seals in March. [1] Bram Teague did so in 2019. [1]"


@pytest.mark.parametrize(
    ("question", "follow_up", "shown"),
    [
        (
            "Why did Ewa Sikora resign?",
            "and bram teague?",
            "Why did Bram Teague resign?",
        ),
        ("What did Hegseth say about NATO?", "and JD Vance?", "What did JD Vance say about NATO?"),
        ("Has Norway joined the fund?", "how about denmark", "Has Denmark joined the fund?"),
        ("What did Lund say about NATO?", "and about taxes?", "What did Lund say about taxes?"),
        (
            "How many seals were there in February?",
            "and in march?",
            "How many seals were there in March?",
        ),
        ("Is the museum free on Sundays?", "and on mondays?", "Is the museum free on Mondays?"),
        ("What did Lund say?", "and the dam?", "What did Lund say about the dam?"),
        ("Who is the mayor of Kelham?", "and of Leeds?", "Who is the mayor of Leeds?"),
        ("who is mirela kovanic?", "and Bram Teague?", "Who is Bram Teague?"),
        ("Who won the cup in 2022?", "and in 2023?", "Who won the cup in 2023?"),
        ("Who founded Lumetra?", "and Corvex?", "Who founded Corvex?"),
        ("Where is the dam?", "and the bridge?", "Where is the bridge?"),
        ("Who counted the seals?", "where does she live?", "Where does Ewa Sikora live?"),
        ("When does Lumetra open?", "what does it make?", "What does Lumetra make?"),
    ],
)
def test_a_rewriting_that_reads_as_english_may_be_shown(question, follow_up, shown):
    turns = [Turn(question, COUNTED)]
    first, *_ = rewritings(follow_up, turns)
    assert first == shown
    assert may_be_shown(first, follow_up, turns)


@pytest.mark.parametrize(
    ("question", "follow_up"),
    [
        # A verb that is not known leaves open where the subject ends: "Why did teague fines?"
        ("Why did Orlen council triple fines?", "and Teague?"),
        # A time beside "who is": "Who is Ewa Sikora in March?"
        ("Who is Ewa Sikora?", "and in march?"),
        ("When will the ferry sail?", "and in march?"),
        ("Who is Ewa Sikora?", "and in Leeds?"),
        # A name that nobody wrote with a capital: "Why did macron resign?"
        ("Why did Teague resign?", "and macron?"),
        ("Who won the Carrick Marathon?", "and rowan tully?"),
        ("Who is the mayor of Kelham?", "and of bergen?"),
        # A thing for one of another kind: "How many passengers will cars carry?"
        ("How many passengers will the ferry carry?", "and cars?"),
        # No noun: "Who won second?"
        ("Who won the Carrick Marathon?", "and second?"),
        # "Say" stands nowhere: "What did the captain say?"
        ("How often did the ferry break down?", "and the captain?"),
        ("Is the museum free on Sundays?", "and Priya Nair?"),
        # One question or answer behind the other
        ("How much did the bridge cost?", "when?"),
        ("Who counted the seals?", "when?"),
        ("Did Varga support the tunnel?", "really?"),
        # "When has Norway joined the fund?", "Since when was the dam closed?"
        ("Has Norway joined the fund?", "when was that?"),
        ("Why was the Grell dam closed?", "since when?"),
    ],
)
def test_a_rewriting_that_is_no_english_or_a_guess_is_not_shown(question, follow_up):
    turns = [Turn(question, COUNTED)]
    found = rewritings(follow_up, turns)
    assert not any(may_be_shown(one, follow_up, turns) for one in found)


def test_a_rewriting_that_leaves_somebody_open_is_not_shown():
    turns = [Turn("Who is Carl Bildt?")]
    assert may_be_shown("What did Carl Bildt say?", "what did he say?", turns)
    assert not may_be_shown("What did she tell Carl Bildt?", "what did she tell him?", turns)
