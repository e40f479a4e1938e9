"""Library calls block, so they run in threads: questions side by side, indexing one by one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from bot.pools import Pool

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

log = logging.getLogger(__name__)


class ShuttingDown(Exception):
    """The bot takes no new work."""


class QueueFull(Exception):
    """So many questions wait that another would wait too long.

    Attributes:
        waiting: How many.
    """

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} questions wait")
        self.waiting = waiting


class Workers:
    """Pools of threads, and the tasks in flight that `drain` waits for."""

    def __init__(self) -> None:
        self.questions = Pool(QUESTION_THREADS, "question", QUESTION_SECONDS)
        self.indexing = Pool(1, "indexing", INDEXING_SECONDS)
        self.quick_calls = Pool(1, "quick", QUICK_SECONDS)
        self._running: set[asyncio.Task[Any]] = set()
        self._late: set[asyncio.Task[Any]] = set()
        self._asking = 0
        self._draining = False
        self._abandoned = False

    @property
    def pools(self) -> tuple[Pool, ...]:
        """All pools."""
        return self.questions, self.indexing, self.quick_calls

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
        self._asking += 1
        try:
            async with asyncio.timeout(QUESTION_SECONDS):
                return await self._run(self.questions, lambda: call(*args, **kwargs))
        finally:
            self._asking -= 1

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn."""
        return max(self._asking - QUESTION_THREADS, 0)

    def check_queue(self) -> None:
        """Raise QueueFull when it is better to ask again later."""
        if self.waiting >= MOST_WAITING:
            raise QueueFull(self.waiting)

    async def quick(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a short call at once, whatever else waits. Raises TimeoutError, ShuttingDown."""
        async with asyncio.timeout(QUICK_SECONDS):
            return await self._run(self.quick_calls, lambda: call(*args, **kwargs))

    async def index(self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a call that writes, after those before it. Raises ShuttingDown."""
        return await self._run(self.indexing, lambda: call(*args, **kwargs))

    async def _run(self, pool: Pool, call: Callable[[], T]) -> T:
        self.track()
        if asyncio.current_task() in self._late:
            raise ShuttingDown
        return await pool.run(call)

    def check(self) -> None:
        """Raise ShuttingDown in a thread whose work nobody waits for any more."""
        if self._abandoned:
            raise ShuttingDown

    async def drain(self, timeout_seconds: float) -> bool:
        """Take no new work and wait for what runs; return whether all of it finished.

        What comes while this waits is still told that the bot is about to stop.
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
