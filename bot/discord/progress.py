"""Progress of indexing, shown by editing the reply."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord

EDIT_SECONDS = 1.5
"""Discord takes five edits in two seconds; others of this reply must still get through."""


log = logging.getLogger(__name__)


class Progress:
    """What is shown next; called with (passages embedded, passages in all) in a worker thread.

    `check` is called with every step and may raise, to stop the work; `text` tells how far it is.
    """

    def __init__(self, check: Callable[[], None], text: Callable[[int, int], str]) -> None:
        self._check = check
        self._describe = text
        self._part = ""
        self._count = (0, 0)

    def begin(self, part: str) -> None:
        """Say which of several parts comes now."""
        self._part, self._count = part, (0, 0)

    def __call__(self, done: int, total: int) -> None:
        """Note a step."""
        self._check()
        self._count = done, total

    @property
    def text(self) -> str:
        """The text to show, "" before there is any."""
        count = self._describe(*self._count) if any(self._count) else ""
        return "\n".join(filter(None, (self._part, count)))


@asynccontextmanager
async def shown(
    interaction: discord.Interaction[Any],
    check: Callable[[], None],
    text: Callable[[int, int], str],
) -> AsyncIterator[Progress]:
    """Edit the reply to `text` while the progress that this gives is called.

    The last edit has ended when the block has, so that it cannot overtake the final reply.
    """
    ended = asyncio.Event()
    progress = Progress(check, text)
    task = asyncio.create_task(_edit(interaction, progress, ended))
    try:
        yield progress
    finally:
        ended.set()
        await task


async def _edit(
    interaction: discord.Interaction[Any], progress: Progress, ended: asyncio.Event
) -> None:
    last = ""
    while not await _within(ended, EDIT_SECONDS):
        text = progress.text
        if text == last:
            continue
        last = text
        try:
            await interaction.edit_original_response(content=text)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.info("progress is not shown: %s", type(error).__name__)


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
