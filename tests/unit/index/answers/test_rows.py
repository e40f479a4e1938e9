"""Which rows of tables a question names."""

import pytest

from index.answers.rows import row_name, rows_named, within_cell
from index.model import Span

OBERAU, UNTERAU = "Village: Oberau; Yes: 412; No: 398.", "Village: Unterau; Yes: 398; No: 530."
WEST, TOTAL = "Village: Oberau West; Yes: 120; No: 77.", "Village: Total; Yes: 930; No: 1,005."
TABLE = (OBERAU, UNTERAU, WEST, TOTAL)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        (OBERAU, "Oberau"),
        ("Rank: 1; Club: Kelby Town; Points: 40.", "Kelby Town"),
        ("Year: 2019; Visitors: 3,000.", "2019"),
        ("Oberau; 412; 398.", "Oberau"),
        ("Oberau: 412.", "Oberau"),
        ("The mayor left; the council stayed.", None),
        ("He said: no.", None),
        ("Two things matter: speed; the price.", None),
        ("The bridge closes in May.", None),
    ],
)
def test_a_row_is_told_from_prose(sentence, name):
    assert row_name(sentence) == name


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How many people in Oberau voted no?", {"Oberau"}),
        ("how many yes votes in unterau", {"Unterau"}),
        ("Oberau West, how many yes?", {"Oberau West"}),
        ("How did Oberau and Oberau West vote?", {"Oberau", "Oberau West"}),
        ("How many voted no in total?", {"Total"}),
        ("How many voted no overall?", {"Total"}),
        ("How many in Unterau voted in total?", {"Unterau"}),
        ("Where did most people vote no?", set()),
        ("Did Oberauer vote?", set()),
    ],
)
def test_the_rows_that_a_question_names(question, named):
    assert rows_named(question, TABLE) == named


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("51,900; Perf", "51,900"),
        ("ar: 2024; Visitors: 51,900", "Visitors: 51,900"),
        ("51,900", "51,900"),
        ("Year: 2024; Visitors: 51,900; Performances: 170.", None),
    ],
)
def test_what_is_marked_stays_within_its_cell(marked, left):
    row = "Year: 2024; Visitors: 51,900; Performances: 170."
    start = row.index(marked)
    assert within_cell(row, Span(start, start + len(marked))).of(row) == (left or marked)


def test_prose_is_marked_as_it_is():
    text = "It rained; it snowed."
    assert within_cell(text, Span(3, 13)) == Span(3, 13)
