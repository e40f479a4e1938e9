"""/stats: what was asked in a server, for its admins."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from discord import app_commands
from discord.ext import commands

from bot.cogs.stats import strings
from bot.cogs.stats.cards import stats_card
from bot.cogs.stats.reader import (
    DEFAULT_DAYS,
    MAX_DAYS,
    MIN_DAYS,
    DayStats,
    Stats,
    read_stats,
)
from bot.discord.replies import acknowledge, answer
from bot.permissions import MANAGERS, SETTINGS_HINT, Interaction, managed
from bot.services import Services
from index.model import Space

log = logging.getLogger(__name__)

SECONDS = 60.0
"""For one picture and those before it; one takes a second."""

_ROOT = Path(__file__).parents[3]


class NotDrawn(Exception):
    """There is no picture; the message says why, for the log."""


class ChartRenderer:
    """Draws in a child process, one picture at a time: several would only share the processors.

    In a thread of the bot the same picture held the event loop up for as much as 60 ms at a time,
    took 50 MB for good, and could not be stopped.
    """

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
        *(sys.executable, "-m", "bot.cogs.stats.chart"),
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


class Statistics(commands.Cog):
    """The statistics of a server, for those with Manage Server."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._chart = ChartRenderer()

    @app_commands.command(description=strings.STATS, extras={**MANAGERS})
    @app_commands.describe(days=strings.STATS_DAYS)
    @app_commands.default_permissions(SETTINGS_HINT)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def stats(
        self,
        interaction: Interaction,
        days: app_commands.Range[int, MIN_DAYS, MAX_DAYS] = DEFAULT_DAYS,
    ) -> None:
        """Show counts and a picture of the last days to the admin alone."""
        await acknowledge(interaction, private=True)
        space = Space(str(managed(interaction)))
        records = self._services.library.records
        stores = (records.questions, records.votes, records.tokens)
        stats = await self._services.workers.ask(read_stats, *stores, space, days)
        drawable = find_spec("matplotlib") is not None  # the extra footnote-bot[plots]
        picture = await self._picture(stats) if stats.asked and drawable else None
        await answer(interaction, stats_card(stats, picture, drawable=drawable))

    async def _picture(self, stats: Stats) -> bytes | None:
        try:
            return await self._chart.draw(stats.days)
        except NotDrawn as error:
            log.error("no picture of the statistics: %s", error)
            return None
