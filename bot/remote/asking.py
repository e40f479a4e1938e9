"""Have workers answer; the bot's side of the queue."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import NotAnswered
from bot.remote import wire
from index.errors import FootnoteError

if TYPE_CHECKING:
    from bot.answering import Inquiry
    from bot.runtime.threads import Workers
    from index.model import Answer, Thresholds
    from index.store.queue import Queue, Taken
    from index.store.sessions import ListenerThread

POLL_SECONDS = 1.0
"""Between two polls for an answer: its notification may be lost, or its worker dead."""

log = logging.getLogger(__name__)


class Forwarding:
    """Puts questions into the queue and waits for their answers, with as many others as wait."""

    def __init__(self, queue: Queue, workers: Workers, thresholds: Thresholds) -> None:
        """`thresholds` are for questions without; a worker's may be set otherwise."""
        self._queue = queue
        self._workers = workers
        self._thresholds = thresholds
        self._waiting: dict[int, asyncio.Event] = {}
        self._listening: ListenerThread | None = None

    async def ask(self, inquiry: Inquiry) -> Answer | None:
        """Return a worker's answer; None where no worker lives that could answer.

        Raises UnknownArticle, NotAnswered, StorageError, TimeoutError, ShuttingDown.
        """
        inquiry = replace(inquiry, thresholds=inquiry.thresholds or self._thresholds)
        async with self._workers.elsewhere():
            number = await asyncio.to_thread(self._queue.put, wire.dump(inquiry))
            if number is None:
                return None
            taken = await self._answer(number)
        if taken.failed:
            log.error("question %d is not answered: %d workers failed", number, taken.tries)
            raise NotAnswered
        if taken.answer is None:
            log.warning("question %d comes back: no worker is left", number)
            return None
        return wire.result(taken.answer).unwrap()

    def close(self) -> None:
        """Stop listening."""
        if self._listening:
            self._listening.close()

    async def _answer(self, number: int) -> Taken:
        """Wait until the question is taken out of the queue again, or take it out."""
        self._listen()
        answered = self._waiting[number] = asyncio.Event()
        try:
            while True:
                if taken := await asyncio.to_thread(self._queue.take, number):
                    return taken
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await answered.wait()
                answered.clear()
        except BaseException:  # nobody waits any more
            with suppress(FootnoteError):
                await asyncio.shield(asyncio.to_thread(self._queue.withdraw, number))
            raise
        finally:
            del self._waiting[number]

    def _listen(self) -> None:
        """Listen from the first question on that a worker takes."""
        if self._listening:
            return
        loop = asyncio.get_running_loop()

        def notified(notice: str) -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(self._wake, notice)

        self._listening = self._queue.when_answered(notified)

    def _wake(self, notice: str) -> None:
        """Wake the task that waits for the question of this number, or all for ""."""
        for number, answered in self._waiting.items():
            if notice in ("", str(number)):
                answered.set()
