"""Lines of a PDF page: paragraphs, divided words, what runs along the pages."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest

from index.sources.office import printed
from index.sources.pdf import Joiner, Line, blocks, without_running_lines


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


SIZE, LEADING = 10.0, 12.0
LONG = "Nobody who had been there for the whole of it could say"
GOES_ON = "afterwards what had been agreed and what had been only"


def page(*lines: str | tuple[float, str], top: float = 100, x: float = 50) -> list[Line]:
    """Lines below each other; "" leaves a gap, a blank in front indents, a number is a size."""
    found = []
    for n, given in enumerate(lines):
        size, text = given if isinstance(given, tuple) else (SIZE, given)
        if text:
            start = x + 15 * (len(text) - len(text.lstrip()))
            found.append(Line(start, top + n * LEADING, size, text.strip()))
    return found


def texts(*pages: Iterable[Line]) -> list[str]:
    return [block.text for block in blocks([list(page) for page in pages])]


def test_gaps_sizes_and_bullets_part_blocks():
    assert texts(
        page((20, "Talks go on"), "", LONG, GOES_ON, "said.", "", LONG, "• one", "• two", GOES_ON)
    ) == ["Talks go on", f"{LONG} {GOES_ON} said.", LONG, "one", f"two {GOES_ON}"]


def test_indented_lines_begin_paragraphs_unless_they_hang():
    assert texts(page(" " + LONG, GOES_ON, LONG, " The" + LONG, GOES_ON)) == [
        f"{LONG} {GOES_ON} {LONG}",
        f"The{LONG} {GOES_ON}",
    ]
    assert texts(page("1. " + LONG, " " + LONG, " " + LONG)) == [f"1. {LONG} {LONG} {LONG}"]


def test_a_line_that_ends_early_ends_a_paragraph():
    assert texts(page(LONG, GOES_ON, "merely said.", LONG, GOES_ON)) == [
        f"{LONG} {GOES_ON} merely said.",
        f"{LONG} {GOES_ON}",
    ]
    assert texts(page(LONG, GOES_ON, "Short head", LONG, GOES_ON)) == [
        f"{LONG} {GOES_ON} Short head",
        f"{LONG} {GOES_ON}",
    ]


def test_paragraphs_go_on_over_pages_columns_and_notes():
    first = page(LONG, GOES_ON, "", (7.0, "1 A note in small print."))
    column = page("and on. It was late.", "", LONG, GOES_ON, x=300)
    second = page("and on again.", "Then it ended.")
    assert texts([*first, *column], second) == [
        f"{LONG} {GOES_ON} and on. It was late.",
        "1 A note in small print.",
        f"{LONG} {GOES_ON} and on again. Then it ended.",
    ]


@pytest.mark.parametrize("last", ["It was late.", "A heading"])
def test_nothing_goes_on_after_a_full_stop_or_a_heading(last: str):
    assert texts(page(LONG, "", last), page("Nobody", GOES_ON)) == [LONG, last, f"Nobody {GOES_ON}"]


def test_a_large_first_letter_belongs_to_its_word():
    assert texts(page((30, "N"), LONG[1:], GOES_ON)) == [f"{LONG} {GOES_ON}"]


def kept(*pages: list[Line]) -> list[list[str]]:
    return [[line.text for line in page] for page in without_running_lines(pages)]


def test_heads_that_return_and_numbers_that_count_are_left_out():
    found = kept(
        page("The Daily Report", "One.", "- 7 -"),
        page("8 Chapter one", "Two.", "The Daily Report"),
        page("The Daily Report", "Three.", "Page 9 of 12"),
        page("Chapter two 10", "Four.", "x"),
    )
    assert found == [["One."], ["Two."], ["Three."], ["Four.", "x"]]


def test_rows_and_sentences_at_the_edges_stay():
    rows = [
        page(f"{n} {n * n}", f"text {'abc'[i]}", f"{n * n} {n}") for i, n in enumerate((3, 9, 31))
    ]
    assert kept(*rows) == [[line.text for line in row] for row in rows]


def test_the_headline_stays_where_heads_repeat_it_in_small_print():
    assert kept(
        page((24, "Talks go on"), "One."), page("Talks go on", "Two."), page("Talks go on", "3.")
    )[0] == ["Talks go on", "One."]


def test_pages_without_lines_are_no_harm():
    assert texts() == texts([], []) == []
    assert texts(page(LONG), [], page("and on.")) == [f"{LONG} and on."]


@pytest.mark.parametrize(
    "lines",
    [
        [GOES_ON] * 20_000,
        ["a" * 1_000_000],
        ["." * 1_000_000],
        ["1." * 500_000],
        ["a-" * 500_000, "b"],
        ["\u00ad" * 500_000],
    ],
    ids=["lines", "letters", "dots", "numbers", "hyphens", "soft hyphens"],
)
def test_much_of_anything_takes_linear_time(lines: list[str]):
    began = time.process_time()
    assert len(texts(page(*map(printed, lines)))) <= 1
    assert time.process_time() - began < 5


def test_a_bullet_alone_is_no_block():
    assert texts(page("•", GOES_ON)) == [GOES_ON]
