"""Choose one of several processes for the work that must be done only once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

from index.store.database import Lock

LEAD = "bot"
"""The lock of whoever leads."""

CHECK_SECONDS = 5.0
"""Between two checks whether this process leads."""

log = logging.getLogger(__name__)


@contextmanager
def leading(lock: Lock) -> Iterator[bool]:
    """Lead for a moment, and tell whether another process does not; blocks."""
    try:
        yield lock.obtain()
    finally:
        lock.release()


class Leadership:
    """Of all processes of one bot, the one that holds the lock leads."""

    def __init__(self, lock: Lock, check_seconds: float = CHECK_SECONDS) -> None:
        self._lock = lock
        self._check_seconds = check_seconds
        self._led = False

    async def obtain(self) -> bool:
        """Try to lead; return whether this process leads now, which may end at any time."""
        # Not a thread of the pools: while those are busy it would seem to be lost.
        leads = await asyncio.to_thread(self._lock.obtain)
        if leads != self._led:
            self._led = leads
            log.info("this process leads" if leads else "this process no longer leads")
        return leads

    def release(self) -> None:
        """Let another process lead; blocks."""
        self._lock.release()

    async def whenever(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Start the work whenever this process begins to lead, and cancel it when that ends."""
        while True:
            if await self.obtain():
                await self._do(work())
            await asyncio.sleep(self._check_seconds)

    async def _do(self, work: Coroutine[Any, Any, None]) -> None:
        """Run the work while this process leads. Raises what the work raises."""
        task = asyncio.create_task(work)
        try:
            while await self.obtain():
                if task.done():
                    task.result()
                await asyncio.sleep(self._check_seconds)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
