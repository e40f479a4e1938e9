"""Metrics of the connection and of interactions."""

from __future__ import annotations

from typing import Any

import discord
from discord.ext import commands

from bot.services import Services


class Metering(commands.Cog):
    """Hears everything and answers nothing."""

    def __init__(self, services: Services) -> None:
        self._metrics = services.metrics

    @commands.Cog.listener()
    async def on_socket_event_type(self, name: str) -> None:
        """Note an event of the gateway."""
        self._metrics.gateway.event(name)

    @commands.Cog.listener()
    async def on_disconnect(self) -> None:
        """Note that the connection is lost."""
        self._metrics.gateway.disconnected()

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Note when an interaction came."""
        self._metrics.requests.arrived(interaction.id)
