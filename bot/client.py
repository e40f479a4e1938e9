"""The bot as Discord sees it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.background import Background
from bot.cogs.about import About
from bot.cogs.articles import Articles
from bot.cogs.ask import Ask
from bot.cogs.feeds import FeedCommands
from bot.cogs.following import Following
from bot.cogs.forms import Forms
from bot.cogs.indexing import Indexing
from bot.cogs.mentions import Mentions
from bot.cogs.menus import Menus
from bot.cogs.metering import Metering
from bot.cogs.overview import Overview
from bot.cogs.server import Server
from bot.cogs.services import Services
from bot.cogs.stats import Statistics
from bot.cogs.sync import sync_if_changed
from bot.errors import handle
from bot.feeds.checking import Checker
from bot.feeds.schedule import LOOK_SECONDS, Schedule
from bot.following.lookout import FOLLOW_SECONDS, Lookout
from bot.pacing import Pacing
from bot.views import card, panel
from bot.views.feed_list import FeedPageButton
from bot.views.forgetting import ForgetButton
from bot.views.paging import PageButton
from bot.views.removal import RemovalButton
from bot.views.undo import UndoButton
from bot.views.unfollow import UnfollowButton

COGS = (
    About,
    Articles,
    Ask,
    Following,
    Forms,
    Indexing,
    Metering,
    Overview,
    Server,
    Statistics,
)
ITEMS = (
    FeedPageButton,
    ForgetButton,
    PageButton,
    RemovalButton,
    UndoButton,
    UnfollowButton,
    *card.KINDS,
    *panel.ITEMS,
)
"""Buttons and selects that the bot recognises, whenever they were sent."""

log = logging.getLogger(__name__)


class Tree(app_commands.CommandTree["FootnoteBot"]):
    """The commands, with the one error handler."""

    async def interaction_check(self, interaction: discord.Interaction[FootnoteBot], /) -> bool:
        """Let everything pass, and have it finished before the bot stops."""
        interaction.client.services.workers.track()
        return True

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Reply why a command failed."""
        await handle(interaction, error)


class FootnoteBot(commands.Bot):
    """Cogs, buttons and what they work with.

    The one privileged intent is that for the text of messages, and only where the application was
    granted it; `intents.message_content` tells whether it is there. `wanted` is what the next
    connection asks for.
    """

    def __init__(
        self, services: Services, data: Path, *, look_seconds: float | None = None
    ) -> None:
        """`look_seconds` pass between two looks at what is due or new, if not as many as usual."""
        self.wanted = discord.Intents.default()  # discord.py reads it anew for every connection
        trace = services.metrics.requests.trace()
        trace.on_request_start.append(Pacing().wait)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=self.wanted,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            http_trace=trace,
        )
        self.services = services
        self.background = Background()
        self._data = data
        self._checker = Checker(services)
        self._look_seconds = look_seconds

    async def setup_hook(self) -> None:
        """Load the cogs, recognise buttons of earlier runs, register the commands.

        This comes after the application is known and before the gateway is asked for events.
        """
        self.wanted.message_content = reads_messages(self.application)
        await self.add_parts()
        await sync_if_changed(self.tree, self.application_id or 0, self._data)
        feeds = Schedule(self, self.services, self._checker, self._look_seconds or LOOK_SECONDS)
        self.background.start(feeds.run(), "checking feeds")
        lookout = Lookout(self, self.services, self._look_seconds or FOLLOW_SECONDS)
        self.background.start(lookout.run(), "telling of what is followed")

    async def add_parts(self) -> None:
        """Add every cog, menu and button."""
        for kind in COGS:
            await self.add_cog(kind(self.services))
        for listening in (Mentions, Menus):
            await self.add_cog(listening(self, self.services))
        await self.add_cog(FeedCommands(self.services, self._checker))
        self.add_dynamic_items(*ITEMS)

    async def close(self) -> None:
        """End what goes on in the background, and the connection."""
        await self.background.stop()
        if self.services.writer:
            await self.services.writer.close()
        await super().close()

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected; without the text of messages where Discord no longer grants it."""
        try:
            await super().connect(reconnect=reconnect)
        except discord.PrivilegedIntentsRequired:
            if not self.wanted.message_content:
                raise
            log.warning("Discord refused the message content intent (4014): going on without it")
            self.wanted.message_content = False
            await super().connect(reconnect=reconnect)

    async def on_ready(self) -> None:
        """Log that the bot answers now."""
        log.info("ready: %d servers", len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cog: there are no prefix commands."""


def reads_messages(application: discord.AppInfo | None) -> bool:
    """Tell whether an application may read messages that do not mention it."""
    if application is None:
        return False
    flags = application.flags
    return flags.gateway_message_content or flags.gateway_message_content_limited
