"""The bot as Discord sees it, and its life from start to SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.background import Background
from bot.cogs.about import About
from bot.cogs.articles import Articles
from bot.cogs.ask import Ask
from bot.cogs.following import Following
from bot.cogs.indexing import Indexing
from bot.cogs.mentions import Mentions
from bot.cogs.overview import Overview
from bot.cogs.server import Server
from bot.cogs.services import Services
from bot.cogs.stats import Statistics
from bot.cogs.sync import sync_if_changed
from bot.errors import handle
from bot.fetch import Fetcher
from bot.following.watch import LOOK_SECONDS, Watch
from bot.views import panel
from bot.views.forgetting import ForgetButton
from bot.views.paging import PageButton
from bot.views.removal import RemovalButton
from bot.views.unfollow import UnfollowButton
from bot.workers import Workers

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.library import Library

FINISH_SECONDS = 10.0
"""How long replies under way may take once the bot is told to stop."""

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
FATAL = {
    4004: "Discord refused DISCORD_TOKEN: copy it again from the Developer Portal, Bot.",
    4010: "Discord refused the connection: the shard is invalid (4010).",
    4011: "Discord refused the connection: the bot is in too many servers for one shard (4011).",
    4012: "Discord refused the connection: this API version is no longer served (4012).",
    4013: "Discord refused the connection: an intent is invalid (4013).",
    4014: "Discord refused an intent: switch it on in the Developer Portal, Bot (4014).",
}

COGS = (
    About,
    Ask,
    Articles,
    Following,
    Indexing,
    Overview,
    Server,
    Statistics,
)
ITEMS = (
    ForgetButton,
    PageButton,
    RemovalButton,
    UnfollowButton,
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
    """Cogs, buttons and what they work with; no privileged intent."""

    def __init__(
        self, services: Services, data: Path, *, follow_seconds: float = LOOK_SECONDS
    ) -> None:
        """`follow_seconds` pass between two looks for new articles on what people follow."""
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents.default(),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self.services = services
        self.background = Background()
        self._data = data
        self._follow_seconds = follow_seconds

    async def setup_hook(self) -> None:
        """Load the cogs, recognise buttons of earlier runs, register the commands."""
        await self.add_parts()
        await sync_if_changed(self.tree, self.application_id or 0, self._data)
        watch = Watch(self, self.services, self._follow_seconds)
        self.background.start(watch.run(), "telling of what is followed")

    async def add_parts(self) -> None:
        """Add every cog and button."""
        for kind in COGS:
            await self.add_cog(kind(self.services))
        await self.add_cog(Mentions(self, self.services))
        self.add_dynamic_items(*ITEMS)

    async def close(self) -> None:
        """End what goes on in the background, and the connection."""
        await self.background.stop()
        await super().close()

    async def on_ready(self) -> None:
        """Log that the bot answers now."""
        log.info("ready: %d servers", len(self.guilds))

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cog: there are no prefix commands."""


def run_bot(settings: Settings, library: Library, *, follow_seconds: float = LOOK_SECONDS) -> int:
    """Run the bot until SIGTERM or SIGINT; return the exit code."""
    if settings.token is None:
        return _fail("DISCORD_TOKEN is not set.")
    # Its warning of missing voice libraries would only mislead.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    workers = Workers()
    services = Services(library, workers, Fetcher(), settings.index_role)
    bot = FootnoteBot(services, settings.data, follow_seconds=follow_seconds)
    try:
        return asyncio.run(_run(bot, settings.token.reveal()))
    except discord.LoginFailure:
        return _fail(FATAL[4004])
    except discord.PrivilegedIntentsRequired:
        return _fail(FATAL[4014])
    except discord.ConnectionClosed as error:
        return _fail(FATAL.get(error.code, f"Discord closed the connection ({error.code})."))
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        return _fail(f"Discord cannot be reached: {error}")
    finally:
        workers.close()


async def _run(bot: FootnoteBot, token: str) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with bot:
        life = asyncio.create_task(bot.start(token))
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait((life, stopped), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not life.done():
            log.info("stopping")
            await bot.background.stop()
            if not await bot.services.workers.drain(FINISH_SECONDS):
                log.warning("some replies did not finish in %g seconds", FINISH_SECONDS)
            await bot.close()
            life.cancel()  # it may be waiting to connect again
            await asyncio.gather(life, return_exceptions=True)
            return 0
        await life
    return 0


def _fail(text: str) -> int:
    print(text, file=sys.stderr)  # noqa: T201 - the one line that whoever starts it must see
    return 1
