"""Bylines and datelines: found at the start of lines, left out of sentences."""

from __future__ import annotations

import time

import pytest

from index.sources.document import NOTHING_GIVEN, ParsedSource, to_document
from index.text.bylines import byline, dateline, dates, writer
from index.text.sentences import sentences

FIRE = "The fire began at noon."


def split(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text, title="Fire on Evia", language="en")]


@pytest.mark.parametrize(
    "line",
    [
        "By Birgitta Solano, Eskerholt, Saturday 30 August 2025",
        "By JANE DOE",
        "By Jane Doe, Staff Writer",
        "By Jane Doe, health correspondent",
        "By Jane K. Doe | Associated Press",
        "By Maria del Carmen López and John Roe, The Valley Post",
        "By Jane Doe in Athens",
        "By Jane Doe (jane@valley.example)",
        "By Reuters",
        "Words by Jane Doe",
        "(Reporting by Jane Doe in Athens; Editing by John Roe)",
        "Additional reporting by John Roe.",
        "Von Anna Müller, Athen",
        "Par Jean Dupont",
        "Eskerholt, Saturday 30 August 2025",
        "Eskerholt, Saturday",
        "ESKERHOLT (VP)",
        "Jane Doe, 12 March 2025, 10:30 GMT",
        "Jane Doe, CNN",
        "Story by Jane Doe • 2h • 3 min read",
        "By Prof. Jane Doe",
        "Published 12 March 2025 at 10:30",
        "Last updated: March 3, 2026",
    ],
)
def test_a_line_that_says_who_wrote_the_text_is_no_sentence(line):
    assert split(f"Fire on Evia\n\n{line}\n\n{FIRE}") == [FIRE]


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe, Athens",
        "By Jane Doe",
        "BY JANE DOE",
        "By Jane Doe in Athens",
        "By Jane Doe, BBC News, Athens, 3 March 2026",
        "By Jane K. Doe Published 3 March 2026",
        "By Maria del Carmen López and John Roe",
        "Story by Jane Doe, senior political correspondent",
        "By Dr Jane Doe, Health Editor",
        "By Jane Doe —",
    ],
)
@pytest.mark.parametrize(
    "sentence", [FIRE, "In Athens, it was hot.", "Two people died.", "ORLEN (VP) — Rain fell."]
)
def test_a_byline_is_not_glued_to_the_first_sentence(line, sentence):
    assert split(f"Fire on Evia\n\n{line} {sentence} It rained.") == [sentence, "It rained."]


def test_a_line_end_that_is_lost_behind_a_name_ends_the_byline():
    assert split(f"By Jane Doe{FIRE} It rained.") == [FIRE, "It rained."]


@pytest.mark.parametrize("sentence", ["Firefighters met a blaze.", "12 people died.", "“No.”"])
@pytest.mark.parametrize(
    "line", ["By Jane Doe, Athens", "By Jane K. Doe", "By Dr Jane Doe, Health Editor"]
)
def test_any_first_word_ends_the_name_of_one_writer(line, sentence):
    assert split(f"{line} {sentence}") == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "By Friday, Greek Police had arrested three.",
        "By Monday Evening Ada Kern had left.",
        "By Jane Doe's account, the fire began at noon.",
        "By Prime Minister Ada Kern’s count, forty people died.",
        "By winning the cup, Orlen FC made history.",
        "By 2030 Greece will have no coal.",
        "Eskerholt was calm on Saturday 30 August 2025.",
        "Von der Leyen said no.",
    ],
)
def test_sentences_that_begin_like_a_byline_stay_whole(text):
    assert split(text) == [text]


def test_dates_in_a_list_below_the_text_stay():
    text = f"{FIRE}\nBerlin, 3 May 2026\nOrlen, 5 May 2026"
    assert split(text) == text.split("\n")


def test_the_line_stays_in_the_text_and_names_the_author():
    text = f"Fire on Evia\n\nBy Jane Doe, Athens\n\n{FIRE}"
    read = to_document("a.txt", ParsedSource(text), NOTHING_GIVEN)
    assert (read.text, read.title, read.author) == (text, "Fire on Evia", "Jane Doe")


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe and Max Thom", "Jane Doe and Max Thom"),
        ("By JANE DOE Associated Press", "JANE DOE"),
        ("By Jane Doe, Athens", "Jane Doe"),
    ],
)
def test_a_byline_that_runs_on_names_the_author(line: str, author: str):
    text = f"Fire on Evia\n\n{line} {FIRE}"
    assert to_document("a.txt", ParsedSource(text), NOTHING_GIVEN).author == author


