"""The menu of a message: ask about what it says."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import words
from bot.asking import Asked
from bot.cogs.services import Services
from bot.views.answering import answer_question
from bot.views.forms import QUESTION_MAX, question_form
from bot.views.replies import persist, whisper

QUESTION_MARKS = ("?", "？", "؟")

_MARKS = re.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>")
"""Mentions and a server's own emoji, of which articles know nothing."""


class MessageMenu(commands.Cog):
    """Discord shows the text of a message whose menu is used, whatever the intents."""

    def __init__(self, bot: commands.Bot, services: Services) -> None:
        self._bot = bot
        self._services = services
        self._menu = app_commands.ContextMenu(name=words.ABOUT_MESSAGE, callback=self.about)

    async def cog_load(self) -> None:
        """Register the menu, which a cog does for its commands alone."""
        self._bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take it back."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def about(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Answer a message that is a question; of another, offer its words as the beginning."""
        text = topic(message.content)
        if not text:
            await whisper(interaction, words.NO_TEXT)
        elif text.endswith(QUESTION_MARKS) and len(text) <= QUESTION_MAX:
            settings = await self._services.settings_of(interaction.guild_id)
            asked = Asked(text, interaction.user.id, interaction.guild_id)
            await answer_question(interaction, self._services, asked, private=settings.private)
        else:
            form = question_form(words.ABOUT_MESSAGE, text)
            await persist(lambda: interaction.response.send_modal(form))


def topic(content: str) -> str:
    """Return the words of a message."""
    return " ".join(_MARKS.sub(" ", content).split())
