"""Word files."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from docx import Document

from index.errors import EmptySource, SourceError, UndecodableSource, UnsupportedSource
from index.sandboxed import word as sandboxed_word
from index.sources import read
from index.sources.docx import looks_like_docx
from tests.files import p, word

SENTENCE = "The minister said on Thursday that the talks in Brussels would go on."


def saved(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def article() -> bytes:
    document = Document()
    document.core_properties.title = "draft3.docx"
    document.core_properties.author = "Administrator"
    document.add_heading("Talks go on", 0)
    document.add_paragraph("By Jane Roe")
    document.add_paragraph("Brussels, 14 February 2025")
    document.add_paragraph(SENTENCE).add_run(" He stayed.").bold = True
    document.add_heading("What comes next", 1)
    document.add_paragraph("One point", style="List Bullet")
    table = document.add_table(2, 2)
    for n, cell in enumerate(table._cells):
        cell.text = f"cell {n}"
    document.add_paragraph("The end.")
    return saved(document)


@pytest.mark.parametrize("name", ["a.docx", "A.DOCX", "download"])
def test_paragraphs_lists_and_tables_are_read_in_order(name: str):
    document = read(name, article())
    assert document.text.split("\n\n") == [
        "Talks go on",
        "By Jane Roe",
        "Brussels, 14 February 2025",
        SENTENCE + " He stayed.",
        "What comes next",
        "One point",
        "cell 0: cell 1.\ncell 2: cell 3.",
        "The end.",
    ]
    assert (document.title, document.author, document.published) == (
        "Talks go on",
        "Jane Roe",
        "2025-02-14",
    )


def test_properties_stand_in_where_the_text_names_nothing():
    document = Document()
    document.core_properties.title = "Talks go on"
    document.core_properties.author = "Jane Roe"
    document.core_properties.created = document.core_properties.modified = datetime(2025, 2, 14)
    document.add_paragraph(SENTENCE * 2)
    found = read("a.docx", saved(document))
    assert (found.title, found.author, found.published) == ("Talks go on", "Jane Roe", "2025-02-14")


def texts(body: str) -> list[str]:
    return [text for _, text in sandboxed_word.parse(word(body))["blocks"]]


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(map(p, paragraphs))}</w:tc>"


def test_what_is_shown_is_text_and_what_is_not_is_none():
    run = "<w:r>{}<w:t>{}</w:t></w:r>".format
    body = (
        "<w:p>"
        + run("", "one")
        + f"<w:ins>{run('<w:tab/>', 'added')}</w:ins>"
        + f"<w:del>{run('', 'gone')}<w:r><w:delText>gone</w:delText></w:r></w:del>"
        + run("<w:rPr><w:vanish/></w:rPr>", "hidden")
        + run("<w:rPr><w:strike/></w:rPr>", "struck out")
        + run("<w:rPr><w:dstrike/></w:rPr>", "struck out twice")
        + run('<w:rPr><w:vanish w:val="0"/></w:rPr><w:br/>', "shown")
        + f"<w:hyperlink>{run('<w:noBreakHyphen/>', 'link')}</w:hyperlink>"
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        + "</w:p>"
    )
    assert texts(body) == ["one added\nshown-link"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next():
    """It was cut in two in the middle of a sentence."""
    gone = '<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
    assert texts(p("It was ", gone) + p("late.") + p("Nobody ", gone)) == ["It was late.", "Nobody"]


def test_what_a_form_asks_for_is_no_text():
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    within = (
        f"<w:p>{prompt.format('<w:r><w:t>Choose.</w:t></w:r>')}<w:r><w:t>One.</w:t></w:r></w:p>"
    )
    assert texts(prompt.format(p("Click here to enter text.")) + within) == ["One."]


def test_a_raised_number_is_no_part_of_the_number_before():
    """1931 with a note became 19311."""
    run = "<w:r>{}<w:t>{}</w:t></w:r>".format
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    body = run("", "1931") + run(raised, "1") + run("", ", 10") + run(raised, "3")
    body += run("", " m") + run(raised, "3") + run("", ", the 3") + run(raised, "rd")
    assert texts(f"<w:p>{body}</w:p>") == ["1931[1], 10^3 m3, the 3rd"]


def test_content_controls_and_text_boxes_are_opened_once():
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:sdt><w:sdtContent>{p('controlled')}</w:sdtContent></w:sdt>"
        f"<w:p><w:r><w:t>around</w:t><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(body) == ["controlled", "around", "boxed"]


def test_tables_that_lay_out_prose_are_paragraphs():
    inner = f"<w:tc><w:tbl><w:tr>{cell('c')}{cell('d')}</w:tr></w:tbl></w:tc>"
    assert texts(f"<w:tbl><w:tr>{cell('a', 'b')}{cell('x ' * 200)}</w:tr></w:tbl>") == [
        "a", "b", ("x " * 200).strip()
    ]  # fmt: skip
    assert texts(f"<w:tbl><w:tr>{cell('a')}{inner}</w:tr></w:tbl>") == ["| a | c, d |"]


def test_empty_files_say_so():
    with pytest.raises(EmptySource, match="there's no text in it"):
        read("a.docx", saved(Document()))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500


@pytest.mark.parametrize(
    ("data", "error", "reason"),
    [
        (OLE, UnsupportedSource, r"old format \(\.doc\); save it as \.docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), UnsupportedSource, "encrypted; save it wit"),
        (b"{\\rtf1 text}", UnsupportedSource, r"RTF file; save it as \.docx"),
        (b"&lt;html&gt;", UndecodableSource, "n't a Word file"),
        (b"", UndecodableSource, "n't a Word file"),
    ],
)
def test_other_kinds_are_named_with_what_to_do(data: bytes, error: type, reason: str):
    with pytest.raises(error, match=reason):
        read("a.docx", data)


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'>{}]>".format(
    "".join(f"<!ENTITY {b} '{f'&{a};' * 50}'>" for a, b in zip("abcdefg", "bcdefgh", strict=True))
)

HOSTILE = {
    "cut": lambda: article()[:900],
    "no directory": lambda: b"PK\x03\x04" + b"\0" * 900,
    "another archive": lambda: zipped(mimetype=b"application/vnd.oasis.opendocument.text"),
    "bomb": lambda: word(p("a"), media=b"\0" * 101_000_000),
    "many parts": lambda: word(p("a"), **{f"{n}.xml": b"" for n in range(5_001)}),
    "many paragraphs": lambda: word("<w:p/>" * 4_000_000),
    "entities": lambda: word(p("&h;"), before=LAUGHS),
    "deep": lambda: word("<w:sdt><w:sdtContent>" * 5_000),
    "deep but closed": lambda: word("<w:sdt>" * 5_000 + p("a") + "</w:sdt>" * 5_000),
    "not XML": lambda: word("<w:p"),
    "no text": lambda: word("<w:tbl><w:tr/></w:tbl>"),
}


@pytest.mark.sandboxed
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_a_plain_error_and_soon(make: Callable[[], bytes]):
    data, began = make(), time.process_time()
    with pytest.raises(SourceError) as caught:
        read("a.docx", data)
    assert caught.value.name == "a.docx"
    assert "; " in caught.value.reason or caught.value.reason == "there's no text in it"
    assert time.process_time() - began < 2  # of this process


def test_wide_cells_take_no_room():
    body = f"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr>{p('a')}</w:tc>"
    assert texts(body + "</w:tr></w:tbl>") == ["a"]


def test_only_archives_with_a_word_document_are_taken_for_one():
    assert looks_like_docx(article())
    assert not looks_like_docx(zipped(a=b""))
    assert not looks_like_docx(b"word/document.xml")
