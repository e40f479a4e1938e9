"""Pieces of text on a PDF page: words, lines, columns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.sandboxed import pdf as sandboxed_pdf
from index.sandboxed.pdf_text import logical
from tests.files import BODY_SIZE, pdf_of, show, stream
from tests.unit.index.sources.test_pdf import lines

LEFT = [
    "The harbour of Brell is closed",
    "until Monday, because a crane",
    "fell into the basin on Friday.",
    "Nobody was hurt, but the ferry",
    "could not leave for two days.",
]
RIGHT = [
    "Voters in Orlen said no to the",
    "new swimming hall, with 412 to",
    "398 votes. The mayor, Ada Kern,",
    "said that she would ask again",
    "in the spring of next year.",
]


def row_by_row(*columns: Sequence[str], xs: Sequence[float] = (72, 320)) -> bytes:
    """Columns as some programs write them: the first line of each, then the second."""
    return show(
        [
            (x, 700 - 14 * n, BODY_SIZE, text)
            for n, row in enumerate(zip(*columns, strict=True))
            for x, text in zip(xs, row, strict=True)
            if text
        ]
    )


def placed(*words: tuple[float, str]) -> bytes:
    return show([(x, 700, BODY_SIZE, word) for x, word in words])


# Positions by a font with letters of 5.5 points, shown in one with narrower and wider ones.
WORDS = "Monday, Mammoths and wild women will come to see filthy mammals swimming".split()
BY_ANOTHER_FONT = [
    (72 + 5.5 * len("".join(WORDS[:n])) + 3.1 * n, word) for n, word in enumerate(WORDS)
]


def test_words_placed_one_by_one_are_words_whatever_the_gaps():
    assert lines(placed(*BY_ANOTHER_FONT)) == [" ".join(WORDS)]


def test_three_words_placed_one_by_one_below_a_title_are_words():
    title = show([(72, 740, 20, "A title in one piece"), (72, 720, 11, "By Ada Kern")])
    assert lines(title + b"\n" + placed(*BY_ANOTHER_FONT[:3]))[2:] == [" ".join(WORDS[:3])]


def test_words_moved_to_within_one_text_are_words():
    moves = [
        b"%g 0 Td (%s) Tj" % (x - before, word.encode())
        for (before, _), (x, word) in zip(
            [(72.0, ""), *BY_ANOTHER_FONT], BY_ANOTHER_FONT, strict=False
        )
    ]
    content = b"BT /F1 11 Tf 72 700 Td " + b" ".join(moves) + b" ET"
    assert lines(content) == [" ".join(WORDS)]


def test_letters_placed_one_by_one_are_words_by_their_gaps():
    widths = {"t": 278, "h": 556, "e": 556, "n": 556, "i": 222, "s": 500}
    x, letters = 72.0, []
    for letter in "this is the thinnest tennis net":
        if letter != " ":
            letters.append((x, letter))
        x += widths.get(letter, 278) * BODY_SIZE / 1000
    assert lines(placed(*letters)) == ["this is the thinnest tennis net"]


def test_parts_of_words_are_joined_and_kerned_letters_too():
    assert lines(b"BT /F1 10 Tf 72 700 Td (Wash) Tj 25.6 0 Td (ington said no) Tj ET") == [
        "Washington said no"
    ]
    assert lines(b"BT /F1 10 Tf 72 700 Td [(W) 80 (ashing) -20 (ton) -278 (said)] TJ ET") == [
        "Washington said"
    ]


def test_spacing_of_letters_and_words_is_no_gap():
    assert lines(b"BT /F1 10 Tf 3 Tc 9 Tw 50 Tz 72 700 Td (one t) Tj (wo) Tj ET") == ["one two"]


def test_letters_printed_twice_for_bold_are_read_once():
    assert lines(placed((72, "Bold head"), (72.3, "Bold head"), (200, "Bold head"))) == [
        "Bold head\tBold head"
    ]


def test_raised_letters_stay_in_their_line():
    assert lines(b"BT /F1 11 Tf 72 700 Td (said so) Tj /F1 6 Tf 4 Ts (2) Tj ET") == ["said so2"]


def test_the_number_of_a_note_is_no_part_of_a_year():
    shown = b"BT /F1 11 Tf 72 700 Td (built in 1931) Tj /F1 6 Tf 4 Ts (12) Tj"
    assert lines(shown + b" /F1 11 Tf 0 Ts ( and) Tj ET") == ["built in 1931[12] and"]


def test_columns_written_row_by_row_are_read_one_after_the_other():
    assert lines(row_by_row(LEFT, RIGHT)) == [*LEFT, *RIGHT]
    third = [line.replace("the", "our") for line in LEFT]
    assert lines(row_by_row(LEFT, RIGHT, third, xs=(40, 220, 400))) == [*LEFT, *RIGHT, *third]


def test_columns_with_lines_at_other_heights_are_read_one_after_the_other():
    left = [(72.0, 700 - 14.0 * n, BODY_SIZE, text) for n, text in enumerate(LEFT)]
    right = [(320.0, 693 - 13.0 * n, BODY_SIZE, text) for n, text in enumerate(RIGHT)]
    by_height = sorted([*left, *right], key=lambda line: -line[1])
    assert lines(show(by_height)) == [*LEFT, *RIGHT]
    assert lines(show([*left, *right])) == [*LEFT, *RIGHT]


def test_columns_within_one_string_are_read_one_after_the_other():
    # In the font of the test file, blanks and letters have not the same width.
    text = [b"BT /F1 11 Tf 72 700 Td 14 TL"]
    for left, right in zip(LEFT, RIGHT, strict=True):
        text.append(b"(%s) Tj 250 0 Td (%s) Tj -250 -14 Td" % (left.encode(), right.encode()))
    assert lines(b"\n".join([*text, b"ET"])) == [*LEFT, *RIGHT]
    padded = [
        b"(%s) Tj T*" % (left.ljust(42) + right).encode()
        for left, right in zip(LEFT, RIGHT, strict=True)
    ]
    content = b"\n".join([b"BT /F1 11 Tf 72 700 Td 14 TL", *padded, b"ET"])
    data = pdf_of([stream(content)]).replace(b"/Helvetica", b"/Courier")
    assert [line[-1] for line in sandboxed_pdf.parse(data)["pages"][0]] == [*LEFT, *RIGHT]


def test_what_stands_above_and_below_columns_stays_there():
    head, foot = show([(72, 740, 20, "News of the week")]), show([(72, 500, 11, "The end.")])
    longer = [*RIGHT, "She has two years left for it."]
    content = b"\n".join([head, row_by_row([*LEFT, ""], longer), foot])
    assert lines(content) == ["News of the week", *LEFT, *longer, "The end."]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (["Place", "Oberau", "Unterau", "Brell"], ["Yes", "412", "31", "77"]),
        (["apples from Brell", "pears", "plums and cherries"], ["per kilo", "each", "per box"]),
        (["Ada Kern, chair", "Udo Marx", "Paula Reiss, engineer"], ["Brell", "Orlen", "Zellin"]),
    ],
)
def test_rows_of_tables_are_read_row_by_row(left: list[str], right: list[str]):
    found = lines(row_by_row(left, right))
    assert [line.split("\t") for line in found] == [
        list(row) for row in zip(left, right, strict=True)
    ]


def test_forms_are_read_where_they_are_put():
    content = b"q 1 0 0 1 72 650 cm /F1 11 Tf BT (below) Tj ET Q\n" + show([(72, 700, 11, "above")])
    assert lines(content) == ["below", "above"]


def test_hebrew_is_read_from_right_to_left():
    assert "".join(logical(list("2026 םולש"))) == "שלום 2026"
    assert "".join(logical(list("he said םולש to us"))) == "he said שלום to us"
