"""Threads for blocking calls, which tell how busy they are."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Pool:
    """So many threads; `size` of the calls run side by side, the rest wait in turn.

    A call that runs for longer than `hangs_seconds` is taken to hang.
    """

    def __init__(
        self,
        size: int,
        name: str,
        hangs_seconds: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.hangs_seconds = hangs_seconds
        self._executor = ThreadPoolExecutor(size, name)
        self._clock = clock
        self._numbers = itertools.count()
        self._running: dict[int, float] = {}

    @property
    def running(self) -> int:
        """How many calls run, those included that nobody waits for any more."""
        return len(self._running)

    @property
    def longest_seconds(self) -> float:
        """For how long the oldest of the running calls has run."""
        began = min(self._running.copy().values(), default=None)  # threads change it meanwhile
        return 0.0 if began is None else self._clock() - began

    async def run(self, call: Callable[[], T]) -> T:
        """Run a call in a thread."""
        number = next(self._numbers)

        def measured() -> T:
            self._running[number] = self._clock()
            try:
                return call()
            finally:
                del self._running[number]

        return await asyncio.get_running_loop().run_in_executor(self._executor, measured)

    def close(self) -> None:
        """Drop what waits; what runs is not waited for."""
        self._executor.shutdown(wait=False, cancel_futures=True)
