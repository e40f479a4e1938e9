"""Progress of indexing, shown by edits of the reply."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord

from bot import words

EDIT_SECONDS = 1.5
"""Discord takes five edits in two seconds; others of this reply must still get through."""

Progress = Callable[[int, int], None]

log = logging.getLogger(__name__)


@asynccontextmanager
async def shown(
    interaction: discord.Interaction[Any],
    check: Callable[[], None],
    text: Callable[[int, int], str] = words.progress,
) -> AsyncIterator[Progress]:
    """Give a callback for a worker thread, and edit the reply to `text` while it is called.

    `check` is called with every step and may raise, to stop the work. The last edit has ended
    when the block has, so that it cannot overtake the final reply.
    """
    ended = asyncio.Event()
    state = [0, 0]

    def report(done: int, total: int) -> None:
        check()
        state[:] = done, total

    task = asyncio.create_task(_edit(interaction, state, ended, text))
    try:
        yield report
    finally:
        ended.set()
        await task


async def _edit(
    interaction: discord.Interaction[Any],
    state: list[int],
    ended: asyncio.Event,
    text: Callable[[int, int], str],
) -> None:
    told = [0, 0]
    while not await _within(ended, EDIT_SECONDS):
        done, total = now = list(state)
        if now == told:
            continue
        told = now
        try:
            await interaction.edit_original_response(content=text(done, total))
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.info("progress is not shown: %s", type(error).__name__)


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
