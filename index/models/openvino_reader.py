"""The trained reader on OpenVINO."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from index.model import Hit, Span
from index.models import weights
from index.models.conversion import CONVERT, converted
from index.models.encoding import PAD, Pair, PairEncoder
from index.models.reader import Reading, reading
from index.text.bylines import dateline
from index.text.passages import heading

_FORMAT = "3"
"""Part of the converted model's folder name: raise it when `convert.py` changes."""

MOST_KNOWN = 4096
"""Readings of some 2 KB with their passage: those of 500 questions or more."""

_Key = tuple[str, str, str, tuple[Span, ...]]


class OpenVinoReader:
    """The shipped weights: bf16 where the CPU computes in it, else fp32. Thread-safe.

    What was read lately is not read again: a question comes back when another article is added,
    when a refusal is asked again in other channels, with every follow-up and subscription.
    """

    def __init__(self, cache: Path) -> None:
        """Load the model, converting it into `cache` the first time (10 to 20 s).

        Raises ModelError, ModelHashMismatch.
        """
        from index.models.runtime import Compiled

        name = f"reader-{weights.verify()[:8]}-{_FORMAT}"
        arguments = ["reader", str(weights.WEIGHTS)]
        self._model = Compiled(converted(name, CONVERT, arguments, cache))
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
            outputs = self._model.run([_inputs(pairs[n]) for n in order])
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
