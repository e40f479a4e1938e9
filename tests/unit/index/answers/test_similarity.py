from dataclasses import fields, replace

import pytest

from index.answers.scoring import SentenceVectors
from index.answers.similarity import WEIGHTS, BySimilarity, SimilaritySignals
from tests.builders import EMBEDDER, article, hit, question

TEXT = "Vance spoke of tariffs. Hegseth dismissed NATO membership. The weather was mild."
NOTHING = SimilaritySignals(*[0.0] * len(fields(SimilaritySignals)))
EVERYTHING = SimilaritySignals(*[1.0] * len(fields(SimilaritySignals)))


def judged(text, *hits):
    return BySimilarity(SentenceVectors(EMBEDDER)).judge(question(text), hits)


def test_the_sentence_with_the_words_of_the_question_is_first():
    best = judged("What did Hegseth say of NATO membership", hit(TEXT)).ranked[0]
    assert best.text == "Hegseth dismissed NATO membership."
    assert TEXT[best.span.start : best.span.end] == best.text
    assert best.words
    assert best.good_enough


def test_who_said_it_decides_between_two_sentences_on_one_subject():
    text = "Hegseth called NATO a burden. Vance called NATO a shield."
    assert judged("Vance NATO", hit(text)).ranked[0].text == "Vance called NATO a shield."


def test_a_better_passage_lifts_its_sentences():
    good = hit("The pier burned.", of=article("good"), score=1.0)
    poor = hit("The pier burned.", of=article("poor"), score=0.1)
    assert judged("pier burned", poor, good).ranked[0].hit.article.id == "good"


def test_a_passage_with_the_words_makes_surer_than_one_without():
    with_words = judged("Hegseth NATO membership", hit(TEXT)).probability
    assert with_words > judged("Macron tariffs wine", hit(TEXT)).probability


def test_nothing_seen_is_a_refusal_and_everything_an_answer():
    assert 0 < WEIGHTS.probability(NOTHING) < 0.5 < WEIGHTS.probability(EVERYTHING) < 1


@pytest.mark.parametrize(
    "name", [f.name for f in fields(SimilaritySignals) if getattr(WEIGHTS.weights, f.name) > 0]
)
def test_more_evidence_makes_surer(name):
    more = replace(NOTHING, **{name: 1.0})
    assert WEIGHTS.probability(more) > WEIGHTS.probability(NOTHING)
