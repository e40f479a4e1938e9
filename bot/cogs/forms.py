"""What is submitted with forms."""

from __future__ import annotations

from typing import Any

import discord
from discord.ext import commands

from bot.asking import Asked
from bot.cogs import inputs
from bot.cogs.publishing import publish
from bot.cogs.services import Services
from bot.errors import handle
from bot.views import forms, voting
from bot.views.answering import answer_question
from bot.views.paste import PASTE_ID, pasted
from bot.views.replies import acknowledge


class Forms(commands.Cog):
    """Forms by their custom_id; discord.py would know only those opened since it started."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._submitted = {
            forms.QUESTION_ID: self._question,
            forms.REASON_ID: self._reason,
            PASTE_ID: self._article,
        }

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Take a form, or reply why not."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: Any = interaction.data
        submitted = self._submitted.get(data["custom_id"])
        if submitted is None:
            return
        self._services.workers.track()
        try:
            await submitted(interaction)
        except Exception as error:  # noqa: BLE001 - the one handler decides
            await handle(interaction, error)

    async def _question(self, interaction: discord.Interaction[Any]) -> None:
        """Answer it, privately where the answer before was private or the server wants it so."""
        message = interaction.message
        private = message.flags.ephemeral if message else None
        asked = Asked(forms.typed(interaction), interaction.user.id, interaction.guild_id)
        await answer_question(interaction, self._services, asked, private=private)

    async def _reason(self, interaction: discord.Interaction[Any]) -> None:
        """Keep it with the vote."""
        reason = forms.typed(interaction) or None
        await acknowledge(interaction, private=True)
        await voting.vote(interaction, self._services, helpful=False, reason=reason)
        await voting.thank(interaction, helpful=False)

    async def _article(self, interaction: discord.Interaction[Any]) -> None:
        """Index it, if whoever submits it may at that moment."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction)
        given = pasted(interaction)
        found = inputs.pasted(
            self._services,
            given.text,
            title=given.title,
            source=given.source,
            published=given.published,
        )
        await publish(self._services, interaction, space, [found])
