"""The real model on the seed article: what the README promises."""

import pytest

from index.ingest import files
from index.library import Library
from tests.builders import SEED, SEED_TITLE, document

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def library(tmp_path_factory, embedder):
    with Library.open(tmp_path_factory.mktemp("data"), embedder, chroma=False) as library:
        library.ingest(files([SEED]))
        yield library


def test_the_nato_question(library):
    answer = library.ask("What did Hegseth say about NATO?")
    assert answer.answered
    assert answer.text == (
        'During the conference, Hegseth labeled it "unrealistic" for Ukraine to expect to reclaim '
        "territory occupied by Russia, along with dismissing its aspirations for NATO membership. "
        "[1]"
    )
    (citation,) = answer.citations
    assert citation.article.title == SEED_TITLE
    assert citation.span.of(SEED.read_text()) == citation.quote
    assert ["NATO" in h.of(citation.quote) for h in citation.highlights] == [True]
    assert answer.confidence > 0.5


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who is Carl Bildt?", "Former Swedish Prime Minister Carl Bildt"),
        ("What did JD Vance say?", "Vice-President JD Vance followed suit"),
        ("Why are European leaders anxious?", "they remain anxious about America's commitment"),
        ("What did Hegseth call unrealistic?", 'Hegseth labeled it "unrealistic"'),
        ("what kind of peace was rubio set to advocate for", "just and lasting peace"),
    ],
)
def test_other_questions_are_answered_with_the_right_sentence(library, question, words):
    assert words in library.ask(question).text


@pytest.mark.parametrize(
    "question",
    [
        "Who won the World Cup?",
        "What is the price of gold?",
        "What did Hegseth say about China?",
        "What did Biden say about NATO?",
        "Who is the president of France?",
        "How tall is the Eiffel Tower?",
        "asdf qwer zxcv",
        "?",
    ],
)
def test_what_the_article_does_not_say_is_refused(library, question):
    answer = library.ask(question)
    assert not answer.answered
    assert (answer.sentences, answer.citations) == ((), ())
    assert answer.confidence < 0.5
    assert [a.title for a in answer.closest] == [SEED_TITLE]


def test_a_summary_is_made_of_footnoted_sentences(library):
    answer = library.ask("Summarise the article")
    text = SEED.read_text()
    assert answer.answered
    assert 2 <= len(answer.sentences) <= 3
    assert all(c.span.of(text) == c.quote for c in answer.citations)
    assert {n for s in answer.sentences for n in s.citations} == {
        c.number for c in answer.citations
    }


def test_every_answer_is_verbatim_and_footnoted(library):
    text = SEED.read_text()
    for question in ("What about Putin?", "What did Trump say?", "How did critics react?"):
        answer = library.ask(question)
        for sentence in answer.sentences:
            assert sentence.text in text
            assert all(sentence.text in answer.citations[n - 1].quote for n in sentence.citations)


def test_a_summary_request_picks_the_article_that_it_names(library):
    library.ingest([document()])
    try:
        answer = library.ask("Give me a summary of the harbour story")
        assert {c.article.title for c in answer.citations} == {"Harbour opens"}
    finally:
        library.remove("Harbour opens")
