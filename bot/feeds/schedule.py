"""Checking all servers' feeds when they are due, for as long as the bot runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.feeds.announcing import announce
from index.errors import FootnoteError, UnknownFeed
from index.model import Space

if TYPE_CHECKING:
    import discord

    from bot.cogs.services import Services
    from bot.feeds.checking import Checker
    from index.catalog import Feed

LOOK_SECONDS = 15.0
"""Between two looks at what is due."""

AT_ONCE = 4
"""Feeds checked side by side, so that a slow site holds up no other."""

PAUSE_SECONDS = 900.0
"""For a feed whose check broke in a way that could not be noted with it."""

log = logging.getLogger(__name__)


class Schedule:
    """One for a bot. What is due is in the database, so it survives restarts."""

    def __init__(
        self,
        client: discord.Client,
        services: Services,
        checker: Checker,
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self._client = client
        self._services = services
        self._checker = checker
        self._look_seconds = look_seconds
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
                await asyncio.sleep(self._look_seconds)

    async def _due(self) -> Sequence[Feed]:
        """What is due in the servers that the bot is in; the others' wait."""
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
        except Exception:
            log.exception("feed %d could not be checked", feed.id)
            await asyncio.sleep(PAUSE_SECONDS)
        finally:
            self._running.discard(feed.id)
