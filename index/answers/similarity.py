"""Judging by similarity: words and meaning shared with the question. Works in any language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.answers.candidates import Candidate, Judged, highlights, sentence_texts
from index.answers.question import Question
from index.answers.rows import may_answer, rows_named
from index.answers.scoring import Logistic, SentenceVectors
from index.model import Hit

HITS_READ = 3
"""Whose sentences are embedded: about 15 sentences, a few hundred tokens."""

COSINE_WEIGHT = 0.4
"""Against coverage of the question's words. On 1,000 questions of squad2_train_part and
squadshifts_new_wiki the right sentence of the gold paragraph is first in .83 (cosine alone .78,
coverage alone .82); flat between .3 and .6."""

HIT_WEIGHT = 0.3
"""Of the passage's own hybrid score, added to each of its sentences' scores."""

NEARLY_AS_GOOD = 0.85
"""Of the best sentence's score: what a further sentence needs to be part of the answer."""


@dataclass(frozen=True, slots=True)
class SimilaritySignals:
    """What speaks for an answer, each about 0 to 1."""

    passage_cosine: float
    sentence_cosine: float
    passage_coverage: float
    sentence_coverage: float
    names_covered: float


WEIGHTS = Logistic(
    SimilaritySignals(
        passage_cosine=1.61,
        sentence_cosine=4.511,
        passage_coverage=-1.807,
        sentence_coverage=4.826,
        names_covered=0.066,
    ),
    bias=-5.226,
)


@dataclass(frozen=True, slots=True)
class _Scored:
    candidate: Candidate
    cosine: float
    coverage: float


class BySimilarity:
    """Judges by the same mixture of words and meaning as the search."""

    def __init__(self, vectors: SentenceVectors) -> None:
        self._vectors = vectors

    def judge(self, question: Question, hits: Sequence[Hit]) -> Judged:
        """Judge the sentences of the best hits."""
        scored = self._scored(question, hits[:HITS_READ])
        needed = NEARLY_AS_GOOD * scored[0].candidate.score
        ranked = [_finished(question, one.candidate, needed) for one in scored]
        return Judged(ranked, WEIGHTS.probability(_signals(question, hits, scored)))

    def signals(self, question: Question, hits: Sequence[Hit]) -> SimilaritySignals:
        """Return what the judgement rests on, for fitting its weights."""
        return _signals(question, hits, self._scored(question, hits[:HITS_READ]))

    def _scored(self, question: Question, read: Sequence[Hit]) -> list[_Scored]:
        scored = [
            _score(question, hit, index, text, float(vector @ question.vector))
            for hit, vectors in zip(read, self._vectors.of(read), strict=True)
            for index, (text, vector) in enumerate(zip(sentence_texts(hit), vectors, strict=True))
        ]
        rows = rows_named(question.text, [one.candidate.text for one in scored])
        return sorted(
            (s for s in scored if may_answer(s.candidate.text, rows)),
            key=lambda s: (-s.candidate.score, s.candidate.hit.article.id, s.candidate.span),
        )


def _score(question: Question, hit: Hit, index: int, text: str, cosine: float) -> _Scored:
    coverage = question.coverage(text, hit.article.language)
    own = COSINE_WEIGHT * cosine + (1 - COSINE_WEIGHT) * coverage
    return _Scored(Candidate(hit, index, text, own + HIT_WEIGHT * hit.score), cosine, coverage)


def _finished(question: Question, candidate: Candidate, needed: float) -> Candidate:
    return Candidate(
        candidate.hit,
        candidate.index,
        candidate.text,
        candidate.score,
        good_enough=candidate.score >= needed,
        words=highlights(question, candidate.text, candidate.hit.article.language),
    )


def _signals(
    question: Question, hits: Sequence[Hit], scored: Sequence[_Scored]
) -> SimilaritySignals:
    read = hits[:HITS_READ]
    texts = [f"{hit.article.title}\n{hit.text}" for hit in read]
    return SimilaritySignals(
        passage_cosine=max(hit.dense for hit in read),
        sentence_cosine=max(one.cosine for one in scored),
        passage_coverage=max(
            question.coverage(text, hit.article.language)
            for text, hit in zip(texts, read, strict=True)
        ),
        sentence_coverage=scored[0].coverage,
        names_covered=question.names_covered(texts, hits[0].article.language),
    )
