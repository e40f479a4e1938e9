"""Passages: sentences packed to about the same length, and the words by which they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.model import Article, Document, Passage, Span
from index.text.sentences import count_words, trimmed, words_in

_MAX_SIZE = 2

_TOO_LONG_FACTOR = 4.0

_MID_PARAGRAPH_COST = 0.05

_LEFT_OUT_COST = 0.5
"""Passage sizes are in multiples of `max_words`. With these, 5 or 20 words left over join a full
passage and 40 stand alone; a passage spans words that were left out only to save a stub."""


def passages(text: str, spans: Sequence[Span], *, max_words: int = 110) -> list[Passage]:
    """Pack sentences, in order, into passages of about `max_words` words.

    No passage is over twice that: a sentence that is, is cut between words. Of all ways to pack
    the one of least cost is taken, so that slack is spread and no few words are left at the end.
    """
    pieces = [piece for span in spans for piece in _pieces(text, span, max_words)]
    starts = _pack(text, pieces, max_words)
    runs = [tuple(pieces[start:end]) for start, end in pairwise([*starts, len(pieces)])]
    return [Passage(n, Span(run[0].start, run[-1].end), run) for n, run in enumerate(runs)]


def _pieces(text: str, span: Span, max_words: int) -> Iterator[Span]:
    """Cut what is no sentence (a list, a text without full stops) into equal runs of words."""
    longest = _MAX_SIZE * max_words
    # Most sentences have fewer characters than that, so their words need no counting.
    words = words_in(text, span) if span.end - span.start > longest else []
    if len(words) <= longest:
        yield span
        return
    count = -(-len(words) // max_words)
    firsts = [words[n * len(words) // count].start() for n in range(count)]
    for start, end in pairwise([*firsts, span.end]):
        yield trimmed(text, start, end)


def _pack(text: str, pieces: Sequence[Span], max_words: int) -> list[int]:
    """Return the first piece of each passage: the cheapest path from break to break."""
    edges = np.cumsum([0, *(count_words(piece.of(text)) for piece in pieces)])
    gaps = [text[a.end : b.start] for a, b in pairwise(pieces)]
    left_out = np.cumsum([0.0, *(_LEFT_OUT_COST * bool(gap.strip()) for gap in gaps)])
    at_break = np.array([0.0, *(_MID_PARAGRAPH_COST * ("\n" not in gap) for gap in gaps)])
    farthest = np.searchsorted(edges, edges - _MAX_SIZE * max_words)
    best = np.zeros(len(edges))
    origins = [0]
    for end in range(1, len(edges)):
        first = min(int(farthest[end]), end - 1)
        sizes = (edges[end] - edges[first:end]) / max_words
        costs = best[first:end] + at_break[first:end] + _size_costs(sizes)
        costs += left_out[end - 1] - left_out[first:end]
        cheapest = int(costs.argmin())
        best[end] = costs[cheapest]
        origins.append(first + cheapest)
    starts = [len(pieces)]
    while starts[-1] > 0:
        starts.append(origins[starts[-1]])
    return starts[:0:-1]


def _size_costs(sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far passages are from the wished size (1.0); too long is worse than too short."""
    return np.square(sizes - 1) * np.where(sizes > 1, _TOO_LONG_FACTOR, 1.0)


def heading(article: Article | Document) -> str:
    """Return title, publisher and date of an article in one line."""
    is_link = article.source is not None and "://" in article.source
    publisher = None if is_link else article.source
    return " · ".join(part for part in (article.title, publisher, article.published) if part)


def searchable(article: Article | Document, text: str, passages: Iterable[Passage]) -> list[str]:
    """Put the heading over the words of each passage of `text`."""
    above = heading(article)
    return [f"{above}\n{passage.span.of(text)}" for passage in passages]
