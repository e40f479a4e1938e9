"""Time, and waiting for a change without polling."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

Value = TypeVar("Value")
now = time.monotonic

PATIENCE = 150.0
"""Seconds that a test waits at most: a guard against hanging, on a machine that others use too."""


def iso(timestamp: float) -> str:
    """Write seconds since the epoch as Discord does."""
    return datetime.fromtimestamp(timestamp, UTC).isoformat()


class HarnessTimeout(AssertionError):
    """The bot did not do what was waited for."""


class Signal:
    """Wakes every waiter on each change."""

    future: asyncio.Future[None] | None = None

    def fire(self) -> None:
        """Something has changed."""
        if self.future and not self.future.done():
            self.future.set_result(None)
        self.future = None

    async def wait(self, seconds: float) -> None:
        """Wait for the next change, so many seconds at most."""
        if self.future is None:
            self.future = asyncio.get_running_loop().create_future()
        await asyncio.wait([self.future], timeout=max(0.0, seconds))


async def wait_until(
    signal: Signal, reached: Callable[[], Value], seconds: float, what: str | Callable[[], str]
) -> Value:
    """Wait until `reached()` is true, asked again at each change, and return its value.

    Raises
    ------
    HarnessTimeout
        With `what` in its message, after so many seconds.
    """
    end = now() + seconds
    while not (value := reached()):
        if end - now() <= 0:
            message = what() if callable(what) else what
            raise HarnessTimeout(f"{message} (waited {seconds:g} s)")
        await signal.wait(end - now())
    return value
