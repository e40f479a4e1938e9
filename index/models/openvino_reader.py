"""The trained reader on OpenVINO."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
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

BATCH_PAIRS = 2
"""Of like length; as many batches as the CPU has streams are read side by side."""


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
        batches = list(_batches(pairs))
        with self._lock:
            outputs = self._model.run([_inputs([pairs[n] for n in batch]) for batch in batches])
        found: dict[int, Reading] = {}
        for batch, (starts, ends, answerable) in zip(batches, outputs, strict=True):
            for row, n in enumerate(batch):
                spans = _sentences(hits[n])
                datelines = [dateline(span.of(hits[n].text)) for span in spans]
                told = [
                    replace(s, start=s.start + d) for s, d in zip(spans, datelines, strict=True)
                ]
                read = reading(pairs[n], told, starts[row], ends[row], float(answerable[row]))
                found[n] = read.moved(datelines)
        return [found[n] for n in range(len(hits))]


def _inputs(pairs: Sequence[Pair]) -> dict[str, NDArray[np.int64]]:
    from index.models.runtime import padded

    return {
        "ids": padded([pair.ids for pair in pairs], PAD),
        "mask": padded([[1] * len(pair.ids) for pair in pairs]),
    }


def _batches(pairs: Sequence[Pair]) -> Iterator[list[int]]:
    """Yield numbers of pairs of like length."""
    order = np.argsort([len(pair.ids) for pair in pairs], kind="stable")
    for start in range(0, len(order), BATCH_PAIRS):
        yield [int(n) for n in order[start : start + BATCH_PAIRS]]


def _sentences(hit: Hit) -> list[Span]:
    start = hit.passage.span.start
    return [Span(s.start - start, s.end - start) for s in hit.passage.sentences]
