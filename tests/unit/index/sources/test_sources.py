"""What every source goes through: dispatch, limits, metadata; files and folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import index.sources
from index.errors import EmptySource, SourceError, TooLargeSource, UnsupportedSource
from index.sources import Given, find, read, read_path, read_text
from index.sources.decoding import MAX_BYTES
from index.sources.document import MAX_WORDS
from tests.builders import SEED, SEED_TITLE
from tests.files import column, p
from tests.files import pdf as pdf_file
from tests.files import word as word_file
from tests.properties import examples
from tests.unreadable import denied


def test_the_public_names_are_these():
    assert index.sources.__all__ == ["Given", "find", "read", "read_path", "read_text"]


def test_the_seed_article_is_read_whole_with_its_title():
    document = read_path(SEED)
    assert document.title == SEED_TITLE
    assert document.text == SEED.read_text(encoding="utf-8").strip()
    assert (document.language, document.origin) == ("en", str(SEED))
    assert (document.source, document.published, document.author) == (None, None, None)


def test_what_is_given_goes_before_what_is_found():
    data = b"---\ntitle: Found\nsource: Found\ndate: 2020-01-01\n---\nThe text."
    document = read("a.md", data, Given(" Given\ntitle ", "Given", "2025-02-14", "o"))
    assert (document.title, document.source, document.published, document.origin) == (
        "Given title",
        "Given",
        "2025-02-14",
        "o",
    )


def test_a_date_that_is_not_understood_says_how_to_write_one():
    with pytest.raises(SourceError, match=r"understand the date '14/02/2025'.*2025-02-14"):
        read_text("paste", "Some text.", Given(published="14/02/2025"))


def test_a_link_is_the_source_where_nothing_else_is_named():
    link = "https://example.com/a"
    assert read("a.txt", b"Some text.", Given(origin=link)).source == link
    given = Given(origin=link, source="The Times")
    assert read("a.txt", b"Some text.", given).source == "The Times"
    assert read("a.txt", b"Some text.", Given(origin="/tmp/a.txt")).source is None


@pytest.mark.parametrize("name", ["a.txt", "a.TEXT", "a.md", "a.Markdown", "notes"])
def test_text_and_markdown_are_read_by_suffix(name: str):
    assert read(name, b"He left.\n\nShe stayed.").text == "He left.\n\nShe stayed."


PAGE = (
    b"<!DOCTYPE html><title>Ferry stops</title><article><h1>Ferry stops</h1>"
    b"<p>The ferry to Orlen stops on Friday, the company said.</p></article>"
)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.pdf", "a.docx", "a.aspx", "a"])
@pytest.mark.parametrize("page", [PAGE, b"\xef\xbb\xbf \n" + PAGE, PAGE.decode().encode("utf-16")])
def test_a_page_is_told_by_its_content(name: str, page: bytes):
    document = read(name, page)
    assert document.title == "Ferry stops"
    assert document.text.endswith("The ferry to Orlen stops on Friday, the company said.")


def test_part_of_a_page_is_a_page_in_text_files_alone():
    part = PAGE.partition(b"</title>")[2]
    assert "<" not in read("a.txt", part).text
    markdown = b"<p align=center>Ferry</p>\n\n# Ferry stops\n\nIt stops on Friday."
    assert read("a.md", markdown).title == "Ferry stops"
    assert read("a.txt", b"<b> is a tag, he said.").text == "<b> is a tag, he said."


def test_a_pdf_and_a_word_file_are_told_by_their_content():
    line = "The ferry stops on Friday."
    pdf, word = pdf_file([column([line])]), word_file(p(line))
    for name in ("a.txt", "a.html", "a.docx", "a.pdf", "a.2026"):
        assert line in read(name, pdf).text
        assert line in read(name, word).text
    assert read("a.txt", b"%PDF- is the mark of a PDF.".replace(b"%", b"A %")).text


def test_part_of_a_page_that_has_no_body_is_read():
    """Nothing was found where no element was around all."""
    line = "The ferry to Orlen stops on Friday, the company said, and starts again in May."
    for part in (
        f"<p>{line}</p>",
        f"<div class=a><p>{line}</p></div>",
        f"<article>{line}</article>",
    ):
        assert read("a.txt", part.encode()).text == line


def test_a_pdf_below_the_headers_it_was_sent_with_is_read():
    line = "The ferry stops on Friday."
    assert read("a.txt", b"HTTP/1.1 200 OK\r\n\r\n" + pdf_file([column([line])])).text == line


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{\\rtf1\\ansi The ferry\\par stops.}", "RTF"),
        (
            b"From: <Saved by Blink>\r\nSubject: Ferry\r\nMIME-Version: 1.0\r\n"
            b"Content-Type: multipart/related;\r\n\tboundary=b\r\n\r\n--b\r\n\r\n<p>x</p>",
            "web archive",
        ),
        (b"<?xml version='1.0'?>\n<rss version='2.0'><channel></channel></rss>", "a feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>", "a feed"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a"])
def test_what_is_no_article_is_told_by_its_content(name: str, data: bytes, reason: str):
    """Its codes and tags were the article's words."""
    with pytest.raises(UnsupportedSource, match=reason):
        read(name, data)


