"""Titles of texts that name none."""

from __future__ import annotations

import pytest

from index.sources.document import find_title, one_line

LONG = (
    "The minister said on Thursday that the talks would go on until all was settled. Then he left."
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{LONG}\nTalks to go on\n\nTalks to go on\nDeck.", "Talks to go on"),
        (f"Talks to go on\n\n{LONG}", "Talks to go on"),
        (f"  Talks   to go on\n{LONG}", "Talks to go on"),
        (f"Trade talks begin in the U.S.\n\n{LONG}", "Trade talks begin in the U.S."),
        ("He left. She stayed.\n\nMore text.", "He left"),
        ("He left the room", "He left the room"),
        ("今天天气很好。我们去公园。", "今天天气很好"),
        (f"{LONG}\nShare\n\nShare\nMore.", LONG.partition(".")[0]),
    ],
)  # fmt: skip
def test_the_title_is_found(text: str, title: str):
    assert find_title(text) == title


def test_the_first_sentence_is_cut_at_a_word():
    title = find_title("word " * 100 + "end.")
    assert len(title) <= 90
    assert title.endswith("word…")


def test_a_line_that_runs_on_is_no_title():
    text = "The minister said on Thursday that\nthe talks would go on. He left."
    assert find_title(text).startswith("The minister said on Thursday that the talks")


def test_text_of_signs_still_has_a_title():
    assert find_title("[" * 4_000 + "a") == "[" * 89 + "…"


def test_one_line_collapses_and_cuts_at_a_word():
    assert one_line(" a \n b\tc ") == "a b c"
    assert one_line("aaa bbb, ccc", 9) == "aaa bbb…"
    assert one_line("a" * 20, 10) == "a" * 9 + "…"
    assert len(one_line("ab " * 200)) <= 300


def test_a_made_title_ends_with_a_word():
    assert find_title("He left for good . Nobody knew why.") == "He left for good"
