"""The trained reader on OpenVINO."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.model import Hit, Span
from index.models import weights
from index.models.conversion import converted
from index.models.encoding import PAD, Pair, PairEncoder
from index.models.reader import Reading, reading
from index.text.passages import heading
from index.text.sentences import dateline

_FORMAT = "3"
"""Part of the converted model's folder name: raise it when `convert_reader.py` changes."""


class OpenVinoReader:
    """The shipped weights: bf16 where the CPU computes in it, else fp32. Thread-safe."""

    def __init__(self, cache: Path) -> None:
        """Load the model, converting it into `cache` the first time (10 to 20 s).

        Raises ModelError, ModelHashMismatch.
        """
        from index.models.runtime import Compiled

        name = f"reader-{weights.verify()[:8]}-{_FORMAT}"
        arguments = [str(weights.WEIGHTS)]
        self._model = Compiled(converted(name, "index.models.convert_reader", arguments, cache))
        self._encoder = PairEncoder()
        self._lock = threading.Lock()

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Return one reading per hit, in order."""
        pairs = self._encoder.encode([(question, heading(hit.article), hit.text) for hit in hits])
        # One pair a batch, so that also two hits keep two cores busy; the longest ones first.
        order = sorted(range(len(pairs)), key=lambda n: -len(pairs[n].ids))
        with self._lock:
            outputs = self._model.run([_inputs(pairs[n]) for n in order])
        found = {
            n: _reading(pairs[n], hits[n], starts[0], ends[0], float(answerable[0]))
            for n, (starts, ends, answerable) in zip(order, outputs, strict=True)
        }
        return [found[n] for n in range(len(hits))]


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
    start = hit.passage.span.start
    spans = [Span(s.start - start, s.end - start) for s in hit.passage.sentences]
    datelines = [dateline(span.of(hit.text)) for span in spans]
    pairs = zip(spans, datelines, strict=True)
    told = [Span(span.start + length, span.end) for span, length in pairs]
    return reading(pair, told, starts, ends, answerable).moved(datelines)