def test_text_that_is_named_a_page_is_read_as_text():
    assert read("a.html", b"The ferry stops on Friday.").text == "The ferry stops on Friday."


def test_another_kind_is_refused_with_the_kinds_that_are_read():
    with pytest.raises(UnsupportedSource) as caught:
        read("a.xlsx", b"PK")
    assert caught.value.name == "a.xlsx"
    assert "I can't read .xlsx files" in caught.value.reason
    assert ".docx" in caught.value.reason


@pytest.mark.parametrize("name", ["a.doc", "A.DOC", "a.dot", "a.rtf", "a.odt"])
def test_other_kinds_of_word_processors_are_to_be_saved_as_docx(name: str):
    with pytest.raises(UnsupportedSource, match=r"; save it as \.docx and try again"):
        read(name, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def test_lock_files_are_passed_over(tmp_path: Path):
    lock, document = write(tmp_path / "~$ferry.docx"), write(tmp_path / "ferry.docx")
    assert find([tmp_path]) == find([document, lock]) == [document]
    document.unlink()
    assert find([tmp_path]) == []
    assert find([lock]) == [lock]
    with pytest.raises(UnsupportedSource, match="add the document itself"):
        read_path(lock)


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", b"--- ***", b"\xff\xfe \x00"])
def test_no_text_is_an_error(data: bytes):
    with pytest.raises(EmptySource):
        read("a.txt", data)


def test_too_many_bytes_are_refused():
    with pytest.raises(TooLargeSource, match=r"5\.0 MB; the limit is 5 MB"):
        read("a.txt", b"a" * (MAX_BYTES + 1))
    with pytest.raises(TooLargeSource):
        read_text("paste", "é" * (MAX_BYTES // 2 + 1))


def test_too_many_words_are_refused():
    with pytest.raises(TooLargeSource, match=r"200,001 words; .* split it"):
        read_text("paste", "a " * (MAX_WORDS + 1))


def test_pasted_text_keeps_its_words_and_loses_what_cannot_be_stored():
    document = read_text("paste", " One\r\ntwo\x00\ud800 three\u202e.\rFour.\u2028Five.\t6 ")
    assert document.text == "One\ntwo three.\nFour.\nFive.\t6"


@examples(100)
@given(st.text(st.characters(), max_size=200))
@example("\ud83d\ude00 a\x85b\x00")
def test_any_pasted_text_is_a_storable_document_or_a_plain_error(text: str):
    try:
        document = read_text("paste", text)
    except EmptySource:
        assert not any(c.isalnum() for c in text)
        return
    assert document.text.encode("utf-8").decode("utf-8") == document.text.strip()
    assert not any(ord(c) < 32 and c not in "\n\t" for c in document.text + document.title)
    assert 0 < len(document.title) <= 300
    assert "\n" not in document.title


@examples(60)
@given(st.binary(max_size=300), st.sampled_from("a a.txt a.md a.html a.pdf a.docx".split()))
def test_any_bytes_are_a_document_or_a_plain_error(data: bytes, name: str):
    try:
        found = read(name, data).text
    except SourceError as error:
        found = error.reason
    assert found


def write(path: Path, text: str = "Some text.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read_and_known_by_its_absolute_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    assert read_path(Path("a.txt")).origin == str(tmp_path / "a.txt")


def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path):
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    reasons = {
        "none.txt": "there's no such file",
        "": "it's a folder, not a file",
        "pipe.txt": "it isn't a regular file",
        "loop.txt": "it can't be read (too many levels of symbolic links)",
        "a\0.txt": "it can't be read",
    }
    for name, reason in reasons.items():
        with pytest.raises(SourceError) as caught:
            read_path(tmp_path / name)
        assert (caught.value.name, caught.value.reason) == (str(tmp_path / name), reason)


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path):
    with denied(write(tmp_path / "a.txt")), pytest.raises(SourceError, match="permission"):
        read_path(tmp_path / "a.txt")


def test_size_is_checked_before_reading(tmp_path: Path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(MAX_BYTES * 1_000)
    with pytest.raises(TooLargeSource):
        read_path(tmp_path / "a.txt")


def test_folders_are_walked_sorted_and_filtered(tmp_path: Path):
    wanted = [write(tmp_path / name) for name in ("a.txt", "b/c.MD", "b/d.html", "e.htm", "f.pdf")]
    for name in (".hidden.txt", ".git/a.txt", "b/.x/a.txt", "f.odt", "g"):
        write(tmp_path / name)
    assert find([tmp_path]) == wanted


def test_files_are_taken_as_given_and_once(tmp_path: Path):
    odd, missing = write(tmp_path / ".odd.odt"), tmp_path / "none.txt"
    text = write(tmp_path / "a.txt")
    assert find([odd, text, missing, tmp_path, text]) == [odd, text, missing]


def test_link_loops_are_harmless(tmp_path: Path):
    text = write(tmp_path / "a" / "b.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "gone.txt").symlink_to(tmp_path / "nothing")
    assert find([tmp_path]) == [text]
