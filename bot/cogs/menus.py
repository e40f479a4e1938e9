"""What is offered on a message, under Apps: ask about it, or index it."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import words
from bot.asking import Asked
from bot.cogs import inputs
from bot.cogs.publishing import publish
from bot.cogs.services import Services
from bot.permissions import INDEXERS
from bot.rendering import Payload
from bot.views.answering import answer_question
from bot.views.forms import QUESTION_MAX, question_form
from bot.views.replies import acknowledge, answer, persist, whisper
from bot.words import indexing as words_indexing

QUESTION_MARKS = ("?", "？", "؟")

_MARKS = re.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>")
"""Mentions and a server's own emoji, of which articles know nothing."""


class Menus(commands.Cog):
    """Discord shows the text of a message whose menu is used, whatever the intents."""

    def __init__(self, bot: commands.Bot, services: Services) -> None:
        self._bot = bot
        self._services = services
        self._menus = (
            app_commands.ContextMenu(name=words.ABOUT_MESSAGE, callback=self.about),
            app_commands.ContextMenu(
                name=words_indexing.INDEX_MENU,
                callback=self.index,
                extras={**INDEXERS},
                allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False),
            ),
        )

    async def cog_load(self) -> None:
        """Register the menus, which a cog does for its commands alone."""
        for menu in self._menus:
            self._bot.tree.add_command(menu)

    async def cog_unload(self) -> None:
        """Take them back."""
        for menu in self._menus:
            self._bot.tree.remove_command(menu.name, type=menu.type)

    async def about(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Answer a message that is a question; of another, offer its words as the beginning."""
        text = topic(message.content)
        if not text:
            await whisper(interaction, words.NO_TEXT)
        elif text.endswith(QUESTION_MARKS) and len(text) <= QUESTION_MAX:
            asked = Asked(text, interaction.user.id, interaction.guild_id)
            await answer_question(interaction, self._services, asked)
        else:
            form = question_form(words.ABOUT_MESSAGE, text)
            await persist(lambda: interaction.response.send_modal(form))

    async def index(self, interaction: discord.Interaction[Any], message: discord.Message) -> None:
        """Index the message's text, links and files."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction, private=True)
        found = inputs.of_message(self._services, message)
        if found:
            await publish(self._services, interaction, space, found)
        else:
            await answer(interaction, Payload(content=words_indexing.NOTHING_IN_MESSAGE))


def topic(content: str) -> str:
    """Return the words of a message."""
    return " ".join(_MARKS.sub(" ", content).split())
