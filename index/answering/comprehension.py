"""Judging by the reader: a sentence answers when the reader finds the answer in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.answering.candidates import Candidate, Judged, sentence_texts
from index.answering.logistic import Logistic
from index.answering.question import Question
from index.model import Hit, Span
from index.reader import Reader, Reading
from index.searchable import heading

FIRST_READ = 4
MOST_READ = 12
SURE_SCORE = 2.0
"""Of the reader for a sentence (odds of 7 to 1) from which on no further hits are read."""

LANGUAGE = "en"
"""What the reader was trained on."""

MAX_LOGIT = 12.0
"""Beyond this the reader's scores say nothing more."""


@dataclass(frozen=True, slots=True)
class SentenceSignals:
    """What speaks for one sentence: the reader's log odds, search and words."""

    score: float
    hybrid: float
    coverage: float


SENTENCE = Logistic(SentenceSignals(score=0.389, hybrid=9.68, coverage=2.049), bias=-11.52)


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for there being an answer.

    `score` are the reader's highest log odds for a sentence and `answerable` for a passage; the
    rest is of the best sentence: `dense` and `hybrid` of its passage, shares (0 to 1) of the
    question's words and names in passage and sentence. `gap` is between the first two hits.
    """

    score: float
    answerable: float
    dense: float
    hybrid: float
    gap: float
    coverage: float
    sentence_coverage: float
    names: float


ANSWERS = Logistic(
    Signals(
        score=0.185,
        answerable=-0.05,
        dense=3.404,
        hybrid=1.032,
        gap=0.597,
        coverage=-2.236,
        sentence_coverage=3.461,
        names=-0.353,
    ),
    bias=-3.184,
)


@dataclass(frozen=True, slots=True)
class Read:
    """A sentence that was read: log odds that its passage answers, and (`logit`) that it does."""

    hit: Hit
    index: int
    text: str
    words: Span
    answerable: float
    signals: SentenceSignals
    logit: float


class ByReading:
    """Judges with a reader. Further hits are read only while no answer is sure."""

    def __init__(self, reader: Reader, *, sentence: Logistic[SentenceSignals] = SENTENCE) -> None:
        """`sentence` weighs what speaks for one; others than SENTENCE are for fitting it."""
        self._reader = reader
        self._sentence = sentence

    def judge(self, question: Question, hits: Sequence[Hit]) -> Judged:
        """Judge the sentences of the hits in the reader's language."""
        read = self.read(question, hits)
        ranked = [
            Candidate(
                one.hit,
                one.index,
                one.text,
                one.logit,
                good_enough=one.logit >= 0,
                words=(one.words,),
            )
            for one in read
        ]
        return Judged(ranked, ANSWERS.probability(signals(question, hits, read)))

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Read]:
        """Read the hits; their sentences, best first."""
        own = [hit for hit in hits if hit.article.language == LANGUAGE][:MOST_READ]
        found: list[Read] = []
        for some in (own[:FIRST_READ], own[FIRST_READ:]):
            if found and max(one.signals.score for one in found) > SURE_SCORE:
                break
            for hit, reading in zip(some, self._reader.read(question.text, some), strict=True):
                found += self._sentences(question, hit, reading)
        return sorted(found, key=lambda one: (-one.logit, one.hit.article.id, one.index))

    def _sentences(self, question: Question, hit: Hit, reading: Reading) -> Iterator[Read]:
        pairs = zip(sentence_texts(hit), reading.sentences, strict=True)
        for index, (text, one) in enumerate(pairs):
            seen = SentenceSignals(
                score=_clipped(one.score),
                hybrid=hit.score,
                coverage=question.coverage(text, LANGUAGE),
            )
            sure = _clipped(reading.answerable)
            yield Read(hit, index, text, one.span, sure, seen, self._sentence.logit(seen))


def signals(question: Question, hits: Sequence[Hit], read: Sequence[Read]) -> Signals:
    """What the whole judgement rests on; `read` are all sentences, best first."""
    best = read[0]
    text = f"{heading(best.hit.article)}\n{best.hit.text}"
    scores = [hit.score for hit in hits]
    return Signals(
        score=max(one.signals.score for one in read),
        answerable=max(one.answerable for one in read),
        dense=best.hit.dense,
        hybrid=best.hit.score,
        gap=scores[0] - scores[1] if len(scores) > 1 else 0.0,
        coverage=question.coverage(text, LANGUAGE),
        sentence_coverage=best.signals.coverage,
        names=question.names_covered([text], LANGUAGE),
    )


def _clipped(logit: float) -> float:
    return min(max(logit, -MAX_LOGIT), MAX_LOGIT)
