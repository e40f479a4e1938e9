"""The discord.py client: its commands, its buttons and its background tasks."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.about.cog import About, ForgetButton, ForgetSureButton
from bot.cogs.articles import listing
from bot.cogs.articles.cog import Articles, Indexing
from bot.cogs.articles.views import UndoButton
from bot.cogs.ask import views as ask_views
from bot.cogs.ask.cog import Ask, Forms, Menus
from bot.cogs.ask.responder import Mentions
from bot.cogs.feeds.checking import Checker
from bot.cogs.feeds.cog import FeedCommands, FeedPageButton
from bot.cogs.feeds.schedule import CHECK_SECONDS, Schedule
from bot.cogs.settings import panel
from bot.cogs.settings.cog import Server
from bot.cogs.stats.cog import Statistics
from bot.cogs.subscriptions.cards import UnfollowButton
from bot.cogs.subscriptions.cog import SubscriptionCommands
from bot.cogs.subscriptions.notifying import POLL_SECONDS, Poller
from bot.discord.error_handler import handle
from bot.permissions import Interaction
from bot.runtime.leadership import Leadership
from bot.runtime.rate_limits import MOST_A_SECOND, Pacing
from bot.services import Services
from bot.settings import Shards
from index.errors import FootnoteError
from index.store.database import Lock
from index.store.settings_store import INSTALLATION, Json, SettingsStore

log = logging.getLogger(__name__)

SYNCED_COMMANDS = "discord-commands.json"
"""In the data folder: which commands Discord has."""

COMMANDS = "commands"
"""The same in the database, for processes with other folders."""


async def sync_if_changed(
    tree: app_commands.CommandTree[Any], application_id: int, data: Path, settings: SettingsStore
) -> bool:
    """Register the commands unless this application has these very ones; return whether it did.

    Discord limits how often this may be done, so it is not done at every start. Both places have to
    agree: a database that was restored, with an earlier release, does not know what came after.
    When it fails the commands that Discord has stay, and the next start tries again.
    """
    state: Json = {"application": str(application_id), "commands": fingerprint(tree)}
    path = data / SYNCED_COMMANDS
    here = _read(path)
    there = (await asyncio.to_thread(settings.read, INSTALLATION)).get(COMMANDS)
    known = [one for one in (here, there) if one is not None]
    changed = not known or any(one != state for one in known)
    if changed:
        try:
            await tree.sync()
        except (discord.HTTPException, app_commands.AppCommandError) as error:
            log.error("the commands could not be registered: %s", error)
            return False
        log.info("registered %d commands", len(tree.get_commands()))
    if here != state:
        try:
            path.write_text(json.dumps(state), encoding="utf-8")
        except OSError as error:
            log.warning("%s cannot be written: %s", path, error.strerror)
    if there != state:
        await asyncio.to_thread(settings.write, INSTALLATION, COMMANDS, state, "")
    return changed


def fingerprint(tree: app_commands.CommandTree[Any]) -> str:
    """Return a hash of the commands as they are registered."""
    commands = sorted((c.to_dict(tree) for c in tree.get_commands()), key=lambda c: c["name"])
    return hashlib.sha256(json.dumps(commands, sort_keys=True).encode()).hexdigest()


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


NEEDED = ("READY", "RESUMED")
"""Without these there is no connection, so that what goes wrong in them must end it."""


def contain_errors(client: discord.Client) -> None:
    """Log events that cannot be parsed, and go on with the next.

    discord.py parses in the loop that reads the connection: a KeyError for a field that Discord
    left out would end `Client.connect`, and so the process.
    """
    parsers = client._connection.parsers  # there is no public way in
    for event in parsers.keys() - NEEDED:
        parsers[event] = _contained(event, parsers[event])


def _contained(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    @wraps(parse)
    def parse_or_log(data: Any) -> None:
        try:
            parse(data)
        except Exception:
            log.exception("event %s cannot be read", event)

    return parse_or_log


class Background:
    """Tasks that nobody waits for. One that fails is logged and harms no other."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        """Let it run until it ends or `stop` cancels it."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def stop(self) -> None:
        """Cancel all of it, and wait until it has ended."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("%s ended", task.get_name(), exc_info=error)


COGS = (
    Ask,
    Indexing,
    Articles,
    SubscriptionCommands,
    Forms,
    Server,
    Statistics,
    About,
)
"""In the order of /help."""

ITEMS = (
    FeedPageButton,
    ForgetButton,
    ForgetSureButton,
    UndoButton,
    UnfollowButton,
    *ask_views.ITEMS,
    *listing.ITEMS,
    *panel.ITEMS,
)
"""Buttons and selects that the bot recognises, whenever they were sent."""


class Tree(app_commands.CommandTree["FootnoteBot"]):
    """The commands, with the one error handler."""

    async def interaction_check(self, interaction: discord.Interaction[FootnoteBot], /) -> bool:
        """Let everything pass, and have it finished before the bot stops."""
        interaction.client.services.workers.track()
        return True

    async def on_error(
        self, interaction: Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        """Reply why a command failed."""
        await handle(interaction, error)


class ShardsWanted(Exception):
    """Discord recommends that the bot be divided.

    Attributes:
        count: Into how many shards.
    """

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} shards")
        self.count = count


class FootnoteBot(commands.Bot):
    """Cogs, buttons and what they work with.

    The one privileged intent is that for the text of messages, and only where the application was
    granted it; `intents.message_content` tells whether it is there. `wanted` is what the
    connections ask for.
    """

    def __init__(
        self,
        services: Services,
        data: Path,
        lead: Lock,
        *,
        shards: Shards | None = None,
        messages: bool = True,
        poll_seconds: float | None = None,
    ) -> None:
        """`lead` is held by the one process that does what is to be done once.

        `shards` are those that a ShardedBot carries.
        `messages` False goes without the text of messages though the application has the intent.
        `poll_seconds` is the time between two polls for feeds that are due and new articles.
        """
        self.wanted = discord.Intents.default()  # discord.py reads it anew for every connection
        trace = services.metrics.requests.trace()
        trace.on_request_start.append(Pacing(requests_a_second(shards)).wait)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=self.wanted,
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            http_trace=trace,
            **_sharding(shards),
        )
        contain_errors(self)
        self.services = services
        self.background = Background()
        self.lead = Leadership(lead)
        """Whoever leads registers the commands, matches subscriptions and watches the seeds."""
        self._messages = messages
        self._data = data
        self._in_parts = shards is not None
        self._checker = Checker(services)
        self._poll_seconds = poll_seconds

    async def setup_hook(self) -> None:
        """Load the cogs, recognise buttons of earlier runs, start what goes on in the background.

        This comes after the application is known and before the gateway is asked for events.
        Raises ShardsWanted.
        """
        if not self._in_parts:
            await self._check_shards()
        self.wanted.message_content = self._messages and reads_messages(self.application)
        await self.add_parts()
        self.background.start(self.lead.whenever(self._register), "registering the commands")
        feeds = Schedule(self, self.services, self._checker, self._poll_seconds or CHECK_SECONDS)
        self.background.start(feeds.run(), "checking feeds")
        seconds = self._poll_seconds or POLL_SECONDS
        subscriptions = Poller(self, self.services, self.lead, seconds, everywhere=self._in_parts)
        self.background.start(subscriptions.run(), "notifying subscribers")

    async def _check_shards(self) -> None:
        with suppress(discord.GatewayNotFound):  # then it is for the gateway to say
            count, *_ = await self.http.get_bot_gateway()
            if count > 1:
                raise ShardsWanted(count)

    async def _register(self) -> None:
        settings = self.services.library.records.settings
        try:
            await sync_if_changed(self.tree, self.application_id or 0, self._data, settings)
        except FootnoteError as error:
            log.error("the commands could not be registered: %s", error)

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

    async def on_ready(self) -> None:
        """Log that the bot answers now."""
        log.info("ready: %d servers", len(self.guilds))

    async def on_socket_event_type(self, name: str) -> None:
        """Count an event of the gateway."""
        self.services.metrics.gateway.event(name)

    async def on_connect(self) -> None:
        """Note that a session has begun or goes on."""
        self.services.metrics.gateway.connect(0)

    on_resumed = on_connect

    async def on_disconnect(self) -> None:
        """Note that the connection is lost."""
        self.services.metrics.gateway.disconnect(0)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Note when an interaction came."""
        self.services.metrics.requests.arrived(interaction.id)

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cog: there are no prefix commands."""


class ShardedBot(FootnoteBot, commands.AutoShardedBot):
    """The bot on the shards of one process.

    A bot without shards is no ShardedBot with one of them: after an outage discord.py begins a new
    session for a shard, and what came meanwhile is lost, where a bot without shards resumes.
    """

    async def on_connect(self) -> None:
        """Leave it to the events that tell the shard."""

    on_resumed = on_disconnect = on_connect

    async def on_shard_connect(self, shard_id: int) -> None:
        """Note that a shard's session has begun or goes on."""
        self.services.metrics.gateway.connect(shard_id)

    on_shard_resumed = on_shard_connect

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Note that a shard's connection is lost."""
        self.services.metrics.gateway.disconnect(shard_id)


def _sharding(shards: Shards | None) -> dict[str, Any]:
    """Return discord.py's arguments for its sharded client."""
    if shards is None:
        return {}
    return {"shard_ids": [*range(shards.first, shards.last + 1)], "shard_count": shards.count}


def requests_a_second(shards: Shards | None) -> int:
    """Return the process's part of what Discord takes of a bot, whatever carries its shards."""
    if shards is None:
        return MOST_A_SECOND
    return max(1, MOST_A_SECOND * (shards.last - shards.first + 1) // shards.count)


def reads_messages(application: discord.AppInfo | None) -> bool:
    """Return whether an application may read messages that do not mention it."""
    if application is None:
        return False
    flags = application.flags
    return flags.gateway_message_content or flags.gateway_message_content_limited
