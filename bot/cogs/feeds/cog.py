"""/feeds: RSS and Atom feeds, for those who may index."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.feeds import strings
from bot.cogs.feeds.announcing import announce, channel_of
from bot.cogs.feeds.cards import PAGE, added_card, all_checked_card, checked_card, feeds_page
from bot.cogs.feeds.checking import Checker, FeedCheck, find, next_check
from bot.discord.autocomplete import Choices, offer
from bot.discord.components import STATE, TurnListButton, row
from bot.discord.embeds import Payload
from bot.discord.markdown import fit
from bot.discord.replies import acknowledge, answer, showing_progress, whisper
from bot.errors import FeedNotAdded
from bot.permissions import INDEXERS, Interaction, check_written, lets_write
from bot.services import Services
from index.errors import SourceError, UnknownFeed
from index.store.feeds import Feed

log = logging.getLogger(__name__)


async def show_page(interaction: Interaction, services: Services, page: int) -> None:
    """Put a page of the server's feeds in place of the original reply.

    Raises ServerOnly, NotAllowed.
    """
    space = await services.own_space(interaction)
    feeds = await services.workers.ask(services.feeds.list, space)
    settings = await services.settings_of(interaction.guild_id)
    guild = interaction.guild

    def place(feed: Feed) -> tuple[int | None, bool]:
        channel_id = channel_of(feed, settings)
        found = guild.get_channel_or_thread(channel_id) if guild and channel_id else None
        return channel_id, guild is not None and lets_write(found, guild.me)

    last = max(0, -(-len(feeds) // PAGE) - 1)
    page = min(page, last)
    turns = FeedPageButton.turns(interaction.user.id, page, last)
    card = feeds_page(feeds, page, last + 1, place)
    await answer(interaction, card, row(*turns) if turns else None)


class FeedPageButton(TurnListButton, template=f"feeds:{STATE}"):
    """Turns the pages of /feeds list."""

    name, not_yours = "feeds", strings.NOT_YOUR_LIST

    async def show(self, interaction: Interaction, services: Services) -> None:
        """Put the page in place of the acknowledgement."""
        await show_page(interaction, services, self.page)


TITLE_MAX = 300

ALL_SECONDS = 600.0
"""For checking all feeds of a server; the reply can be edited for 900."""


class FeedCommands(commands.Cog):
    """A server's feeds."""

    feeds = app_commands.Group(name="feeds", description=strings.FEEDS, extras={**INDEXERS})

    def __init__(self, services: Services, checker: Checker) -> None:
        self._services = services
        self._checker = checker

    @feeds.command(name="add", description=strings.ADD)
    @app_commands.describe(link=strings.ADD_LINK, channel=strings.ADD_CHANNEL)
    async def add_feed(
        self,
        interaction: Interaction,
        link: app_commands.Range[str, 1, 2_048],
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Follow a feed, and take its newest articles at once."""
        space = await self._services.own_space(interaction)
        if channel:
            check_written(channel, interaction.user)
        await acknowledge(interaction)
        workers, store = self._services.workers, self._services.feeds
        try:
            found = await find(self._services.fetcher, workers, link)
        except SourceError as error:
            raise FeedNotAdded(error.name, error.reason) from error
        feed = await workers.ask(
            store.add,
            space,
            found.link,
            found.feed.title or found.link,
            str(interaction.user.id),
            # Not due before its first check, which is this one.
            next_check(discord.utils.utcnow()),
            str(channel.id) if channel else None,
        )
        async with self._checker.turn(feed):
            async with showing_progress(interaction, workers.check, strings.progress) as progress:
                check = await self._checker.check(feed, progress, page=found.page)
            settings = await self._services.settings_of(interaction.guild_id)
            places = self._services.articles_at
            await answer(interaction, added_card(check, channel_of(feed, settings), places))
            await workers.ask(store.announced, feed.id)  # by the reply

    @feeds.command(name="list", description=strings.LIST)
    async def list_feeds(self, interaction: Interaction) -> None:
        """Show the first page of the list."""
        await self._services.own_space(interaction)
        await acknowledge(interaction, private=True)
        await show_page(interaction, self._services, 0)

    @feeds.command(name="remove", description=strings.REMOVE)
    @app_commands.describe(feed=strings.FEED)
    async def remove_feed(self, interaction: Interaction, feed: str) -> None:
        """Follow a feed no longer."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction, private=True)
        ask, store = self._services.workers.ask, self._services.feeds
        found = await ask(store.find, space, feed.strip())
        await ask(store.remove, space, found.id)
        title = f"“{fit(found.title, TITLE_MAX)}”"
        await answer(interaction, Payload(content=strings.removed(title, found.articles)))

    @feeds.command(name="check", description=strings.CHECK)
    @app_commands.describe(feed=strings.FEED_OR_ALL)
    async def check_feed(self, interaction: Interaction, feed: str | None = None) -> None:
        """Check one feed or all of them now."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction)
        ask, store = self._services.workers.ask, self._services.feeds
        if feed is None:
            if feeds := await ask(store.list, space):
                await self._check_all(interaction, feeds)
            else:
                await whisper(interaction, Payload(content=strings.NO_FEEDS))
            return
        found = await ask(store.find, space, feed.strip())
        async with self._checker.turn(found):
            async with showing_progress(
                interaction, self._services.workers.check, strings.progress
            ) as progress:
                check = await self._checker.check(found, progress)
            await answer(interaction, checked_card(check, self._services.articles_at))
            shown_in = interaction.channel_id
            await announce(interaction.client, self._services, check.feed, shown_in=shown_in)

    async def _check_all(self, interaction: Interaction, feeds: Sequence[Feed]) -> None:
        checks: list[FeedCheck] = []
        complete = False
        workers = self._services.workers
        try:
            async with (
                showing_progress(interaction, workers.check, strings.progress_of_all) as progress,
                asyncio.timeout(ALL_SECONDS),
            ):
                for n, feed in enumerate(feeds):
                    progress(n, len(feeds))
                    with suppress(UnknownFeed):  # removed meanwhile
                        async with self._checker.turn(feed):
                            checks.append(check := await self._checker.check(feed))
                            await announce(interaction.client, self._services, check.feed)
                complete = True
        except TimeoutError:
            log.info("%d of %d feeds checked in time", len(checks), len(feeds))
        await answer(interaction, all_checked_card(checks, complete=complete))

    @remove_feed.autocomplete("feed")
    @check_feed.autocomplete("feed")
    async def titles(self, interaction: Interaction, typed: str) -> Choices:
        """Offer the server's feeds to those who may change them."""
        return await offer(self._matching(interaction, typed.strip().casefold()))

    async def _matching(self, interaction: Interaction, wanted: str) -> list[tuple[str, str]]:
        space = await self._services.own_space(interaction)
        feeds = await self._services.workers.quick(self._services.feeds.list, space)
        return [
            (feed.title, str(feed.id))
            for feed in feeds
            if wanted in feed.title.casefold() or wanted in feed.url.casefold()
        ]
