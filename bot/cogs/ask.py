"""/ask."""

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
from bot.views.forms import QUESTION_MAX


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
        asked = Asked(question, interaction.user.id, interaction.guild_id, article)
        await answer_question(interaction, self._services, asked, private=private)

    @ask.autocomplete("article")
    async def titles(self, interaction: discord.Interaction[Any], typed: str) -> choices.Choices:
        """Offer the titles that the asker may see."""
        return await choices.visible_titles(self._services, interaction, typed)
