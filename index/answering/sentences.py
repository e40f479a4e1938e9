"""Which sentences of the hits answer: the same mixture of words and meaning as the search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.answering.question import Question
from index.answering.reading import SentenceVectors, sentence_texts
from index.model import Hit, Span
from index.segment import count_words, ends_sentence

HITS_READ = 3
"""Whose sentences are embedded: about 15 sentences, a few hundred tokens."""

COSINE_WEIGHT = 0.4
"""Against coverage of the question's words. On 1,000 questions of squad2_train_part and
squadshifts_new_wiki the right sentence of the gold paragraph is first in .83 (cosine alone .78,
coverage alone .82); flat between .3 and .6."""

HIT_WEIGHT = 0.3
"""Of the passage's own hybrid score, added to each of its sentences' scores."""

MAX_SENTENCES = 3
NEARLY_AS_GOOD = 0.85
"""Of the best sentence's score: what a further sentence needs to be part of the answer."""


MAX_HEADING_WORDS = 8

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a hit; `index` is its place in the passage."""

    hit: Hit
    index: int
    text: str
    cosine: float
    coverage: float

    @property
    def span(self) -> Span:
        """The sentence's place in the article's text."""
        return self.hit.passage.sentences[self.index]

    @property
    def score(self) -> float:
        """How well the sentence answers; comparable within one question."""
        own = COSINE_WEIGHT * self.cosine + (1 - COSINE_WEIGHT) * self.coverage
        return own + HIT_WEIGHT * self.hit.score


def candidates(
    question: Question, hits: Sequence[Hit], reading: SentenceVectors
) -> list[Candidate]:
    """The sentences of the best hits, best first."""
    read = hits[:HITS_READ]
    scored = [
        Candidate(
            hit,
            index,
            text,
            cosine=float(vector @ question.vector),
            coverage=question.coverage(text, hit.article.language),
        )
        for hit, vectors in zip(read, reading.of(read), strict=True)
        for index, (text, vector) in enumerate(zip(sentence_texts(hit), vectors, strict=True))
    ]
    return sorted(scored, key=lambda c: (-c.score, c.hit.article.id, c.span))


def choose(ranked: Sequence[Candidate]) -> list[Candidate]:
    """The best sentence and those nearly as good, each wording once."""
    chosen: dict[str, Candidate] = {}
    prose = [c for c in ranked if not is_heading(c.text)] or ranked
    for candidate in prose:
        if len(chosen) == MAX_SENTENCES:
            break
        if candidate.score >= NEARLY_AS_GOOD * prose[0].score:
            chosen.setdefault(" ".join(candidate.text.casefold().split()), candidate)
    return list(chosen.values())


def is_heading(text: str) -> bool:
    """Whether a line says what follows rather than anything: short, and without a full stop.

    With a number it may be a fact in a list.
    """
    return (
        not ends_sentence(text)
        and not _DIGIT.search(text)
        and count_words(text) <= MAX_HEADING_WORDS
    )