def test_a_byline_is_no_title():
    read = to_document(
        "a.txt", ParsedSource(f"By Jane Doe, Athens\n\n{FIRE}\nRain fell."), NOTHING_GIVEN
    )
    assert read.title == "The fire began at noon"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Doe, Staff Writer", "Jane Doe"),
        ("By Jane Doe, Max Thom and John Roe, Orlen", "Jane Doe, Max Thom and John Roe"),
        ("By Reuters", None),
        ("By noon it was over", None),
        ("Posted by Priya Nandakumar, 21 January 2026", "Priya Nandakumar"),
        ("Posted by Priya Nandakumar on 21 January 2026 at 10:15", "Priya Nandakumar"),
        ("21 January 2026 by Priya Nandakumar", "Priya Nandakumar"),
        ("Published: 3 March 2026 | By Jane Doe", "Jane Doe"),
        ("By Jane K. Doe Published 3 March 2026", "Jane K. Doe"),
        ("By Jane Doe, Science Editor", "Jane Doe"),
        ("By Jane Doe, Science Editor, and John Roe, Athens", "Jane Doe and John Roe"),
        ("By Jane Doe; photographs by Max Thom", "Jane Doe"),
        ("Words: Jane Doe. Photos: Max Thom", "Jane Doe"),
        ("Words by Jane Doe, pictures by Max Thom", "Jane Doe"),
        ("Author: Jane Doe", "Jane Doe"),
        ("Jane Doe, Science Editor", "Jane Doe"),
        ("Jane Doe, staff reporter", "Jane Doe"),
        ("Reporting by Jane Doe; editing by Max Thom", "Jane Doe"),
        ("(Reporting by Jane Doe in Athens; Writing by John Roe)", "Jane Doe and John Roe"),
        ("By Jane Doe Science Editor", "Jane Doe"),
        ("By Jane Doe for the Valley Post", "Jane Doe"),
        ("By Jane Doe · 4 min read", "Jane Doe"),
        ("POSTED BY JANE DOE ON 21 JANUARY 2026", "JANE DOE"),
        ("Published by Jane Doe on 21 January 2026", "Jane Doe"),
        ("Published by Penguin Books", None),
        ("Edited by Max Thom", None),
        ("Editing by Max Thom and Ada Kern", None),
        ("Photographs by Max Thom", None),
        ("Photo: Max Thom", None),
        ("Additional reporting by Max Thom", None),
        ("Translated by Max Thom", None),
        ("Ada Kern, Editor", None),
        ("Ada Kern, Managing Editor", None),
        ("Ada Kern, mayor of Orlen", None),
        ("Passers by Jane Doe", None),
        ("Written by Jane Doe, the book won a prize.", None),
    ],
)
def test_the_names_of_a_byline(line, names):
    assert writer(line) == names


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Posted by Jane Doe, 21 January 2026", [("2026-01-21", "published")]),
        ("Published: 3 March 2026", [("2026-03-03", "published")]),
        ("First published on Tuesday, March 3rd, 2026 at 10:30", [("2026-03-03", "published")]),
        ("This article was published on 3 March 2026.", [("2026-03-03", "published")]),
        ("Last updated 2026-03-05, 09:15", [("2026-03-05", "updated")]),
        (
            "Published 3 March 2026 | Updated 5 March 2026",
            [("2026-03-03", "published"), ("2026-03-05", "updated")],
        ),
        ("Eskerholt, Saturday 30 August 2025", [("2025-08-30", "")]),
        ("3.4.2026", [("2026-04-03", "")]),
        ("Published 13/04/2026", [("2026-04-13", "published")]),
        ("Published 03/04/2026", []),
        ("Published 31 April 2026", []),
        ("Published on 3 March", []),
        ("The bridge opened on 3 March 2026.", []),
        ("It was published on 3 March 2026 by the council.", []),
    ],
)
def test_the_dates_of_a_line(line, found):
    assert list(dates(line)) == found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("ZELLIN (VP) — The agency spoke.", "ZELLIN (VP) — "),
        ("ORM, Dec. 3 (AP) - The town voted.", "ORM, Dec. 3 (AP) - "),
        ("NEW YORK — “No,” she said.", "NEW YORK — "),
        ("Athens (dpa) – The fire began.", "Athens (dpa) – "),
        ("Athens, 3 March (Reuters) - The fire began.", "Athens, 3 March (Reuters) - "),
        ("Athens, March 3 — The fire began.", "Athens, March 3 — "),
        ("NATO — the alliance — met.", ""),
        ("Ada Kern (Greens) – the mayor – left.", ""),
        ("The A-10 is a plane.", ""),
        ("US-China talks failed.", ""),
    ],
)
def test_datelines(text, place):
    assert text[: dateline(text)] == place


@pytest.mark.parametrize(
    "piece", ["A", "A'", "A-", "A ", "AB, ", "Ab ", "Ab - ", "Ab and ", "a ", "3 May 2025 "]
)
@pytest.mark.parametrize("start", ["", "By ", "By Ab Cd ", "Von ", "(reporting by "])
def test_hostile_lines_take_no_time(start, piece):
    began = time.process_time()
    for text in (start + piece * 5000, (start + piece * 50)[:240]):
        byline(text, above_text=True)
        dateline(text)
    assert time.process_time() - began < 1
