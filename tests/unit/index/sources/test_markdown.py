"""Markdown files."""

from __future__ import annotations

import pytest

from index.errors import EmptySource, SourceError
from index.model import Document
from index.sources import read

BODY = "\n\nThe talks went on.\n"


def document(text: str) -> Document:
    return read("a.md", text.encode())


def test_front_matter_is_read():
    found = document(
        "---\ntitle: 'Talks: the end'\nurl: https://example.com/a\npublished: 2025-02-14\n"
        "author: [Jane Roe, John Doe]\nlang: de-AT\n---" + BODY
    )
    assert found == Document(
        title="Talks: the end",
        text="The talks went on.",
        source="https://example.com/a",
        published="2025-02-14",
        author="Jane Roe, John Doe",
        language="de",
    )


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2025-2-4", "2025-02-04"),
        ("2025-02-14 18:30:00 +0100", "2025-02-14T18:30:00+01:00"),
        ("2025-02-14T18:30:00Z", "2025-02-14T18:30:00+00:00"),
        ("'2025-02-14'", "2025-02-14"),
    ],
)
def test_dates_are_normalised(written: str, published: str):
    assert document(f"---\ndate: {written}\n---{BODY}").published == published


def test_values_stay_as_written():
    assert document(f"---\ntitle: No\n---{BODY}").title == "No"
    assert document(f"---\nTitle: 1984\n---{BODY}").title == "1984"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Talks: the end", "Talks: the end"),
        ("Talks: the end: at last  # to be checked", "Talks: the end: at last"),
        ("The #MeToo years", "The #MeToo years"),
        ("#MeToo", "#MeToo"),
        ("[Analysis] The harbour", "[Analysis] The harbour"),
        ('"No deal" says PM', '"No deal" says PM'),
        ('"No" to "deal"', '"No" to "deal"'),
        ("'It's on'", "It's on"),
        ("'Talks: the end' # quoted", "Talks: the end"),
        ("@mayor: I'll stay", "@mayor: I'll stay"),
        ("- 20 degrees", "- 20 degrees"),
        ("100% & *more*", "100% & *more*"),
        ("&a *b", "&a *b"),
        ("[" * 100, "[" * 100),
        ("A title\n  of two lines", "A title of two lines"),
        (">\n  A title\n  of two lines", "A title of two lines\n"),
    ],
)
def test_a_title_is_what_people_write(written: str, title: str):
    found = document(f"---\ntitle: {written}\nauthor: [Jane Roe, Max: a poet]\n---{BODY}")
    assert (found.title, found.text) == (title.strip(), "The talks went on.")


@pytest.mark.parametrize("head", ["tags:\n- [", "a: b\n  c: d", "x:\n  - " + "[" * 1_000])
def test_malformed_front_matter_says_so(head: str):
    with pytest.raises(SourceError, match=r"isn't valid YAML.* quotation marks"):
        document(f"---\n{head}\n---{BODY}")


def test_a_date_that_is_not_understood_is_named():
    with pytest.raises(SourceError, match="understand the date '2025-02-31'"):
        document(f"---\ndate: 2025-02-31\n---{BODY}")


def test_rules_around_text_are_not_front_matter():
    assert document("---\nA paragraph.\n\n---\n\nAnother.").text == "A paragraph.\n\nAnother."


def test_the_first_heading_is_the_title():
    assert document(f"Intro.\n\n## Talks *go* on{BODY}").title == "Talks go on"


def test_blocks_become_lines_without_markup():
    found = document(
        "# Head\n\nSome *bold* [link](https://x.y) with `code` &amp; <b>tags</b>,\nwrapped"
        " ~~struck~~ text ![alt](i.png).\n\n- one\n- two\n  1. three\n\n> quoted\n\n"
        "```py\nx = 1\n```\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n<!-- gone -->\n<div>kept</div>\n"
    )
    assert found.text.split("\n\n") == [
        "Head",
        "Some bold link with code & tags, wrapped text .",
        "one",
        "two",
        "three",
        "quoted",
        "x = 1",
        "a: c; b: d.",
        "kept",
    ]


def test_scripts_and_comments_are_no_text():
    with pytest.raises(EmptySource):
        document("<!-- only\na comment -->\n\n<script>\nalert(1)\n</script>\n")


@pytest.mark.parametrize("sign", [">", "- ", "[", "*a_", "<!--", "<a", "`a", "* "])
def test_hostile_markup_ends_in_text_or_an_error(sign: str):
    try:
        found = document(sign * 3_000 + " deep").text
    except EmptySource as error:
        found = error.reason
    assert found.endswith((" deep", "there's no text in it"))


def test_what_is_struck_out_is_not_read():
    assert (
        read("a.md", b"The roof costs ~~3.8~~ 3.2 million.").text == "The roof costs 3.2 million."
    )
