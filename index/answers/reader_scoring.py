"""Judging by the reader: a sentence answers when the reader finds the answer in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.answers import speakers
from index.answers.candidates import Candidate, Judged, is_heading, sentence_texts
from index.answers.question import Question
from index.answers.scoring import Logistic, SentenceVectors
from index.model import Hit, Span
from index.models.reader import Reader, Reading

FIRST_READ = 4

MOST_READ = 8

NEAR_FIRST = 0.7
"""Of the first hit's score: what a hit after FIRST_READ needs to be read. On the tune part
(1,185 questions) the best sentence is right as often as when all are read, and confidence tells as
much; six are read of half of the questions that have no answer."""

SURE_SCORE = 2.0
"""Of the reader for a sentence (odds of 7 to 1) from which on no further hits are read."""

LANGUAGE = "en"
"""What the reader was trained on."""

_OPENING = re.compile(r"[\"“„«‘]\Z")

_CLOSING = re.compile(r"[,.!?]?[\"”»’]")

MAX_LOGIT = 12.0
"""Beyond this the reader's scores say nothing more."""


@dataclass(frozen=True, slots=True)
class SentenceSignals:
    """What speaks for one sentence: the reader's log odds, search and words.

    `score` is for the sentence, `answerable` for its passage; `coverage` is the share (0 to 1) of
    the question's words in the sentence, `another_speaks` 1.0 where the words of somebody else
    than the question names are given.
    """

    score: float
    answerable: float
    hybrid: float
    coverage: float
    another_speaks: float


SENTENCE = Logistic(
    SentenceSignals(score=0.327, answerable=0.0, hybrid=7.717, coverage=2.268, another_speaks=0.0),
    bias=-10.07,
)

QUOTATION_MARKS = frozenset('"“”„«»‘’')

Seen = tuple[Candidate, SentenceSignals]
"""A sentence that was read, its score the log odds of SENTENCE."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for there being an answer: of the best sentence and of its passage.

    `score` and `answerable` are the reader's log odds for the sentence and the passage; `dense` is
    the passage's cosine similarity, `sentence_dense` the sentence's; `sentence_coverage` is the
    share (0 to 1) of the question's words in the sentence. `gap` is between the first two hits.

    Coverage of the passage was left out: it told only because people who write unanswerable
    questions (SQuAD 2.0's on two articles of the tune part) use the passage's words. So was that
    of names, which adds nothing to the reader.
    """

    score: float
    answerable: float
    dense: float
    gap: float
    sentence_dense: float
    sentence_coverage: float


ANSWERS = Logistic(
    Signals(
        score=0.219,
        answerable=0.032,
        dense=1.323,
        gap=1.282,
        sentence_dense=2.635,
        sentence_coverage=1.126,
    ),
    bias=-3.047,
)


class ReaderJudge:
    """Judges with a reader. Further hits are read only while no answer is sure."""

    def __init__(
        self,
        reader: Reader,
        vectors: SentenceVectors,
        *,
        sentence: Logistic[SentenceSignals] = SENTENCE,
    ) -> None:
        """`sentence` weighs what speaks for one; others than SENTENCE are for fitting it."""
        self._reader = reader
        self._vectors = vectors
        self._sentence = sentence

    def judge(self, question: Question, hits: Sequence[Hit]) -> Judged:
        """Judge the sentences of the hits in the reader's language."""
        read = self.read(question, hits)
        ranked = [candidate for candidate, _ in read]
        return Judged(ranked, ANSWERS.probability(self.signals(question, hits, read)))

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Seen]:
        """Read the hits; return their sentences, best first and headings last."""
        own = [hit for hit in hits if hit.article.language == LANGUAGE][:MOST_READ]
        found: list[Seen] = []
        near = [hit for hit in own[FIRST_READ:] if hit.score >= NEAR_FIRST * own[0].score]
        for some in (own[:FIRST_READ], near):
            if found and max(signals.score for _, signals in found) > SURE_SCORE:
                break
            for hit, reading in zip(some, self._reader.read(question.text, some), strict=True):
                found += self._sentences(question, hit, reading)
        return sorted(found, key=_order)

    def signals(self, question: Question, hits: Sequence[Hit], read: Sequence[Seen]) -> Signals:
        """Return what the whole judgement rests on; `read` are all sentences, best first."""
        best, seen = read[0]
        (vectors,) = self._vectors.of([best.hit])
        scores = [hit.score for hit in hits]
        return Signals(
            score=seen.score,
            answerable=seen.answerable,
            dense=best.hit.dense,
            gap=scores[0] - scores[1] if len(scores) > 1 else 0.0,
            sentence_dense=float(vectors[best.index] @ question.vector),
            sentence_coverage=seen.coverage,
        )

    def _sentences(self, question: Question, hit: Hit, reading: Reading) -> Iterator[Seen]:
        name = speakers.asked(question.text)
        pairs = zip(sentence_texts(hit), reading.sentences, strict=True)
        for index, (text, one) in enumerate(pairs):
            seen = SentenceSignals(
                score=_clipped(one.score),
                answerable=_clipped(reading.answerable),
                hybrid=hit.score,
                coverage=question.coverage(text, LANGUAGE),
                another_speaks=float(speakers.another_speaks(name, text)),
            )
            logit = self._sentence.logit(seen)
            found = Candidate(
                hit, index, text, logit, good_enough=logit >= 0, words=(_marked(text, one.span),)
            )
            yield found, seen


def _marked(text: str, span: Span) -> Span:
    """Return the words of the answer with the quotation marks that touch them."""
    opening = _OPENING.search(text, 0, span.start)
    closing = _CLOSING.match(text, span.end)
    return Span(opening.start() if opening else span.start, closing.end() if closing else span.end)


def _order(seen: Seen) -> tuple[bool, float, str, int]:
    one = seen[0]
    return is_heading(one.text), -one.score, one.hit.article.id, one.index


def _clipped(logit: float) -> float:
    return min(max(logit, -MAX_LOGIT), MAX_LOGIT)
