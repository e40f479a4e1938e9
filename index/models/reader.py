"""The reader: which words of a passage answer a question, and whether any do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.model import Hit, Span
from index.models.encoding import NO_ANSWER, Pair
from index.text.words import subject_words


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What one sentence of a passage says to the question.

    `score` is the log odds that the answer stands in it, against the passage having none (above 0:
    more likely than not); `span` are the words of the best answer, as offsets into the sentence.
    """

    score: float
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of a passage: `answerable` is the log odds that it answers at all.

    `sentences` are in the passage's order.
    """

    answerable: float
    sentences: tuple[SentenceReading, ...]

    @property
    def best(self) -> float:
        """Return the highest score of a sentence."""
        return max(sentence.score for sentence in self.sentences)

    def moved(self, by: Sequence[int]) -> Reading:
        """Return the reading with the spans moved: so many characters were left out before each."""
        pairs = zip(self.sentences, by, strict=True)
        spans = ((one.score, one.span.start + n, one.span.end + n) for one, n in pairs)
        return Reading(
            self.answerable,
            tuple(SentenceReading(score, Span(start, end)) for score, start, end in spans),
        )


class Reader(Protocol):
    """Reads passages with a question in mind."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Return one reading per hit, in order. Blocks; thread-safe."""
        ...


_WORD = re.compile(r"\w+")

MARGIN = 6.0
"""From no word found (score -3) to all of them (3)."""


class OverlapReader:
    """Scores by the share of the question's subject words; needs no model."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Return one reading per hit."""
        wanted = {word.lower() for word in subject_words(question)}
        return [self._reading(wanted, hit) for hit in hits]

    @staticmethod
    def _reading(wanted: set[str], hit: Hit) -> Reading:
        found = []
        for sentence in hit.passage.sentences:
            start = hit.passage.span.start
            text = hit.text[sentence.start - start : sentence.end - start]
            share = len(wanted & {w.lower() for w in _WORD.findall(text)}) / max(len(wanted), 1)
            found.append(SentenceReading(MARGIN * (share - 0.5), Span(0, len(text))))
        return Reading(max(one.score for one in found), tuple(found))


Floats = NDArray[np.float32]

MAX_SPAN_TOKENS = 48
"""Longer answers are cut to their best part; of SQuAD's answers 1 in 1,000 is longer."""

UNREAD = -50.0
"""The score of a sentence that did not fit into the reader's window: surely not the answer."""


def reading(
    pair: Pair, sentences: Sequence[Span], starts: Floats, ends: Floats, answerable: float
) -> Reading:
    """Score every sentence (offsets into the passage) by all spans that lie within it.

    `starts` and `ends` are the pair's logits, (tokens,). A sentence's score is the log of the sum
    of exp(start + end) over its spans, less that of no answer.
    """
    none = float(starts[NO_ANSWER] + ends[NO_ANSWER])
    offsets = np.array(pair.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = starts[pair.first : pair.last], ends[pair.first : pair.last]
    return Reading(
        answerable,
        tuple(_sentence(span, offsets, starts, ends, none) for span in sentences),
    )


def _sentence(
    sentence: Span, offsets: NDArray[np.int64], starts: Floats, ends: Floats, none: float
) -> SentenceReading:
    inside = np.flatnonzero((offsets[:, 0] >= sentence.start) & (offsets[:, 1] <= sentence.end))
    if not len(inside):
        return SentenceReading(UNREAD, Span(0, sentence.end - sentence.start))
    first, last = int(inside[0]), int(inside[-1]) + 1
    scores = starts[first:last, None] + ends[None, first:last]
    count = last - first
    allowed = np.triu(np.ones((count, count), np.bool_)) & ~np.triu(
        np.ones((count, count), np.bool_), MAX_SPAN_TOKENS
    )
    scores = np.where(allowed, scores, -np.inf)
    highest = float(scores.max())
    total = highest + float(np.log(np.exp(scores - highest).sum()))
    begin, end = np.unravel_index(int(scores.argmax()), scores.shape)
    span = Span(
        int(offsets[first + begin, 0]) - sentence.start,
        int(offsets[first + end, 1]) - sentence.start,
    )
    return SentenceReading(total - none, span)
