"""Two articles that say the contrary in one word, asked with the real models."""

from __future__ import annotations

import pytest

from index.library import Library
from index.model import Certainty, Document

PAIRS = {
    "month": (
        "When will the market hall of Sund reopen?",
        "The market hall of Sund will reopen in {}, builder Jan Holt said on Monday.",
        ("May", "September"),
    ),
    "for or against": (
        "Did the council of Verl vote for a tram?",
        "The council of Verl voted {} a tram to the airport, mayor Ida Groth said.",
        ("for", "against"),
    ),
    "verb": (
        "How did milk prices in Tarn change in March?",
        "Milk prices in Tarn {} by 4 percent in March, the farmers' union said.",
        ("rose", "fell"),
    ),
    "negation": (
        "Was the skipper Timo Rask found guilty?",
        "The jury found the skipper Timo Rask {} of fraud, clerk Ada Wenn said.",
        ("guilty", "not guilty"),
    ),
}
"""A question, and what two articles say of it, the later one last."""


@pytest.fixture(scope="module")
def library(tmp_path_factory, embedder, reader):
    with Library.open(tmp_path_factory.mktemp("data"), embedder, reader, chroma=False) as library:
        for name, (_, sentence, words) in PAIRS.items():
            for day, word in enumerate(words, start=1):
                text = f"{sentence.format(word)} Nobody else spoke at the meeting."
                title, published = f"{name} {day}", f"2026-04-0{day}"
                library.ingest([Document(title=title, text=text, published=published)])
        yield library


@pytest.mark.model
@pytest.mark.parametrize("name", PAIRS)
def test_both_are_shown_the_newest_first(library, name):
    question, sentence, (before, now) = PAIRS[name]
    answer = library.ask(question)
    assert answer.certainty is Certainty.SURE
    shown = [(one.text, one.earlier) for one in answer.sentences]
    assert shown == [(sentence.format(now), False), (sentence.format(before), True)]
    assert [one.article.title for one in answer.citations] == [f"{name} 2", f"{name} 1"]
    assert not any(one.also for one in answer.citations)
