"""/summary and /latest: what one article says, and what is newest."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import words
from bot.asking import Asked
from bot.cogs import choices
from bot.cogs.services import Services
from bot.views.answering import answer_question

TOPIC_MAX = 200


class Overview(commands.Cog):
    """Questions that need no wording."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(description=words.SUMMARY)
    @app_commands.describe(article=words.SUMMARY_ARTICLE, private=words.ASK_PRIVATE)
    async def summary(
        self,
        interaction: discord.Interaction[Any],
        article: str | None = None,
        private: bool | None = None,
    ) -> None:
        """Sum up an article in its own sentences."""
        await self._ask(interaction, words.SUMMARY_QUESTION, article, private)

    @app_commands.command(description=words.LATEST)
    @app_commands.describe(topic=words.LATEST_TOPIC, private=words.ASK_PRIVATE)
    async def latest(
        self,
        interaction: discord.Interaction[Any],
        topic: app_commands.Range[str, 1, TOPIC_MAX] | None = None,
        private: bool | None = None,
    ) -> None:
        """Tell what the newest articles say, of all or of those on a topic."""
        question = words.latest_question((topic or "").strip())
        await self._ask(interaction, question, None, private)

    @summary.autocomplete("article")
    async def titles(self, interaction: discord.Interaction[Any], typed: str) -> choices.Choices:
        """Offer the titles that the asker may see."""
        return await choices.visible_titles(self._services, interaction, typed)

    async def _ask(
        self,
        interaction: discord.Interaction[Any],
        question: str,
        article: str | None,
        private: bool | None,
    ) -> None:
        asked = Asked(question, interaction.user.id, interaction.guild_id, article)
        await answer_question(interaction, self._services, asked, private=private)
