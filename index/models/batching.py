"""Texts from all threads in common batches: questions first, rows of like length together."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from index.models.embedder import Progress, Vectors

MAX_BATCH_TEXTS = 8
"""Measured on 2 cores: 8 rows give the most passages per second, and a question never waits
longer than one such batch."""


@dataclass(eq=False)
class _Request:
    """One call of `embed`: rows are taken longest first, so that a batch needs little padding."""

    items: Sequence[Sized]
    vectors: Vectors
    progress: Progress | None
    rows: deque[int] = field(init=False)
    missing: int = field(init=False)
    error: BaseException | None = None
    done: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        by_length = sorted(range(len(self.items)), key=lambda i: -len(self.items[i]))
        self.rows = deque(by_length)
        self.missing = len(self.items)


class Batcher:
    """Runs a model over rows that several threads wait for, in one worker thread."""

    def __init__(self, run: Callable[[Sequence[Any]], Vectors], dimension: int) -> None:
        """`run` gets 1 to MAX_BATCH_TEXTS items (token ids or texts), in one thread only."""
        self._run = run
        self._dimension = dimension
        self._urgent: deque[_Request] = deque()
        self._patient: deque[_Request] = deque()
        self._wake = threading.Condition()
        threading.Thread(target=self._work, name="embedder", daemon=True).start()

    def embed(self, items: Sequence[Sized], *, urgent: bool, progress: Progress | None) -> Vectors:
        """Wait for one vector per item, in order; raises what the model raised."""
        vectors = np.empty((len(items), self._dimension), dtype=np.float32)
        if not items:
            return vectors
        request = _Request(items, vectors, progress)
        with self._wake:
            (self._urgent if urgent else self._patient).append(request)
            self._wake.notify()
        request.done.wait()
        if request.error:
            raise request.error
        return vectors

    def _work(self) -> None:
        while True:
            with self._wake:
                self._wake.wait_for(lambda: self._urgent or self._patient)
                batch = self._take(self._urgent or self._patient)
            try:
                vectors = self._run([request.items[row] for request, row in batch])
            except Exception as error:  # noqa: BLE001 - handed to the callers, who wait for it
                self._fail({request for request, _ in batch}, error)
                continue
            for (request, row), vector in zip(batch, vectors, strict=True):
                request.vectors[row] = vector
            self._finish([request for request, _ in batch])

    @staticmethod
    def _take(queue: deque[_Request]) -> list[tuple[_Request, int]]:
        batch: list[tuple[_Request, int]] = []
        while queue and len(batch) < MAX_BATCH_TEXTS:
            batch.append((queue[0], queue[0].rows.popleft()))
            if not queue[0].rows:
                queue.popleft()
        return batch

    @staticmethod
    def _finish(served: Sequence[_Request]) -> None:
        for request in dict.fromkeys(served):
            count = served.count(request)
            request.missing -= count
            if request.progress:
                request.progress(count)
            if not request.missing:
                request.done.set()

    def _fail(self, requests: set[_Request], error: BaseException) -> None:
        with self._wake:
            for queue in (self._urgent, self._patient):
                kept = [request for request in queue if request not in requests]
                queue.clear()
                queue.extend(kept)
        for request in requests:
            request.error = error
            request.done.set()
