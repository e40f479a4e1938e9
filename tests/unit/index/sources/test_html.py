"""Web pages."""

from __future__ import annotations

import random
import time

import pytest

from index.errors import EmptySource, SourceError
from index.sources import read
from index.sources.html import looks_like_html

PARAGRAPHS = "".join(
    f"<p>On day {n} the minister said that the talks in Brussels would go on.</p>" for n in range(6)
)


def page(head: str = "", body: str = PARAGRAPHS) -> str:
    return (
        f"<!doctype html><html lang=en><head><title>Talks go on</title>{head}</head><body>"
        f"<nav><a href=/>Home</a></nav><article><h1>Talks go on</h1>{body}</article>"
        "<footer>Copyright The Site</footer></body></html>"
    )


def test_the_article_is_found_without_the_page_around_it():
    found = read("a.html", page().encode())
    assert found.title == "Talks go on"
    assert "On day 0 the minister said that the talks in Brussels would go on.\n" in found.text
    assert "Copyright" not in found.text
    assert "Home" not in found.text
    assert "<" not in found.text


def test_metadata_is_found():
    found = read(
        "a.htm",
        page(
            "<meta name=author content='Jane Roe'><link rel=canonical href='https://ex.com/a'>"
            "<meta property='article:published_time' content='2025-02-14T10:00:00Z'>"
        ).encode(),
    )
    assert (found.source, found.published, found.author, found.language) == (
        "https://ex.com/a",
        "2025-02-14",
        "Jane Roe",
        "en",
    )


def test_the_site_is_the_source_where_no_link_is_named():
    found = read("a.html", page("<meta property=og:site_name content='The Site'>").encode())
    assert found.source == "The Site"


def test_a_link_that_is_none_is_no_source():
    found = read("a.html", page("<link rel=canonical href='javascript:alert(1)'>").encode())
    assert found.source is None


def test_no_date_is_guessed_from_the_text():
    found = read("a.html", page(body="<p>It began on 3 March 2021.</p>" + PARAGRAPHS).encode())
    assert found.published is None


@pytest.mark.parametrize("declared", ["charset=koi8-r", "content='text/html; charset=koi8-r'"])
def test_the_declared_charset_is_used(declared: str):
    text = page(f"<meta {declared}>", "<p>Переговоры</p>" + PARAGRAPHS)
    assert "Переговоры" in read("a.html", text.encode("koi8-r")).text


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1257", "koi8-r", "no-such"])
def test_utf_8_wins_over_a_wrong_charset(declared: str):
    text = page(f"<meta charset={declared}>", "<p>It’s the café, he said.</p>" + PARAGRAPHS)
    assert "It’s the café, he said." in read("a.html", text.encode()).text
    damaged = text.encode().replace(b"day 5", b"day \x92 5")
    assert "It’s the café, he said." in read("a.html", damaged).text


@pytest.mark.parametrize("piece", [b"<!-- -->", b"<!-- -->\n", b"<!--", b"<meta ", b"<?xml "])
def test_a_hostile_beginning_takes_no_time(piece: bytes):
    began = time.process_time()
    looks_like_html(piece * 5000)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("piece", ["-", "- ", "| ", "Read more ", "Follow us: "])
def test_hostile_lines_take_no_time(piece: str):
    began = time.process_time()
    line = f"<p>{piece * 20_000}<a href='/a'>x</a></p>"
    assert "day 5" in read("a.html", page(body=line + PARAGRAPHS).encode()).text
    assert time.process_time() - began < 5


def test_an_xml_declaration_does_no_harm():
    text = "<?xml version='1.0' encoding='utf-8'?>" + page()
    assert read("a.html", text.encode()).title == "Talks go on"


@pytest.mark.parametrize(
    "text",
    [
        "<html></html>",
        "<script>var a = 'text';</script>",
        "<div>" * 5_000 + PARAGRAPHS + "</div>" * 5_000,
        "<p>" + "<b><i>" * 2_500 + "words " * 50,
        "<table><tr><td>" * 2_000 + "words",
        "<" * 10_000,
        "<!--" * 10_000,
    ],
    ids=["empty", "script", "divs", "inline", "tables", "brackets", "comments"],
)
def test_pages_without_an_article_are_an_error(text: str):
    with pytest.raises(EmptySource, match=r"I found no article .* \.txt"):
        read("a.html", text.encode())


TAGS = (
    "<div> </div> <p> </p> <table> <tr> <td> <li> <ul> </a> <article> <h1> <script> </script>"
    " <!-- --> &#0; &#xD800; &#x110000; <br> <iframe> <svg> <math> <title> </title> <form> <pre>"
).split()


@pytest.mark.parametrize("seed", range(12))
def test_garbage_is_text_or_a_plain_error(seed: int):
    pieces = random.Random(seed).choices([*TAGS, "some words here. "], k=1_500)
    try:
        found = read("a.html", "".join(pieces).encode()).text
    except SourceError as error:
        found = error.reason
    assert found


@pytest.mark.parametrize(
    ("data", "is_html"),
    [
        (b"\xef\xbb\xbf <!DOCTYPE html><p>", True),
        (b"<!-- saved --><html>", True),
        (b"<?xml version='1.0'?>\n<html>", True),
        ("<html>".encode("utf-16"), True),
        (b"<htmlish>", False),
        (b"He wrote <html> in it.", False),
        (b"", False),
    ],
)
def test_a_page_is_recognised_by_its_start(data: bytes, is_html: bool):
    assert looks_like_html(data) is is_html


def test_a_page_without_a_suffix_is_read_as_one():
    assert read("download", page().encode()).title == "Talks go on"
