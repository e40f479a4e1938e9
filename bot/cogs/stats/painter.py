"""Draw in a child process, where matplotlib neither slows answers down nor keeps memory.

In a thread of the bot the same picture held the event loop up for as much as 60 ms at a time, took
50 MB for good, and could not be stopped.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.cogs.stats.reader import DayStats

SECONDS = 60.0
"""For one picture and those before it; one takes a second."""

_ROOT = Path(__file__).parents[3]


class NotDrawn(Exception):
    """There is no picture; the message says why, for the log."""


class Painter:
    """Draws one picture at a time: several would only share the processors."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def draw(self, days: Sequence[DayStats]) -> bytes:
        """Return a PNG. Raises NotDrawn."""
        job = json.dumps([asdict(day) for day in days], default=str)
        try:
            async with asyncio.timeout(SECONDS), self._turn:
                status, picture, errors = await _child(job.encode())
        except (OSError, TimeoutError) as error:
            raise NotDrawn(type(error).__name__) from error
        if status:
            raise NotDrawn(errors.decode(errors="replace").strip()[-500:] or f"status {status}")
        return picture


async def _child(job: bytes) -> tuple[int | None, bytes, bytes]:
    # The token is none of its business, so it gets no other variable.
    path = os.pathsep.join([str(_ROOT), *filter(None, sys.path)])
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.cogs.stats"),
        env={"PYTHONPATH": path},
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        picture, errors = await process.communicate(job)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return process.returncode, picture, errors
