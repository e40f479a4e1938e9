"""Check all feeds when they are due, and announce what is new."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.cogs.feeds.cards import news
from bot.discord.replies import SEND_FAULTS, embeds, persist
from bot.permissions import lets_write
from index.errors import FootnoteError, StorageError, UnknownFeed
from index.model import Space

if TYPE_CHECKING:
    from bot.cogs.feeds.checking import Check, Checker
    from bot.server_settings import ServerSettings
    from bot.services import Services
    from index.store.feeds import Feed

log = logging.getLogger(__name__)


def channel_of(feed: Feed, settings: ServerSettings) -> int | None:
    """Return the channel of the feed, else that of its server, by id."""
    return int(feed.channel) if feed.channel else settings.announcements


async def announce(
    client: discord.Client, services: Services, check: Check, *, shown_in: int | None = None
) -> None:
    """Announce what a check added where its server wants it, if the bot may write there.

    `shown_in` is a channel that shows them already.
    """
    guild = client.get_guild(int(check.feed.space))
    if not check.added or guild is None:
        return
    channel_id = channel_of(check.feed, await services.settings_of(guild.id))
    if channel_id in (None, shown_in):
        return
    place = guild.get_channel_or_thread(channel_id or 0)
    if place is None or not lets_write(place, guild.me):
        log.warning("feed %d: nothing can be announced in channel %s", check.feed.id, channel_id)
        return
    assert isinstance(place, discord.abc.Messageable)
    cards = place.permissions_for(guild.me).embed_links
    payload = news(check, services.articles_at, cards=cards)
    nonce = discord.utils.time_snowflake(discord.utils.utcnow()) + check.feed.id
    try:
        await persist(
            lambda: place.send(
                payload.content or None,
                embeds=embeds(payload),
                nonce=nonce,  # Discord drops a second message with it, so it may be sent again
                suppress_embeds=not payload.card,
            )
        )
    except SEND_FAULTS as error:
        log.warning("feed %d: not announced: %s", check.feed.id, type(error).__name__)


CHECK_SECONDS = 15.0
"""Between two looks for feeds that are due."""

AT_ONCE = 4
"""Feeds checked side by side, so that a slow site holds up no other."""

PAUSE_SECONDS = 900.0
"""For a feed whose check broke in a way that could not be noted with it."""

OUTAGE_SECONDS = 60.0
"""For one whose check met the database gone: it may be back, and the site is not to be pressed."""


class Schedule:
    """Checks feeds when they are due, which the database keeps."""

    def __init__(
        self,
        client: discord.Client,
        services: Services,
        checker: Checker,
        poll_seconds: float = CHECK_SECONDS,
    ) -> None:
        self._client = client
        self._services = services
        self._checker = checker
        self._poll_seconds = poll_seconds
        self._running: set[int] = set()
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def run(self) -> None:
        """Check feeds until cancelled; checks under way are then cancelled as well."""
        await self._client.wait_until_ready()
        async with asyncio.TaskGroup() as checks:
            while True:
                for feed in await self._due():
                    if feed.id not in self._running:
                        self._running.add(feed.id)
                        checks.create_task(self._check(feed))
                await asyncio.sleep(self._poll_seconds)

    async def _due(self) -> Sequence[Feed]:
        """Return the feeds that are due in the servers that the bot is in."""
        spaces = [Space(str(guild.id)) for guild in self._client.guilds]
        try:
            return await self._services.workers.ask(self._services.feeds.due, spaces)
        except (FootnoteError, TimeoutError) as error:
            log.warning("feeds cannot be looked up: %s", type(error).__name__)
            return ()

    async def _check(self, feed: Feed) -> None:
        try:
            async with self._turns:
                check = await self._checker.check(feed)
                await announce(self._client, self._services, check)
        except UnknownFeed:
            log.info("feed %d was removed before it was checked", feed.id)
        except (StorageError, TimeoutError) as error:
            log.warning("feed %d waits: %s", feed.id, type(error).__name__)
            await asyncio.sleep(OUTAGE_SECONDS)
        except Exception:
            log.exception("feed %d could not be checked", feed.id)
            await asyncio.sleep(PAUSE_SECONDS)
        finally:
            self._running.discard(feed.id)
