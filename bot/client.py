"""The bot as Discord sees it, and its life from start to SIGTERM."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.background import Background
from bot.closing import FATAL
from bot.cogs.about import About
from bot.cogs.articles import Articles
from bot.cogs.ask import Ask
from bot.cogs.feeds import FeedCommands
from bot.cogs.following import Following
from bot.cogs.forms import Forms
from bot.cogs.indexing import Indexing
from bot.cogs.mentions import Mentions
from bot.cogs.menus import Menus
from bot.cogs.overview import Overview
from bot.cogs.server import Server
from bot.cogs.services import Services
from bot.cogs.stats import Statistics
from bot.cogs.sync import sync_if_changed
from bot.compose import open_writer
from bot.errors import handle
from bot.feeds.checking import Checker
from bot.feeds.schedule import LOOK_SECONDS, Schedule
from bot.fetch import Fetcher
from bot.following.lookout import FOLLOW_SECONDS, Lookout
from bot.views import card, panel
from bot.views.feed_list import FeedPageButton
from bot.views.forgetting import ForgetButton
from bot.views.paging import PageButton
from bot.views.removal import RemovalButton
from bot.views.undo import UndoButton
from bot.views.unfollow import UnfollowButton
from bot.watching import log_synced, watch
from bot.workers import Workers

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.folders import Folder, Synced
    from index.library import Library

FINISH_SECONDS = 10.0
"""How long replies under way may take once the bot is told to stop."""

COGS = (
    About,
    Articles,
    Ask,
    Following,
    Forms,
    Indexing,
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
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=self.wanted,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
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


def run_bot(
    settings: Settings,
    library: Library,
    seeds: Folder,
    *,
    fetcher: Fetcher | None = None,
    look_seconds: float | None = None,
) -> int:
    """Run the bot until SIGTERM or SIGINT, public in step with the seeds; return the exit code."""
    if settings.token is None:
        return _fail("DISCORD_TOKEN is not set.")
    # Its warning of missing voice libraries would only mislead.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    workers = Workers()
    writer = open_writer(settings, library, workers.ask)
    fetcher = fetcher or Fetcher()
    services = Services(library, workers, fetcher, settings.index_role, writer=writer)
    bot = FootnoteBot(services, settings.data, look_seconds=look_seconds)
    try:
        return asyncio.run(_run(bot, settings.token.reveal(), seeds))
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


async def _run(bot: FootnoteBot, token: str, seeds: Folder) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with bot:
        bot.background.start(_watch(bot.services.workers, seeds), "watching the seeds")
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


async def _watch(workers: Workers, seeds: Folder) -> None:
    def sync() -> Synced:
        return seeds.sync(settled=True, progress=lambda *_: workers.check())

    await watch(seeds, partial(workers.index, sync), partial(log_synced, seeds.path))


def _fail(text: str) -> int:
    print(text, file=sys.stderr)  # noqa: T201 - the one line that whoever starts it must see
    return 1
