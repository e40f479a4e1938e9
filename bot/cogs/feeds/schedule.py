"""Check all feeds when they are due, and announce what is new."""

from __future__ import annotations

import asyncio
import logging

import discord

from bot.cogs.feeds.announcing import announce
from bot.cogs.feeds.checking import Checker
from bot.services import Services
from index.errors import FootnoteError, StorageError, UnknownFeed
from index.model import Space
from index.store.feeds import Feed

log = logging.getLogger(__name__)


CHECK_SECONDS = 15.0
"""Between two polls for feeds that are due, or have articles to announce."""

AT_ONCE = 4
"""Feeds checked side by side, so that a slow site holds up no other."""

PAUSE_SECONDS = 900.0
"""Until a feed is checked again whose check raised what it should not."""

OUTAGE_SECONDS = 60.0
"""The same where the database was away: soon, but without asking the site all the time."""


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
                for feed, is_due in await self._found():
                    if feed.id not in self._running:
                        self._running.add(feed.id)
                        checks.create_task(self._attend(feed, is_due))
                await asyncio.sleep(self._poll_seconds)

    async def _found(self) -> list[tuple[Feed, bool]]:
        """Return the feeds of the bot's servers that are due (True), or have news that waits."""
        spaces = [Space(str(guild.id)) for guild in self._client.guilds]
        ask, feeds = self._services.workers.ask, self._services.feeds
        try:
            due = await ask(feeds.due, spaces)
            waiting = await ask(feeds.unannounced, spaces)
        except (FootnoteError, TimeoutError) as error:
            log.warning("feeds cannot be looked up: %s", type(error).__name__)
            return []
        return [*((feed, True) for feed in due), *((feed, False) for feed in waiting)]

    async def _attend(self, feed: Feed, is_due: bool) -> None:
        try:
            async with self._turns, self._checker.turn(feed):
                if is_due:
                    feed = (await self._checker.check(feed)).feed
                await announce(self._client, self._services, feed)
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
