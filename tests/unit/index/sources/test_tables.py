"""Tables of every kind of file become sentences that name the heads of row and column."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document as WordDocument

from index.sources import read
from index.sources.tables import rows_as_sentences
from index.text.sentences import sentences
from tests.files import Placed, column, pdf

PROSE = "The vote on Sunday was close. The clerk, Udo Marx, read the numbers at ten."
HEADS, *ROWS = [["Village", "Yes", "No"], ["Oberau", "412", "398"], ["Niederau", "87", "213"]]
TOLD = ["Village: Oberau; Yes: 412; No: 398.", "Village: Niederau; Yes: 87; No: 213."]


def lines(name: str, data: bytes) -> list[str]:
    return [line for line in read(name, data).text.split("\n") if line]


def page(table: str) -> bytes:
    article = f"<article><h1>The vote</h1><p>{PROSE}</p>{table}</article>"
    return f"<html><body>{article}</body></html>".encode()


def row(cells: list[str], tag: str = "td") -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


@pytest.mark.parametrize("head", ["td", "th"])
def test_tables_of_pages(head):
    table = f"<table>{row(HEADS, head)}{''.join(map(row, ROWS))}</table>"
    assert lines("a.html", page(table))[-2:] == TOLD


NAMES = [["Name", "Task"], ["Ada Kern", "chairs"], ["Udo Marx", "counts"]]
TASKS = ["Name: Ada Kern; Task: chairs.", "Name: Udo Marx; Task: counts."]


@pytest.mark.parametrize(
    "head",
    [
        f"<thead>{row(NAMES[0])}</thead>",
        row([f"<strong>{name}</strong>" for name in NAMES[0]]),
        row([f"<p><b>{name}</b></p>" for name in NAMES[0]]),
    ],
)
def test_heads_of_words_that_a_page_marks(head):
    """They were a sentence of their own, which tells nothing and was quoted."""
    table = f"<table>{head}<tbody>{''.join(map(row, NAMES[1:]))}</tbody></table>"
    assert lines("a.html", page(table))[-2:] == TASKS


def test_a_title_over_all_columns_is_no_head():
    title = "<tr><th colspan=3>The vote of Sunday</th></tr>"
    table = f"<table>{title}{row(HEADS, 'th')}{''.join(map(row, ROWS))}</table>"
    assert lines("a.html", page(table))[-3:] == ["The vote of Sunday", *TOLD]


def test_cells_that_span_rows_and_columns():
    table = (
        "<table><tr><th rowspan=2>Village</th><th colspan=2>2024</th></tr>"
        "<tr><th>Yes</th><th>No</th></tr><tr><th rowspan=2>Oberau</th><td>412</td><td>398</td></tr>"
        "<tr><td colspan=2>none</td></tr></table>"
    )
    assert lines("a.html", page(table))[-2:] == [
        "Village: Oberau; 2024 Yes: 412; 2024 No: 398.",
        "Village: Oberau; 2024 Yes: none; 2024 No: none.",
    ]


def test_heads_of_rows_alone():
    one, other = "<th>Founded</th><td>1923</td>", "<th>Mayor</th><td>Ada Kern</td>"
    table = f"<table><tr>{one}</tr><tr>{other}</tr></table>"
    assert lines("a.html", page(table))[-2:] == ["Founded: 1923.", "Mayor: Ada Kern."]


def test_tables_of_markdown():
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in [HEADS, ["---"] * 3, *ROWS])
    assert lines("a.md", f"# The vote\n\n{PROSE}\n\n{table}\n".encode())[-2:] == TOLD


@pytest.mark.parametrize("bold", [False, True])
def test_tables_of_word_files(bold):
    document = WordDocument()
    document.add_paragraph(PROSE)
    table = document.add_table(3, 3)
    for cells, texts in zip(table.rows, [HEADS, *ROWS], strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.paragraphs[0].add_run(text).bold = (texts is HEADS and bold) or None
    data = BytesIO()
    document.save(data)
    assert lines("a.docx", data.getvalue())[-2:] == TOLD


def test_paragraphs_of_a_cell_of_a_word_file_stay_in_their_row():
    """The row fell apart into lines, and the rows below it lost their heads."""
    document = WordDocument()
    table = document.add_table(3, 3)
    rows = [["Village", "Tasks", "Votes"], ["Oberau", "the bridge", "412"], ["Brell", "", "87"]]
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    for text in ("the pool.", "the hall"):
        table.rows[1].cells[1].add_paragraph(text)
    data = BytesIO()
    document.save(data)
    assert lines("a.docx", data.getvalue()) == [
        "Village: Oberau; Tasks: the bridge, the pool, the hall; Votes: 412.",
        "Village: Brell; Votes: 87.",
    ]


def test_marked_heads_over_words_in_a_word_file():
    document = WordDocument()
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["Name", "Role", "Ada Kern", "mayor"], strict=True):
        cell.paragraphs[0].add_run(text).bold = text in ("Name", "Role") or None
    data = BytesIO()
    document.save(data)
    assert lines("a.docx", data.getvalue()) == ["Name: Ada Kern; Role: mayor."]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["| a | b |", "|---|---|", "| c | |"], ["a: c."]),
        (
            ["| Ada | mayor | Brell |", "| Udo | clerk | Orlen |"],
            ["Ada; mayor; Brell.", "Udo; clerk; Orlen."],
        ),
        (
            ["| Name of candidate | Born in | Town |", "| Ada Kern | May | Brell |"],
            ["Name of candidate: Ada Kern; Born in: May; Town: Brell."],
        ),
        (["| Village | Votes |", "| Oberau | 412 |"], ["Village: Oberau; Votes: 412."]),
        (
            ["| Team | Brell Town |", "| Coach | Ada Kern |"],
            ["Team: Brell Town.", "Coach: Ada Kern."],
        ),
        (
            ["| Town | Oberau | Brell |", "| Mayor | Kern | Lind |"],
            ["Town; Oberau; Brell.", "Mayor; Kern; Lind."],
        ),
        (["|  | 2023 | 2024 |", "| Oberau | 1 | 2 |"], ["Oberau; 2023: 1; 2024: 2."]),
        (["| a | b | c |", "|---|---|---|", "| 1 | 2 |"], ["1: 2."]),
        (
            ["| a | b |", "|---|---|", "| Shut. See below | x\\|y |"],
            ["a: Shut, See below; b: x|y."],
        ),
        (
            ["| Boat | Length |", "|---|---|", "| | m |", "| Lotta | 12 |"],
            ["Boat: Lotta; Length m: 12."],
        ),
        (
            ["| Port | Ships 2024 | Ships 2025 |", "| Norvik | 412 | 438 |"],
            ["Port: Norvik; Ships 2024: 412; Ships 2025: 438."],
        ),
        (["| Founded | 1923 |"], ["Founded: 1923."]),
        (["| a | b |", "|---|---|"], ["a: b."]),
        (["| a |", "|---|", "| b |", "", "| c |", "|---|", "| d |"], ["a", "b", "", "c", "d"]),
        (["Home | News | Sport", "a || b"], ["Home | News | Sport", "a || b"]),
    ],
)
def test_rows(rows, found):
    assert rows_as_sentences("\n".join(rows)).split("\n") == found


def test_a_row_is_one_sentence():
    text = "\n".join([PROSE, *TOLD])
    assert [s.of(text) for s in sentences(text, title="", language="en")][-2:] == TOLD


def test_hostile_tables_take_no_room():
    wide = "<table>" + "<tr><td colspan=1000 rowspan=1000>a</td><td>b</td></tr>" * 300 + "</table>"
    assert len(read("a.html", page(wide)).text) < 20_000
    rows_as_sentences("|" * 100_000)
    rows_as_sentences("| --" * 50_000)


def test_tables_of_pdf_files():
    cells = [
        (x, 600 - 14 * n, 10, text)
        for n, texts in enumerate([HEADS, *ROWS])
        for x, text in zip((72, 200, 300), texts, strict=True)
    ]
    data = pdf([[*column(["The vote on Sunday was close.", "It was a cold day."]), *cells]])
    assert lines("a.pdf", data)[-2:] == TOLD


def test_tables_with_narrow_columns_of_pdf_files():
    """Rows with long names ran into the next, as only wide gaps parted cells."""
    rows = [HEADS, *ROWS, ["Upper Niederau", "31", "12"], ["Lower Niederau", "30", "14"]]
    cells = [
        (x, 600 - 14 * n, 11, text)
        for n, texts in enumerate(rows)
        for x, text in zip((72, 160, 190), texts, strict=True)
    ]
    data = pdf([[*column(["The vote on Sunday was close.", "It was a cold day."]), *cells]])
    assert lines("a.pdf", data)[-4:] == [
        *TOLD,
        "Village: Upper Niederau; Yes: 31; No: 12.",
        "Village: Lower Niederau; Yes: 30; No: 14.",
    ]


WORKS = [
    [["Project", "and place"], ["Contractor"], ["Agreed", "cost"]],
    [["Mill Road", "bridge"], ["Hansen", "and Sons"], ["£410,000"]],
    [["Old wall", "near the", "East Gate"], ["Lund"], ["£98,500", "net"]],
    [["School roof"], ["North-", "Coast", "Roofing"], ["£77,300"]],
]
BUILT = [
    "Project and place: Mill Road bridge; Contractor: Hansen and Sons; Agreed cost: £410,000.",
    "Project and place: Old wall near the East Gate; Contractor: Lund; Agreed cost: £98,500 net.",
    "Project and place: School roof; Contractor: North-Coast Roofing; Agreed cost: £77,300.",
]


def wrapped(align: float, padding: float, top: float = 600) -> list[Placed]:
    """Cells of several lines, written cell by cell; `align` is 0 at the top and 1 at the bottom."""
    found: list[Placed] = []
    for row in WORKS:
        tallest = max(map(len, row))
        for x, cell in zip((72, 160, 250), row, strict=True):
            first = top - 12 * align * (tallest - len(cell))
            found += [(x, first - 12 * n, 10, text) for n, text in enumerate(cell)]
        top -= 12 * tallest + padding
    return found


@pytest.mark.parametrize("align", [0, 0.5, 1])
@pytest.mark.parametrize("padding", [0, 6])
def test_cells_of_several_lines_of_pdf_files(align, padding):
    """Their lines were mixed with those of other cells and rows."""
    # With nothing between, only a row whose cells begin at one height is told from the text above.
    above = column(["The vote on Sunday was", "close."], top=640 if align else 626)
    data = pdf([[*above, *wrapped(align, padding), *column(["It was a cold day."], top=420)]])
    assert lines("a.pdf", data) == ["The vote on Sunday was close.", *BUILT, "It was a cold day."]


@pytest.mark.parametrize("align", [0, 1])
def test_cells_of_several_lines_that_are_written_line_by_line(align):
    by_line = sorted(wrapped(align, 6), key=lambda placed: -placed[1])
    assert lines("a.pdf", pdf([by_line])) == BUILT


@pytest.mark.parametrize("align", [0, 0.5, 1])
def test_lines_of_which_nobody_knows_the_row_are_not_mixed(align):
    by_line = sorted(wrapped(align, 0), key=lambda placed: -placed[1])
    for line in lines("a.pdf", pdf([by_line])):
        assert sum(word in line for word in ("Mill", "wall", "School")) < 2
        assert sum(word in line for word in ("Sons", "Lund", "Coast")) < 2


def test_a_row_alone_on_the_next_page_has_the_heads_too():
    first, last = wrapped(0, 6)[:-5], wrapped(0, 6)[-5:]
    assert lines("a.pdf", pdf([first, last])) == BUILT


def test_numbers_that_do_not_fit_into_their_column_are_whole():
    rows = [["Hall", "£410,00", "0"], ["Pier", "£1,20", "0,000 paid"], ["Lift", "£9 in 2025,", "1"]]
    cells = [
        placed
        for n, (name, cost, more) in enumerate(rows)
        for placed in [
            (72, 600 - 36 * n, 10, name),
            (160, 600 - 36 * n, 10, cost),
            (160, 588 - 36 * n, 10, more),
            (250, 600 - 36 * n, 10, "open"),
        ]
    ]
    assert lines("a.pdf", pdf([cells])) == [
        "Hall; £410,000; open.",
        "Pier; £1,200,000 paid; open.",
        "Lift; £9 in 2025, 1; open.",
    ]


def test_empty_cells_of_pdf_files_keep_their_column():
    rows = [HEADS, *ROWS, ["Brell", "", "12"], ["Orlen", "30", ""]]
    cells = [
        (x, 600 - 14 * n, 11, text)
        for n, texts in enumerate(rows)
        for x, text in zip((72, 160, 190), texts, strict=True)
        if text
    ]
    assert lines("a.pdf", pdf([cells])) == [
        *TOLD,
        "Village: Brell; No: 12.",
        "Village: Orlen; Yes: 30.",
    ]


def test_numbers_and_items_of_a_list_are_no_table():
    items = ["No pay cut", "No night shifts", "New boots"]
    cells = [
        (x, 600 - 14 * n, 11, text)
        for n, item in enumerate(items)
        for x, text in ((72, f"{n + 1}."), (92, item))
    ]
    data = pdf([[*column(["They want this:", "It was a cold day."]), *cells]])
    assert lines("a.pdf", data)[-3:] == [f"{n}. {item}" for n, item in enumerate(items, 1)]


@pytest.mark.parametrize("repeated", [False, True])
def test_a_table_that_goes_on_over_pages_keeps_its_heads(repeated):
    towns = ["Oberau", "Niederau", "Brell", "Orlen", "Zellin", "Tolm", "Unterau", "Weir"]
    pages = []
    for number, part in enumerate((towns[:4], towns[4:]), 1):
        rows = [[town, str(10 * number + n), str(n)] for n, town in enumerate(part)]
        shown = [HEADS, *rows] if repeated or number == 1 else rows
        cells = [
            (x, 600 - 14 * n, 11, text)
            for n, texts in enumerate(shown)
            for x, text in zip((72, 200, 300), texts, strict=True)
        ]
        pages.append([(72, 800, 9, "The Daily Report"), *cells, (300, 30, 12, str(number))])
    assert lines("a.pdf", pdf(pages))[1:] == [
        f"Village: {town}; Yes: {10 * (n // 4 + 1) + n % 4}; No: {n % 4}."
        for n, town in enumerate(towns)
    ]


def test_heads_that_return_are_no_row():
    table = f"<table>{row(HEADS, 'th')}{row(ROWS[0])}{row(HEADS, 'th')}{row(ROWS[1])}</table>"
    assert lines("a.html", page(table))[-2:] == TOLD


def test_tables_of_pages_that_follow_each_other_have_their_own_heads():
    one = f"<table>{''.join(map(row, [HEADS, *ROWS]))}</table>"
    other = f"<table>{row(['Boat', 'Trips', 'People'])}{row(['Lotta', '40', '9'])}</table>"
    assert lines("a.html", page(one + other))[-3:] == [*TOLD, "Boat: Lotta; Trips: 40; People: 9."]


def test_a_date_in_a_row_is_not_the_articles():
    rows = [["Village", "Votes", "Counted"], ["Oberau", "412", "3 March 2026"]]
    cells = [
        (x, 600 - 14 * n, 11, text)
        for n, texts in enumerate(rows)
        for x, text in zip((72, 200, 300), texts, strict=True)
    ]
    assert read("a.pdf", pdf([[*column(["The vote"]), *cells]])).published is None
    head = [(72, 700, 9, "No. 31"), (200, 700, 9, "Daily Report"), (400, 700, 9, "4 March 2026")]
    assert (
        read("a.pdf", pdf([[*head, *column(["The vote"], 650), *cells]])).published == "2026-03-04"
    )
    document = WordDocument()
    table = document.add_table(2, 3)
    for cell, text in zip(table._cells, [*rows[0], *rows[1]], strict=True):
        cell.text = text
    data = BytesIO()
    document.save(data)
    assert read("a.docx", data.getvalue()).published is None


def test_tables_of_pdf_files_that_follow_each_other_have_their_own_heads():
    boats = [
        ["Boat", "Trips", "People", "Cars"],
        ["Lotta", "40", "9", "7"],
        ["Inga", "12", "3", "1"],
    ]
    cells = [
        (x, 600 - 14 * n - 40 * (len(texts) > 3), 11, text)
        for n, texts in enumerate([HEADS, *ROWS, *boats])
        for x, text in zip((72, 200, 300, 400), texts, strict=False)
    ]
    assert lines("a.pdf", pdf([cells])) == [
        *TOLD,
        "Boat: Lotta; Trips: 40; People: 9; Cars: 7.",
        "Boat: Inga; Trips: 12; People: 3; Cars: 1.",
    ]


@pytest.mark.parametrize("gap", ["\t", "   "])
def test_tables_that_are_pasted_with_tabs_or_blanks(gap):
    table = "\n".join(gap.join(cells) for cells in [HEADS, *ROWS])
    assert lines("a.txt", f"{PROSE}\n\n{table}\n\nIt was cold.".encode())[1:] == [
        *TOLD,
        "It was cold.",
    ]
    prose = "Oberau  said no.\nBrell  said yes.\nOrlen  said nothing."
    assert rows_as_sentences(prose) == prose


def test_borders_of_plus_and_minus_are_left_out():
    drawn = "\n".join(["+---+---+---+", *(f"| {' | '.join(cells)} |" for cells in [HEADS, *ROWS])])
    drawn = drawn.replace("No |\n", "No |\n+---+---+---+\n") + "\n+---+---+---+"
    assert rows_as_sentences(drawn).split("\n") == TOLD


def test_tables_of_word_files_that_follow_each_other_have_their_own_heads():
    """The second got the heads of the first, as blank paragraphs between them are left out."""
    document = WordDocument()
    for n, rows in enumerate([[HEADS, *ROWS], [["Boat", "Trips", "People"], ["Lotta", "40", "9"]]]):
        table = document.add_table(len(rows), 3)
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("" if n == 0 else PROSE)
    data = BytesIO()
    document.save(data)
    assert lines("a.docx", data.getvalue()) == [
        *TOLD,
        "Boat: Lotta; Trips: 40; People: 9.",
        PROSE,
    ]
