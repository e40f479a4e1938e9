"""Elements of web pages that extraction would lose, glue together or put in another order."""

from __future__ import annotations

import pytest

from index.sources import read
from tests.unit.index.sources.test_page_kinds import (
    ALL,
    ONE,
    PARAGRAPHS,
    THREE,
    TITLE,
    TWO,
    article,
    page,
)

ASKED, ANSWERED = "How long will it be closed?", "Until June of next year."
QUESTIONS = {
    "details": f"<details><summary>{ASKED}</summary><p>{ANSWERED}</p></details>",
    "bare text": f"<details><summary>{ASKED}</summary>{ANSWERED}</details>",
    "own elements": f"<x-fold><section><h4>{ASKED}</h4><div><p>{ANSWERED}</p></div></section>"
    "</x-fold>",
    "button": f"<div><h3><button>{ASKED}</button></h3><div><p>{ANSWERED}</p></div></div>",
}


@pytest.mark.parametrize("folded", QUESTIONS.values(), ids=QUESTIONS)
def test_a_question_stands_before_what_it_unfolds(folded: str):
    found = read("a.html", article(ONE, TWO, folded, THREE)).text.split("\n")
    assert found[1:] == [*PARAGRAPHS[:2], ASKED, ANSWERED, PARAGRAPHS[2]]


def test_text_around_a_picture_is_not_glued_together():
    picture = "<figure><img src=a.jpg><figcaption>The hall in May</figcaption></figure>"
    found = read("a.html", article(ONE, f"<p>It is old.{picture}It was built in 1931.</p>", TWO))
    assert "It is old. It was built in 1931." in found.text


def test_sentences_and_labels_that_styles_set_apart_are_not_glued_together():
    spans = "".join(f"<span class=line>{text}</span>" for text in PARAGRAPHS)
    assert " ".join(PARAGRAPHS) in read("a.html", article(spans)).text
    labelled = f"<article><h1><span>LIVE</span>{TITLE}</h1>{ALL}</article>"
    assert read("a.html", page(labelled)).text.startswith(f"LIVE {TITLE}\n")


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_what_is_struck_out_is_not_read(tag: str):
    line = f"<p>The roof costs <{tag}>3.8 million</{tag}> 3.2 million euros.</p>"
    assert "The roof costs 3.2 million euros." in read("a.html", article(ONE, line, TWO)).text
