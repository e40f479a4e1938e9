"""What office files say of themselves."""

from __future__ import annotations

import pytest

from index.sources.document import ParsedSource
from index.sources.office import describe

OPENING = ["THE DAILY REPORT", "Talks go on", "By Jane Roe", "14 February 2025"]
BODY = "The minister said on Thursday that the talks which began on 3 March 2021 would go on. " * 3


def found(*opening: str, headline: str | None = None, **metadata: str):
    return describe(ParsedSource(BODY, **metadata), [*opening, BODY], headline)


@pytest.mark.parametrize(
    ("named", "headline", "title"),
    [
        ("Talks Go On", None, "Talks Go On"),
        ("Talks go on", "THE DAILY REPORT", "Talks go on"),
        ("Another title", "Talks go on", "Talks go on"),
        ("Another title", None, "Another title"),
        ("Another title", "T", "Another title"),
        ("draft-3.docx", "Talks go on", "Talks go on"),
        ("draft-3.docx", None, None),
        ("Microsoft Word - draft", None, None),
        ("Untitled", None, None),
        ("Document1", None, None),
        ("Newsletter template", None, None),
        ("---", None, None),
        ("", "x" * 300, None),
    ],
)
def test_the_title(named: str, headline: str | None, title: str | None):
    assert found(*OPENING, title=named, headline=headline).title == title


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("by Jane Roe and John van Doe, Brussels correspondent", "Jane Roe and John van Doe"),
        ("BY JANE ROE", "JANE ROE"),
        ("By J. D. O’Neil-Smith", "J. D. O’Neil-Smith"),
        ("By Jane Roe, John Doe & Ann Lee | Brussels", "Jane Roe, John Doe & Ann Lee"),
        ("By Jane Roe in Brussels", "Jane Roe"),
        ("By Wednesday the talks had ended", None),
        ("By the time he left, it was late.", None),
        ("Passers by Jane Roe", None),
    ],
)
def test_the_byline_goes_before_the_properties(line: str, author: str | None):
    assert found(line, author="Some One").author == author or "Some One"
    assert found(line).author == author


@pytest.mark.parametrize(
    "author",
    ["python-docx", "Administrator", "user", "Microsoft Office User", "DOMAIN\\x", "", "1"],
)
def test_names_of_programs_and_accounts_are_no_authors(author: str):
    assert found("x", author=author).author is None


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Brussels, 14 February 2025", "2025-02-14"),
        ("Feb. 14th, 2025 | 6 pm", "2025-02-14"),
        ("Sept 1 2025", "2025-09-01"),
        ("Published: 2025-02-14", "2025-02-14"),
        ("From 1 May 2025 to 3 May 2025", None),
        ("31 February 2025", None),
        ("02/03/2025", None),
        ("may 2025", None),
    ],
)
def test_a_dated_line_goes_before_the_properties(line: str, published: str | None):
    assert found(line).published == published
    assert found(line, made="2020-01-01").made == "2020-01-01"


def test_a_date_that_is_none_is_left_out():
    assert found("x", made="2020-13-01").made is None
