"""Comparing new articles, one after another, with all that is followed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.following.asking import ask_article
from index.model import PUBLIC, Space

if TYPE_CHECKING:
    import discord

    from bot.cogs.services import Services
    from index.catalog import Arrival, Follow

log = logging.getLogger(__name__)


class Matcher:
    """How far it is stands in the database: what came while no bot ran is matched as well."""

    def __init__(self, client: discord.Client, services: Services) -> None:
        self._client = client
        self._services = services

    async def match_next(self) -> bool:
        """Match the next article, if there is one; an article is noted whole or not at all."""
        ask, matches = self._services.workers.ask, self._services.library.records.matches
        arrival = await ask(matches.next)
        if arrival is None:
            return False
        spaces = [PUBLIC, *(Space(str(guild.id)) for guild in self._client.guilds)]
        matching = await self._matching(arrival, await ask(matches.candidates, arrival, spaces))
        await ask(matches.note, arrival, matching)
        log.info("article %s answers to %d follows", arrival.article, len(matching))
        return True

    async def _matching(self, arrival: Arrival, follows: list[Follow]) -> list[Follow]:
        """Return those that the article answers to; a server asks the same only once."""
        known: dict[tuple[Space, str], bool] = {}
        matching = []
        for follow in follows:
            key = (follow.space, follow.topic.casefold())
            if key not in known:
                known[key] = bool(await ask_article(self._services, follow, arrival.article))
            if known[key]:
                matching.append(follow)
        return matching
