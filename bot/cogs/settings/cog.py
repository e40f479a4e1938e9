"""/settings panel and /settings log: what the admins of a server set."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.cogs.settings import panel, strings
from bot.cogs.settings.cards import LOGGED, changes_card
from bot.discord.replies import acknowledge, answer
from bot.permissions import MANAGERS, SETTINGS_HINT, Interaction, managed
from bot.services import Services


class Server(commands.Cog):
    """The settings of a server, for those with Manage Server."""

    settings = app_commands.Group(
        name="settings",
        description=strings.SETTINGS,
        extras={**MANAGERS},
        default_permissions=SETTINGS_HINT,
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False),
    )

    def __init__(self, services: Services) -> None:
        self._services = services

    @settings.command(name="panel", description=strings.SETTINGS_PANEL)
    async def panel(self, interaction: Interaction) -> None:
        """Show the settings, with what changes them."""
        await acknowledge(interaction, private=True)
        guild_id = managed(interaction, ("panel", None))
        await panel.show(interaction, self._services, guild_id)

    @settings.command(name="log", description=strings.SETTINGS_LOG)
    async def log(self, interaction: Interaction) -> None:
        """Show the last changes."""
        await acknowledge(interaction, private=True)
        guild_id = managed(interaction, ("log", None))
        read = self._services.server_settings.log
        changes = await self._services.workers.ask(read, guild_id, LOGGED)
        await answer(interaction, changes_card(changes))
