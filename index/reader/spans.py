"""From scores of tokens to scores of sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.model import Span
from index.reader.base import Reading, SentenceReading
from index.reader.encoding import NO_ANSWER, Pair

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
