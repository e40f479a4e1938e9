"""/stats: what was asked in a server, for its admins."""

from __future__ import annotations

import logging
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.stats import strings
from bot.cogs.stats.cards import stats_card
from bot.cogs.stats.painter import NotDrawn, Painter
from bot.cogs.stats.reader import DEFAULT_DAYS, MAX_DAYS, MIN_DAYS, Stats, StatsReader
from bot.discord.replies import acknowledge, answer
from bot.permissions import MANAGERS, SETTINGS_HINT, managed_space
from bot.services import Services

log = logging.getLogger(__name__)


class Statistics(commands.Cog):
    """The statistics of a server, for those with Manage Server."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._painter = Painter()

    @app_commands.command(description=strings.STATS, extras={**MANAGERS})
    @app_commands.describe(days=strings.STATS_DAYS)
    @app_commands.default_permissions(SETTINGS_HINT)
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    async def stats(
        self,
        interaction: discord.Interaction[Any],
        days: app_commands.Range[int, MIN_DAYS, MAX_DAYS] = DEFAULT_DAYS,
    ) -> None:
        """Show counts and a picture of the last days to the admin alone."""
        await acknowledge(interaction, private=True)
        space = managed_space(interaction)
        records = self._services.library.records
        reader = StatsReader(records.questions, records.votes, records.tokens)
        stats = await self._services.workers.ask(reader.of, space, days)
        picture = await self._picture(stats) if stats.asked else None
        await answer(interaction, stats_card(stats, picture))

    async def _picture(self, stats: Stats) -> bytes | None:
        try:
            return await self._painter.draw(stats.days)
        except NotDrawn as error:
            log.error("no picture of the statistics: %s", error)
            return None
