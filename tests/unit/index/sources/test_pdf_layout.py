"""Lines of a PDF page: paragraphs, divided words, what runs along the pages."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest

from index.sources.office import printed
from index.sources.pdf import Joiner, blocks
from index.sources.pdf_pages import PdfLine, part_running_lines


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


def page(*lines: str | tuple[float, str], top: float = 100, x: float = 50) -> list[PdfLine]:
    """Lines below each other; "" leaves a gap, a blank in front indents, a number is a size."""
    found = []
    for n, given in enumerate(lines):
        size, text = given if isinstance(given, tuple) else (SIZE, given)
        if text:
            start = x + 15 * (len(text) - len(text.lstrip()))
            found.append(PdfLine(start, top + n * LEADING, size, text.strip()))
    return found


def texts(*pages: Iterable[PdfLine]) -> list[str]:
    return [block.text for block in blocks([list(page) for page in pages])]


def test_gaps_sizes_and_bullets_part_blocks():
    assert texts(
        page((20, "Talks go on"), "", LONG, GOES_ON, "said.", "", LONG, "• one", "• two", GOES_ON)
    ) == ["Talks go on", f"{LONG} {GOES_ON} said.", LONG, "one", f"two {GOES_ON}"]


def test_rows_of_tables_are_blocks():
    assert texts(page(LONG, GOES_ON, "Place\tYes\tNo", "Oberau\t412\t398", LONG, GOES_ON)) == [
        f"{LONG} {GOES_ON}",
        "Place Yes No",
        "Oberau 412 398",
        f"{LONG} {GOES_ON}",
    ]
    assert texts(page("a\t" + LONG, "        " + GOES_ON)) == [f"a {LONG} {GOES_ON}"]


def test_indented_lines_begin_paragraphs_unless_they_hang():
    assert texts(page(" " + LONG, GOES_ON, LONG, " The" + LONG, GOES_ON)) == [
        f"{LONG} {GOES_ON} {LONG}",
        f"The{LONG} {GOES_ON}",
    ]
    assert texts(page("1. " + LONG, " " + LONG, " " + LONG)) == [f"1. {LONG} {LONG} {LONG}"]


def test_items_without_a_sign_behind_their_numbers_are_kept_apart():
    items = [f"{n} Rule: {LONG}" for n in (9, 10, 11)]
    assert texts(page(*items)) == items


@pytest.mark.parametrize(
    "marks",
    [
        ("a)", "b)", "c)"),
        ("(9)", "(10)", "(11)"),
        ("h.", "i.", "j."),
        ("iii.", "iv.", "v."),
        ("1.9", "1.10", "1.11"),
        ("-", "-", "-"),
        ("–", "–", "–"),
    ],
)
def test_items_are_kept_apart_by_marks_of_any_kind(marks: tuple[str, ...]):
    items = [f"{mark} {LONG}" for mark in marks]
    assert texts(page(*items)) == items
    assert texts(page(*(line for item in items for line in (item, f" {GOES_ON}")))) == [
        f"{item} {GOES_ON}" for item in items
    ]


def test_an_item_goes_on_below_its_number_with_a_capital_too():
    found = [f"9. {LONG} {LONG}", f"10. {LONG} {LONG}"]
    assert texts(page(f"9. {LONG}", f" {LONG}", f"10. {LONG}", f" {LONG}")) == found


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


def kept(*pages: list[PdfLine]) -> list[list[str]]:
    return [
        [line.text for line in (*page.top, *page.text, *page.bottom)]
        for page in part_running_lines(pages)
    ]


def test_numbers_of_pages_may_be_larger_than_the_text():
    body = ("It was late.", "Nobody came.")
    pages = [page(*body, "", (SIZE * 1.2, str(n))) for n in (1, 2, 3)]
    assert kept(*pages) == [[*body]] * 3


def test_heads_that_return_are_left_out_but_for_the_first_and_numbers_of_pages_go():
    body = ("It was late.", "Nobody came.")
    found = kept(
        page("The Daily Report", "", *body, "", "- 1 -"),
        page("2\tChapter one", "", *body, "", "The Daily Report"),
        page("The Daily Report", "", *body, "", "- 3 -"),
        page("The Daily Report | Page 4 of 12", "", *body, "", "4"),
        page("Chapter one\t5", "", *body, "", "5 of 12"),
    )
    assert found == [
        ["The Daily Report", *body],
        ["2\tChapter one", *body, "The Daily Report"],
        [*body],
        [*body],
        [*body],
    ]


@pytest.mark.parametrize(
    "tops",
    [
        ("2017 The council voted.", "2018 Work began.", "2019 A pier sank."),
        ("1. Opening", "2. Budget", "3. Elections"),
        ("2017", "2018", "2019"),
        ("101", "102", "103"),
        ("Invoice 31", "Invoice 32", "Invoice 33"),
        ("No.\t101\t3 March", "No.\t102\t3 March", "No.\t103\t3 March"),
        ("Day 1", "Day 2", "Day 3"),
        ("Brell, 3 March 2026", "Brell, 4 March 2026", "Brell, 5 March 2026"),
        ("12/2025", "1/2026", "2/2026"),
        ("See also page 40", "See also page 12", "See also page 31"),
        ("Bread p. 40", "Bread p. 50", "Bread p. 60"),
        ((14, "Findings"), (14, "Findings"), (14, "Findings")),
        ("Findings", "Methods", "Findings and methods"),
    ],
)
def test_lines_at_the_edges_that_may_be_text_are_kept(tops: tuple[str, ...]):
    long = ["It was late.", "Nobody came."]
    pages = [page(top, "", *long, f"It ended in {n}.") for n, top in enumerate(tops)]
    for found, given in zip(kept(*pages), pages, strict=True):
        assert found == [line.text for line in given]
    feet = [page(f"It began in {n}.", *long, "", top) for n, top in enumerate(tops)]
    for found, given in zip(kept(*feet), feet, strict=True):
        assert found == [line.text for line in given]


def test_lists_over_a_page_break_are_kept_as_items():
    assert texts(
        page("1. Opening of the meeting", "2. Budget of the club"),
        page("3. Elections of the board", "4. Any other business"),
    ) == [
        "1. Opening of the meeting",
        "2. Budget of the club",
        "3. Elections of the board",
        "4. Any other business",
    ]
    assert texts(page("2017 The council voted", "2018 Work began"), page("2018 A pier sank")) == [
        "2017 The council voted",
        "2018 Work began",
        "2018 A pier sank",
    ]


def test_times_and_numbers_at_line_starts_begin_blocks_only_in_lists():
    assert texts(page("9.00 Opening of it", "10.30 Speech of one", "12.15 Lunch")) == [
        "9.00 Opening of it",
        "10.30 Speech of one",
        "12.15 Lunch",
    ]
    prose = ["2.5 million people who lived along the river left in", "3.7 days, most of them by"]
    assert texts(page(*prose)) == [" ".join(prose)]


def test_pages_of_one_line_and_pages_twice_are_kept():
    assert texts(page("412 voted yes"), page("398 voted no"), page("412 voted yes")) == [
        "412 voted yes",
        "398 voted no",
        "412 voted yes",
    ]
    letter = page("Brell, 3 March", "", "To all members", "", LONG, GOES_ON, "", "Ada Kern")
    assert kept(letter, letter) == [[line.text for line in letter]] * 2


def test_a_repeated_line_without_a_gap_is_text():
    pages = [page("It was late.", f"Nobody came {n}.", "It was late.") for n in range(9)]
    assert kept(*pages) == [[line.text for line in each] for each in pages]


def test_paragraphs_go_on_past_heads_that_begin_on_a_later_page():
    assert texts(
        page(LONG, GOES_ON, "and"),
        page("The Daily Report", "", LONG.lower(), GOES_ON),
        page("The Daily Report", "", "and on."),
    ) == [f"{LONG} {GOES_ON} and {LONG.lower()} {GOES_ON} and on.", "The Daily Report"]


def test_the_headline_stays_where_heads_repeat_it_in_small_print():
    assert kept(
        page((24, "Talks go on"), "", "One."),
        page((8, "Talks go on"), "Two."),
        page((8, "Talks go on"), "3."),
    ) == [["Talks go on", "One."], ["Talks go on", "Two."], ["3."]]


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
