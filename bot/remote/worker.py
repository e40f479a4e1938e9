"""Answer for bots; the worker's side of the queue."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
from collections.abc import Callable
from contextlib import closing, suppress
from typing import TypeVar

from bot.answering import find_answer
from bot.metrics.meters import Metrics, Origin
from bot.metrics.monitor import Monitor, measure
from bot.remote import wire
from bot.runtime.threads import Workers
from index.errors import FootnoteError, StorageError, UnknownArticle
from index.library import Library
from index.store.queue import BEAT_SECONDS, Claimed, Queue

AT_ONCE = 2
"""Questions. The reader reads for one at a time, on all cores; of another meanwhile passages are
found. Further ones are left to other workers."""

POLL_SECONDS = 1.0
"""Between two polls for questions without a notification, such as those of a dead worker."""

FINISH_SECONDS = 15.0
"""How long questions at hand may take once the worker stops; then another worker gets them."""

T = TypeVar("T")

log = logging.getLogger(__name__)


class Worker:
    """Takes questions and answers them from its own library."""

    def __init__(self, library: Library, queue: Queue, workers: Workers, metrics: Metrics) -> None:
        """`workers` has the threads in which questions are answered."""
        self.name = secrets.token_hex(4)
        self._library = library
        self._queue = queue
        self._workers = workers
        self._metrics = metrics
        self._woken = asyncio.Event()
        self._looking = asyncio.Lock()
        self._stopped = False
        self._at_hand: set[int] = set()
        self._is_down = False

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until `stop`, and finish the questions at hand."""
        loop = asyncio.get_running_loop()

        def notified(_: str) -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._woken.set)

        with closing(self._queue.when_asked(notified)):
            beating = asyncio.create_task(self._beat())
            slots = [asyncio.create_task(self._answer_all()) for _ in range(AT_ONCE)]
            stopped = asyncio.create_task(stop.wait())
            log.info("worker %s takes questions", self.name)
            await asyncio.wait((stopped, beating, *slots), return_when=asyncio.FIRST_COMPLETED)
            log.info("stopping")
            self._stopped = True
            self._woken.set()
            await self._unless_down(self._say_that_it_lives)  # that no more are put for it
            await asyncio.wait(slots, timeout=FINISH_SECONDS)
        for task in (stopped, beating, *slots):
            task.cancel()
        await self._unless_down(lambda: self._queue.give_back(self.name))
        for ended in await asyncio.gather(beating, *slots, return_exceptions=True):
            if isinstance(ended, Exception):  # not that it was cancelled
                raise ended

    async def _answer_all(self) -> None:
        while not self._stopped:
            async with self._looking:
                claimed = await self._next()
            if claimed:
                self._at_hand.add(claimed.id)
                try:
                    await self._answer(claimed)
                finally:
                    self._at_hand.discard(claimed.id)

    async def _next(self) -> Claimed | None:
        """Wait for a question; None once the worker stops."""
        while not self._stopped:
            self._woken.clear()
            claimed = await self._unless_down(lambda: self._queue.claim(self.name))
            if claimed:
                return claimed
            with suppress(TimeoutError):
                async with asyncio.timeout(POLL_SECONDS):
                    await self._woken.wait()
        return None

    async def _answer(self, claimed: Claimed) -> None:
        queue, number = self._queue, claimed.id
        try:
            found = wire.dump(await self._result(claimed))
        except Exception as error:  # whatever it is, another worker may do better
            known = isinstance(error, FootnoteError | TimeoutError)
            log.error("question %d: %s", number, error, exc_info=None if known else error)
            await self._unless_down(lambda: queue.give_back(self.name, number))
            return
        if await self._unless_down(lambda: queue.answer(self.name, claimed, found)):
            log.info("question %d: answered", number)
        else:
            log.warning("question %d: the answer comes too late", number)

    async def _result(self, claimed: Claimed) -> wire.Result:
        inquiry = wire.inquiry(claimed.question)
        try:
            with self._metrics.questions.asked(Origin.QUEUE) as measured:
                found = await self._workers.ask(find_answer, self._library, inquiry)
                measured.answer = found
        except UnknownArticle as error:
            return wire.Result.of_error(error)
        return wire.Result(found)

    async def _beat(self) -> None:
        while True:
            await self._unless_down(self._say_that_it_lives)
            await asyncio.sleep(BEAT_SECONDS)

    def _say_that_it_lives(self) -> None:
        self._queue.beat(self.name, tuple(self._at_hand), takes_more=not self._stopped)

    async def _unless_down(self, call: Callable[[], T]) -> T | None:
        """Call what uses the database; return None, after a while, where it is down."""
        try:
            result = await asyncio.to_thread(call)
        except StorageError as error:
            if not self._is_down:
                log.warning("no questions can be had: %s", error)
            self._is_down = True
            await asyncio.sleep(POLL_SECONDS)
            return None
        self._is_down = False
        return result


def run_worker(library: Library, queue: Queue, metrics_port: int | None) -> int:
    """Answer for bots until SIGTERM or SIGINT; return the exit code."""
    workers = Workers()
    try:
        asyncio.run(_run(library, queue, workers, metrics_port))
    finally:
        workers.close()
    return 0


async def _run(library: Library, queue: Queue, workers: Workers, metrics_port: int | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    metrics = Metrics()
    async with asyncio.TaskGroup() as group:
        serving = None
        if metrics_port:
            monitor = Monitor(library, workers, metrics)
            serving = group.create_task(measure(monitor, metrics_port))
        await Worker(library, queue, workers, metrics).run(stop)
        if serving:
            serving.cancel()
