"""Waiting for what nothing signals, and free ports."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Callable

WAIT_SECONDS = 150.0
"""Guards against hanging alone: no test waits that long when all is well, on a busy machine too."""


def block_until(holds: Callable[[], object], seconds: float = WAIT_SECONDS) -> None:
    """Block until something holds. Raises TimeoutError."""
    ends = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends:
            raise TimeoutError
        time.sleep(0.01)


async def until(holds: Callable[[], object], seconds: float = WAIT_SECONDS) -> None:
    """Wait until something holds. Raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - a database and a log among them
            await asyncio.sleep(0.02)


def free_port() -> int:
    """Return a port of loopback that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Tell whether somebody takes connections at a port of loopback."""
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
