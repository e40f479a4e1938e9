"""The reader: which words of a passage answer a question, and whether any do."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from index.model import Hit, Span
from index.models.encoding import NO_ANSWER, PAD, Pair, PairEncoder
from index.text.bylines import dateline
from index.text.passages import heading


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


MOST_KNOWN = 4096
"""Readings of some 2 KB with their passage: those of 500 questions or more."""

_Key = tuple[str, str, str, tuple[Span, ...]]


class Network(Protocol):
    """The reader's network."""

    def run(self, batches: Sequence[dict[str, NDArray[np.int64]]]) -> list[list[Floats]]:
        """Return the logits of start, end and answerable for each batch of ids and masks.

        Called by one thread at a time.
        """
        ...


class NetworkReader:
    """Reads with a network. Thread-safe.

    What was read lately is not read again: a question comes back when another article is added,
    when a refusal is asked again in other channels, with every follow-up and subscription.
    """

    def __init__(self, network: Network) -> None:
        self._network = network
        self._encoder = PairEncoder()
        self._known: LRUCache[_Key, Reading] = LRUCache(MOST_KNOWN)
        self._lock = threading.Lock()
        self._running = threading.Lock()

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Return one reading per hit, in order."""
        keys = [_key(question, hit) for hit in hits]
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
        unread = {key: hit for key, hit in zip(keys, hits, strict=True) if key not in found}
        if unread:
            read = zip(unread, self._read(question, list(unread.values())), strict=True)
            found.update(read)
            with self._lock:
                self._known.update((key, found[key]) for key in unread)
        return [found[key] for key in keys]

    def _read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        pairs = self._encoder.encode([(question, heading(hit.article), hit.text) for hit in hits])
        # One pair a batch, so that also two hits keep two cores busy; the longest ones first.
        order = sorted(range(len(pairs)), key=lambda n: -len(pairs[n].ids))
        with self._running:
            outputs = self._network.run([_inputs(pairs[n]) for n in order])
        found = {
            n: _reading(pairs[n], hits[n], starts[0], ends[0], float(answerable[0]))
            for n, (starts, ends, answerable) in zip(order, outputs, strict=True)
        }
        return [found[n] for n in range(len(hits))]


def _key(question: str, hit: Hit) -> _Key:
    return question, heading(hit.article), hit.text, _spans(hit)


def _spans(hit: Hit) -> tuple[Span, ...]:
    """Return the sentences as offsets into the passage."""
    start = hit.passage.span.start
    return tuple(Span(s.start - start, s.end - start) for s in hit.passage.sentences)


def _inputs(pair: Pair) -> dict[str, NDArray[np.int64]]:
    from index.models.runtime import padded

    return {"ids": padded([pair.ids], PAD), "mask": padded([[1] * len(pair.ids)])}


def _reading(
    pair: Pair,
    hit: Hit,
    starts: NDArray[np.float32],
    ends: NDArray[np.float32],
    answerable: float,
) -> Reading:
    """Read the sentences without their datelines: where the reporter was is no answer."""
    spans = _spans(hit)
    datelines = [dateline(span.of(hit.text)) for span in spans]
    pairs = zip(spans, datelines, strict=True)
    told = [Span(span.start + length, span.end) for span, length in pairs]
    return reading(pair, told, starts, ends, answerable).moved(datelines)
