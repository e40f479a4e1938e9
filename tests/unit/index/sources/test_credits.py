"""Author and date of an article that names them only in its text."""

from __future__ import annotations

import pytest

from index.sources import read_text
from index.sources.document import NOTHING_GIVEN, Given, ParsedSource, to_document

STORY = (
    "The ferry ran aground on Monday.",
    "Nobody was hurt, the coastguard said.",
    "“We heard a bang,” said Ada Kern, a teacher on board.",
    "A tug is to pull it free on 9 May 2026.",
    "The last grounding was on 4 June 2019.",
)


def said(*lines: str) -> tuple[str | None, str | None]:
    read = read_text("ferry.txt", "\n\n".join(lines))
    return read.author, read.published


@pytest.mark.parametrize(
    ("lines", "author", "published"),
    [
        (["Posted by Priya Nandakumar, 21 January 2026"], "Priya Nandakumar", "2026-01-21"),
        (["By Jane Doe, Science Editor", "Published: 3 March 2026"], "Jane Doe", "2026-03-03"),
        (["By Jane Doe", "3 March 2026"], "Jane Doe", "2026-03-03"),
        (["3 March 2026", "By Jane Doe"], "Jane Doe", "2026-03-03"),
        (
            ["Words: Jane Doe. Photos: Max Thom", "Last updated 3 March 2026"],
            "Jane Doe",
            "2026-03-03",
        ),
        (["Published 3 March 2026", "Updated 5 March 2026"], None, "2026-03-03"),
        (["Updated 5 March 2026, first published 3 March 2026"], None, "2026-03-03"),
        (["Orlen, Tuesday 3 March 2026"], None, "2026-03-03"),
        (["Photos by Max Thom", "Edited by Ada Kern"], None, None),
    ],
)
@pytest.mark.parametrize("at_the_head", [True, False])
def test_lines_at_the_head_or_the_foot_name_author_and_date(lines, author, published, at_the_head):
    if at_the_head:
        assert said("Ferry aground", *lines, *STORY) == (author, published)
    elif "Orlen" not in lines[0]:
        assert said("Ferry aground", *STORY, *STORY, *lines) == (author, published)


def test_a_byline_below_the_standfirst_counts_with_the_date_beside_it():
    lines = ("Ferry aground", "Sixty people were brought ashore.", "Jane Doe, staff writer")
    assert said(*lines, "3 March 2026", *STORY) == ("Jane Doe", "2026-03-03")


@pytest.mark.parametrize(
    ("place", "published"),
    [
        ("BRUSSELS, 3 March 2026 (AP) — ", "2026-03-03"),
        ("New Orlen, March 3, 2026 – ", "2026-03-03"),
        ("St. Orm, 3 March 2026: ", None),
        ("In Orlen, 3 March 2026 - ", None),
    ],
)
def test_the_date_of_a_dateline_counts_where_no_line_names_one(place, published):
    line = f"{place}The ferry, which was built in Gdansk in 1999, ran aground on Monday."
    assert said("Ferry aground", line, *STORY) == (None, published)
    assert said("Ferry aground", "Published: 5 March 2026", line, *STORY)[1] == "2026-03-05"


def test_credits_of_an_agency_stand_at_the_foot():
    foot = "(Reporting by Jane Doe in Athens; Editing by Max Thom)"
    assert said("Ferry aground", *STORY, foot) == ("Jane Doe", None)


@pytest.mark.parametrize(
    "lines",
    [
        ("Summer fair", "Saturday 30 May 2026", "Town Hall", *STORY),
        ("Ferry aground", "3 March 2026", "5 March 2026", *STORY),
        ("Ferry aground", *STORY, "4 June 2019", "9 May 2026"),
        ("Ferry aground", *STORY, *STORY, "Posted by Jane Doe, 3 March 2026", *STORY),
        ("Ferry aground", "Written by Jane Doe, the log of 3 March 2026 was lost.", *STORY),
    ],
)
def test_dates_and_names_of_the_story_are_not_its_own(lines):
    assert said(*lines) == (None, None)


def test_what_the_source_or_the_user_says_goes_first():
    text = "\n".join(("Ferry aground", "Posted by Jane Doe, 3 March 2026", *STORY))
    found = ParsedSource(text, published="2026-03-01", author="Ada Kern")
    read = to_document("a.md", found, NOTHING_GIVEN)
    assert (read.author, read.published) == ("Ada Kern", "2026-03-01")
    assert to_document("a.md", found, Given(published="2026-02-02")).published == "2026-02-02"
