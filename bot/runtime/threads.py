"""Threads for blocking calls: questions side by side, indexing one by one."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Any, ParamSpec, TypeVar

from bot.errors import QueueFull, ShuttingDown

log = logging.getLogger(__name__)


class Pool:
    """A pool of threads: `size` calls run side by side, the rest wait in turn.

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
        """Number of running calls, those included whose caller has gone."""
        return len(self._running)

    @property
    def longest_seconds(self) -> float:
        """Age of the oldest running call."""
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
        """Drop waiting calls; do not wait for running ones."""
        self._executor.shutdown(wait=False, cancel_futures=True)


P = ParamSpec("P")
T = TypeVar("T")

QUESTION_THREADS = 8
"""More than there are cores: questions that wait for the embedder are embedded together."""

QUESTION_SECONDS = 60.0

MOST_WAITING = 100
"""Questions; the last of them waits about ten seconds on two cores."""

INDEXING_SECONDS = 3600.0
"""No limit, as no command begins anything after ten minutes: what runs so long hangs."""

QUICK_SECONDS = 2.0
"""Discord waits three for the first response."""


class Workers:
    """Pools of threads, and the tasks in flight that `drain` waits for."""

    def __init__(self) -> None:
        self.questions = Pool(QUESTION_THREADS, "question", QUESTION_SECONDS)
        self.indexing = Pool(1, "indexing", INDEXING_SECONDS)
        self.quick_calls = Pool(1, "quick", QUICK_SECONDS)
        self.records = Pool(1, "records", QUESTION_SECONDS)
        self._running: set[asyncio.Task[Any]] = set()
        self._late: set[asyncio.Task[Any]] = set()
        self._asking = 0
        self._draining = False
        self._abandoned = False

    @property
    def pools(self) -> tuple[Pool, ...]:
        """All pools."""
        return self.questions, self.indexing, self.quick_calls, self.records

    def track(self) -> None:
        """Count the current task as in flight until it is done, its reply included.

        To be called before anything is awaited: what was acknowledged must be answered.
        """
        task = asyncio.current_task()
        if task is None or task in self._running | self._late:
            return
        tasks = self._late if self._draining else self._running
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async def ask(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short call beside others. Raises TimeoutError, ShuttingDown."""
        async with self.elsewhere():
            return await self._run(self.questions, lambda: call(*args, **kwargs))

    @asynccontextmanager
    async def elsewhere(self) -> AsyncIterator[None]:
        """Count a question that another process answers like those here.

        Raises TimeoutError, ShuttingDown.
        """
        self._check_in()
        self._asking += 1
        try:
            async with asyncio.timeout(QUESTION_SECONDS):
                yield
        finally:
            self._asking -= 1

    @property
    def waiting(self) -> int:
        """Number of questions that wait for their turn."""
        return max(self._asking - QUESTION_THREADS, 0)

    def check_queue(self) -> None:
        """Raise QueueFull when it is better to ask again later."""
        if self.waiting >= MOST_WAITING:
            raise QueueFull(self.waiting)

    async def quick(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short call at once, whatever else waits. Raises TimeoutError, ShuttingDown."""
        async with asyncio.timeout(QUICK_SECONDS):
            return await self._run(self.quick_calls, lambda: call(*args, **kwargs))

    async def record(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short call that writes, however many questions wait: what is shown must be known.

        Raises TimeoutError, ShuttingDown.
        """
        async with asyncio.timeout(QUESTION_SECONDS):
            return await self._run(self.records, lambda: call(*args, **kwargs))

    async def index(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a call that writes, after those before it. Raises ShuttingDown."""
        return await self._run(self.indexing, lambda: call(*args, **kwargs))

    async def _run(self, pool: Pool, call: Callable[[], T]) -> T:
        self._check_in()
        return await pool.run(call)

    def _check_in(self) -> None:
        self.track()
        if asyncio.current_task() in self._late:
            raise ShuttingDown

    def check(self) -> None:
        """Raise ShuttingDown in a thread whose work nobody waits for any more."""
        if self._abandoned:
            raise ShuttingDown

    async def drain(self, timeout_seconds: float) -> bool:
        """Take no new work and wait for what runs; return whether all of it finished.

        Calls that come while this waits raise ShuttingDown.
        """
        self._draining = True
        try:
            async with asyncio.timeout(timeout_seconds):
                while tasks := self._running | self._late:
                    log.info("waiting for %d replies", len(tasks))
                    await asyncio.wait(tasks)
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """Drop what waits in the pools, and stop indexing at its next step."""
        self._draining = self._abandoned = True
        for pool in self.pools:
            pool.close()
