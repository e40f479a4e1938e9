"""PDF files."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from index.errors import (
    EmptySource,
    SourceError,
    TooLargeSource,
    UndecodableSource,
    UnsupportedSource,
)
from index.sandboxed import pdf as lines_of
from index.sandboxed import pdf as sandboxed_pdf
from index.sources import read
from tests.files import BODY_SIZE, bound, column, pdf, pdf_of, show, stream

HEAD, FOOT = (72.0, 800.0, 9.0, "The Daily Report"), (300.0, 30.0, 9.0)

FIRST = [
    " The minister said on Thursday that the talks in Brus-",
    "sels would go on until all was settled. The well-known",
    "mediator stayed, and so did the Anglo-",
    "American delegation.",
    " It was a long day. Nobody who had been there for the",
    "whole of it could say afterwards what had been agreed",
    "and what had merely been talked about, and the minis-",
]
SECOND = [
    "ters left without a word to those who had waited for",
    "them outside.",
    " The next round begins in May.",
]
INFO = {"Title": "Talks go on", "Author": "Jane Roe", "CreationDate": "D:20250214183000+01'00'"}


def article() -> bytes:
    """Two pages of an article, with heads and page numbers."""
    return pdf(
        [
            [HEAD, (72, 740, 20, "Talks go on"), *column(FIRST), (*FOOT, "1")],
            [HEAD, *column(SECOND, top=760), (*FOOT, "2")],
        ],
        INFO,
    )


def many(count: int, text: bytes) -> bytes:
    """Pages that share one content."""
    kids = b"5 0 R " * count
    return bound(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 6 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>",
            stream(text),
        ]
    )


@pytest.mark.parametrize("name", ["a.pdf", "A.PDF", "download"])
def test_the_running_text_is_read(name: str):
    document = read(name, article())
    assert document.text.split("\n\n") == [
        "The Daily Report",
        "Talks go on",
        "The minister said on Thursday that the talks in Brussels would go on until all was"
        " settled. The well-known mediator stayed, and so did the Anglo-American delegation.",
        "It was a long day. Nobody who had been there for the whole of it could say afterwards what"
        " had been agreed and what had merely been talked about, and the ministers left without a"
        " word to those who had waited for them outside.",
        "The next round begins in May.",
    ]
    assert (document.title, document.author, document.published) == (
        "Talks go on",
        "Jane Roe",
        "2025-02-14",
    )


def dated(created: str, modified: str | None = None, line: str = "The end.") -> str | None:
    info = {"CreationDate": created, **({"ModDate": modified} if modified else {})}
    return read("a.pdf", pdf([column([*FIRST, *SECOND, line])], info)).published


def test_a_date_in_the_text_goes_before_that_of_the_file():
    """That of the foot came second."""
    assert dated("D:20260101120000Z", line="Published: 3 March 2025") == "2025-03-03"
    assert dated("D:20260101120000Z") == "2026-01-01"


@pytest.mark.parametrize(
    ("created", "modified", "published"),
    [
        ("D:20250214183000+01'00'", "D:20250214183000+01'00'", None),
        ("D:20250214183000Z", "D:20250214183000", None),
        ("D:20250214183000Z", "D:20250214183004Z", "2025-02-14"),
        ("D:20250214183000Z", "D:20260801120000Z", "2025-02-14"),
        ("D:20250214", "D:20250214", None),
        (f"D:{datetime.now(UTC):%Y%m%d}080000Z", None, None),
        ("D:20990101080000Z", None, None),
    ],
)
def test_when_the_file_was_made_is_no_date_of_the_article(
    created: str, modified: str | None, published: str | None
):
    """A page printed to a file was said to be published when it was printed."""
    assert dated(created, modified) == published


def test_the_largest_print_is_the_title_where_the_properties_have_a_file_name():
    data = pdf(
        [[(72, 740, 20, "Talks go on"), *column(FIRST)]], {"Title": "Microsoft Word - draft3.doc"}
    )
    assert read("a.pdf", data).title == "Talks go on"


def test_what_cannot_be_stored_and_shapes_of_letters_are_no_text():
    font = (
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding"
        b" << /Differences [65 /fi /nbspace /uni0000 /uniD800] >> >>"
    )
    data = pdf([[(72, 700, 11, "aABbCDd e")]]).replace(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>", font
    )
    assert read("a.pdf", data).text == "afi bd e"


def test_a_running_head_is_no_title():
    page = [HEAD, *column(FIRST), *column(SECOND, top=560)]
    found = read("a.pdf", pdf([page, [HEAD, *column(["The end."])]]))
    assert found.text.startswith("The Daily Report\n\nThe minister said")
    assert found.title.startswith("The minister said on Thursday")


REPORT = [["Findings", "", "The bridge is safe.", "It was closed for a day."]] * 2
CHRONOLOGY = [
    ["A short history", "", "2017 The council voted.", "2018 Work began.", "2019 A pier sank."],
    ["2020 The firm went bankrupt.", "2021 A new firm took over.", "", "It cost 41 million."],
]
INVOICES = [
    [
        f"Invoice {n}",
        f"{n} March 2026",
        "",
        "For one net",
        f"{n}00 euros",
        "",
        f"Udo Marx, room {n}",
    ]
    for n in (1, 2, 3)
]
LISTS = [["1. Opening", "2. Budget", "3. Elections"], ["4. Any other business", "5. Close"]]
LINES = [["412"], ["398 voted no"], ["Page 3"], ["412"]]


@pytest.mark.parametrize("pages", [REPORT, CHRONOLOGY, INVOICES, LISTS, LINES])
def test_every_line_of_short_pages_is_read(pages: list[list[str]]):
    text = read("a.pdf", pdf([column(page) for page in pages])).text
    assert text.split() == " ".join(line for page in pages for line in page).split()


def encrypted(user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(article())))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_file_is_refused_unless_anybody_may_read_it():
    with pytest.raises(UnsupportedSource, match=r"encrypted; save it without a password"):
        read("a.pdf", encrypted("secret", "owner"))
    assert read("a.pdf", encrypted("", "owner")).title == "Talks go on"


def test_pictures_of_pages_say_what_to_do():
    with pytest.raises(EmptySource, match=r"only pictures of pages; run text recognition"):
        read("a.pdf", pdf_of([stream(b"q 0 0 1 rg 0 0 99 99 re f Q")] * 3))


def test_letters_without_names_say_what_to_do():
    data = pdf_of([stream(b"BT /None 12 Tf 72 700 Td (abcdefgh) Tj ET")])
    with pytest.raises(UndecodableSource, match="fonts don't say which letters"):
        read("a.pdf", data)


@pytest.mark.parametrize(
    "data", [b"&lt;html&gt;", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"text", b""]
)
def test_what_is_no_pdf_is_named_so(data: bytes):
    with pytest.raises(UndecodableSource, match="it isn't a PDF"):
        read("a.pdf", data)


def cyclic() -> bytes:
    page = b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 /Parent 3 0 R >>"
    return bound([b"<< /Type /Catalog /Pages 2 0 R >>", page, page, b"<< >>"])


def form_that_shows_itself() -> bytes:
    shows = b"/X Do " * 50
    return bound(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R"
            b" /Resources << /XObject << /X 6 0 R >> >> >>",
            b"<< >>",
            stream(shows),
            stream(shows).replace(
                b"<<", b"<< /Subtype /Form /Resources << /XObject << /X 6 0 R >> >>", 1
            ),
        ]
    )


HOSTILE = {
    "head": lambda: b"%PDF-1.7\n",
    "truncated": lambda: article()[:700],
    "no end": lambda: article().replace(b"startxref", b"").replace(b"trailer", b""),
    "cyclic pages": lambda: cyclic(),
    "cyclic forms": lambda: form_that_shows_itself(),
    "self as length": lambda: bound([b"<< /Length 1 0 R >> stream\nendstream"] * 4),
    "deep arrays": lambda: bound([b"[" * 100_000]),
    "deep content": lambda: pdf_of([stream(b"[" * 200_000 + b" TJ", 1)]),
    "endless name": lambda: pdf_of([stream(b"/" + b"a" * 4_000_000, 1)]),
    "many pages": lambda: many(20_000, b""),
    "bomb": lambda: pdf_of([stream(b"(a) Tj " * 5_000_000, 1)]),
    "bomb in a bomb": lambda: pdf_of([stream(b"\0" * 35_000_000, 2)]),
    "huge number": lambda: pdf_of(
        [stream(b"BT /F1 1 Tf " + b"9" * 1_000_000 + b" 0 Td (a) Tj ET")]
    ),
}


@pytest.mark.sandboxed
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_a_plain_error_and_soon(make: Callable[[], bytes]):
    data, began = make(), time.process_time()
    with pytest.raises(SourceError) as caught:
        read("a.pdf", data)
    assert caught.value.name == "a.pdf"
    assert ("; " in caught.value.reason) or "OCR" in caught.value.reason
    assert time.process_time() - began < 2  # of this process


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(lines_of, "MAX_CHARS", 1_000)
    with pytest.raises(TooLargeSource, match="split it"):
        sandboxed_pdf.parse(many(9, show(column(["word " * 40]))))


def lines(content: bytes) -> list[str]:
    return [line[-1] for line in sandboxed_pdf.parse(pdf_of([stream(content)]))["pages"][0]]


def test_stamps_and_watermarks_are_left_out():
    upright = show(column(["The first line.", "The second line."]))
    stamp = b"BT /F1 20 Tf 0 1 -1 0 30 200 Tm (A stamp) Tj ET\n"
    watermark = b"BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 100 Tm (DRAFT) Tj ET\n"
    assert lines(stamp + watermark + upright) == ["The first line.", "The second line."]


def test_a_page_that_lies_on_its_side_is_read():
    content = b"0 1 -1 0 595 0 cm\n" + show(column(["The first line.", "The second line."]))
    found = sandboxed_pdf.parse(pdf_of([stream(content)]))["pages"][0]
    assert [(line[0], line[1], line[2]) for line in found] == [
        (72.0, -105.0, BODY_SIZE),
        (72.0, -91.0, BODY_SIZE),
    ]
