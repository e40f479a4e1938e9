"""/ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import words
from bot.cogs import choices
from bot.cogs.services import Services
from bot.errors import BlankQuestion
from bot.permissions import visible
from bot.rendering import render
from bot.views.replies import acknowledge, answer
from index.library import Library
from index.model import Answer, Space

QUESTION_MAX = 2_000


class Ask(commands.Cog):
    """Questions as a command."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(description=words.ASK)
    @app_commands.describe(
        question=words.ASK_QUESTION, article=words.ASK_ARTICLE, private=words.ASK_PRIVATE
    )
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        question: app_commands.Range[str, 1, QUESTION_MAX],
        article: str | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer a question from what the asker may see."""
        if not question.strip():
            raise BlankQuestion
        settings = await self._services.settings_of(interaction.guild_id)
        await acknowledge(interaction, private=settings.private if private is None else private)
        found = await self._services.workers.ask(
            ask_library,
            self._services.library,
            question,
            visible(interaction.guild_id, public=settings.public),
            article,
            settings.threshold,
        )
        await answer(interaction, render(found))

    @ask.autocomplete("article")
    async def titles(self, interaction: discord.Interaction[Any], typed: str) -> choices.Choices:
        """Offer the titles that the asker may see."""
        return await choices.visible_titles(self._services, interaction, typed)


def ask_library(
    library: Library,
    question: str,
    spaces: Sequence[Space],
    article: str | None = None,
    threshold: float | None = None,
) -> Answer:
    """Ask all articles, or one by its id or title. Raises UnknownArticle."""
    article_id = library.get(article.strip(), spaces).id if article else None
    return library.ask(question.strip(), spaces, article_id=article_id, threshold=threshold)
