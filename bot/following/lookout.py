"""Looking for new articles for as long as the bot runs, whoever added them."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from bot.following.matching import Matcher
from bot.following.telling import Teller
from index.errors import FootnoteError

if TYPE_CHECKING:
    import discord

    from bot.cogs.services import Services

FOLLOW_SECONDS = 3.0

ARTICLES = 20
"""Matched in one look."""

PATIENCE_SECONDS = 300.0
"""While articles keep coming nobody is told, so that many are told in one card; but no longer."""

PAUSE_SECONDS = 30.0
"""After something went wrong."""

log = logging.getLogger(__name__)


class Lookout:
    """One for a bot. A look is one small query where nothing is new."""

    def __init__(
        self, client: discord.Client, services: Services, look_seconds: float = FOLLOW_SECONDS
    ) -> None:
        self._client = client
        self._services = services
        self._matcher = Matcher(client, services)
        self._teller = Teller(client, services)
        self._look_seconds = look_seconds
        self._newest = -1
        self._coming_since: float | None = None

    async def run(self) -> None:
        """Match and tell until cancelled; a message that is being sent is finished."""
        await self._client.wait_until_ready()
        while True:
            well = False
            try:
                well = await self.look()
            except (FootnoteError, TimeoutError) as error:
                log.warning("new articles cannot be matched: %s", type(error).__name__)
            except Exception:
                log.exception("new articles cannot be matched")
            await asyncio.sleep(self._look_seconds if well else PAUSE_SECONDS)

    async def look(self) -> bool:
        """Match what came and, once no more comes, tell it; False where that went wrong."""
        newest = await self._services.workers.ask(self._services.library.records.matches.newest)
        quiet, self._newest = newest == self._newest, newest
        left = ARTICLES
        while left and await self._matcher.match_next():
            left -= 1
        if (quiet and left) or self._out_of_patience():
            self._coming_since = None
            return await self._teller.tell()
        return True

    def _out_of_patience(self) -> bool:
        now = time.monotonic()
        if self._coming_since is None:
            self._coming_since = now
        return now - self._coming_since >= PATIENCE_SECONDS
