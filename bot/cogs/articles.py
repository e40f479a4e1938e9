"""/articles, /reindex and /remove: the articles that are there."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import words
from bot.cogs import choices
from bot.cogs.reading import read_again
from bot.cogs.services import Services
from bot.permissions import INDEXERS
from bot.rendering import Payload, reindexed_card
from bot.views import paging, removal
from bot.views.replies import acknowledge, answer


class Articles(commands.Cog):
    """What is indexed."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(description=words.ARTICLES)
    async def articles(self, interaction: discord.Interaction[Any]) -> None:
        """Show the first page of the list."""
        await acknowledge(interaction)
        await paging.show(interaction, self._services, 0)

    @app_commands.command(description=words.REINDEX, extras={**INDEXERS})
    @app_commands.describe(article=words.REINDEX_ARTICLE)
    async def reindex(
        self, interaction: discord.Interaction[Any], article: str | None = None
    ) -> None:
        """Read articles again and index those that changed."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction)
        added, failed = await read_again(self._services, interaction, space, article)
        await answer(interaction, reindexed_card(added, failed))

    @app_commands.command(description=words.REMOVE, extras={**INDEXERS})
    @app_commands.describe(article=words.REMOVE_ARTICLE)
    async def remove(self, interaction: discord.Interaction[Any], article: str) -> None:
        """Ask whether the article is to go."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction, private=True)
        get = self._services.library.get
        found = await self._services.workers.ask(get, article.strip(), (space,))
        question = Payload(content=words.confirm_removal(removal.title(found)))
        await answer(interaction, question, removal.confirmation(interaction.user.id, found.id))

    @reindex.autocomplete("article")
    @remove.autocomplete("article")
    async def titles(self, interaction: discord.Interaction[Any], typed: str) -> choices.Choices:
        """Offer the server's own titles to those who may change them."""
        return await choices.own_titles(self._services, interaction, typed)
