"""Words divided at line ends."""

from __future__ import annotations

import pytest

from index.sources.pdf_layout import Joiner, printed


@pytest.mark.parametrize(
    ("line", "following", "joined"),
    [
        ("talks in Brus-", "sels went on", "talks in Brussels went on"),
        ("talks in Brus‐", "sels", "talks in Brussels"),
        ("in the Anglo-", "American way", "in the Anglo-American way"),
        ("of COVID-", "19 cases", "of COVID-19 cases"),
        ("a state-of-the-", "art thing", "a state-of-the-art thing"),
        ("a well-", "known man", "a well-known man"),
        ("so-", "called experts", "so-called experts"),
        ("he left -", "and came back", "he left - and came back"),
        ("he left –", "and came back", "he left – and came back"),
        ("from 2019-", "2020", "from 2019-2020"),
        ("he said", "so", "he said so"),
    ],
)
def test_lines_are_joined(line: str, following: str, joined: str):
    # "so-called" is in the text a second time, so its hyphen is the word's own.
    assert Joiner(["the so-called peace"]).before(following, line) + following == joined


def test_print_is_made_text():
    assert printed(" The  o\ufb03ce\u00a0was re\u00adopened, it is con\u00ad ") == (
        "The office was reopened, it is con-"
    )
