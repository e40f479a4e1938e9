"""Answer questions that come as interactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.cogs.ask.buttons import StopButton, buttons
from bot.cogs.ask.cards import render
from bot.cogs.ask.conversation import asked_by, going_on
from bot.discord.components import row
from bot.discord.replies import acknowledge, answer
from bot.errors import BlankQuestion
from bot.flow import Shown
from bot.llm import strings as llm_strings
from bot.llm.draft import EVERY_SECONDS
from bot.metrics.meters import Origin
from bot.permissions import check_answered, may_write

if TYPE_CHECKING:
    from bot.llm.draft import Draft, Drafts
    from bot.server_settings import ServerSettings
    from bot.services import Services
    from index.model import Answer

Interaction = discord.Interaction[Any]


class InteractionSurface:
    """The reply to an acknowledged interaction."""

    every_seconds = EVERY_SECONDS

    def __init__(self, interaction: Interaction, drafts: Drafts, *, private: bool) -> None:
        self._interaction = interaction
        self._drafts = drafts
        self._private = private

    async def draft(self, so_far: Answer, draft: Draft) -> None:
        """Show it with a button that stops the draft."""
        payload = render(so_far, remark=llm_strings.WRITING)
        message = await answer(self._interaction, payload, row(StopButton()))
        self._drafts.add(message.id, draft, self._interaction.user.id)

    async def finish(self, found: Answer, remark: str) -> Shown:
        """Show it with its buttons."""
        view = buttons(found, self._interaction.channel)
        message = await answer(self._interaction, render(found, remark=remark), view)
        channel = None if self._private else str(self._interaction.channel_id)
        return Shown(str(message.id), channel)


async def answer_question(
    interaction: Interaction,
    services: Services,
    question: str,
    *,
    article: str | None = None,
    private: bool | None = None,
) -> None:
    """Answer a command or a form; with `private` for the asker alone, None as the server has it.

    Raises BlankQuestion, ChannelOff, UnknownArticle, TooSoon, QueueFull.
    """
    if not question.strip():
        raise BlankQuestion
    settings = await services.settings_of(interaction.guild_id)
    check_answered(settings, interaction.channel)
    with services.metrics.questions.asked(Origin.INTERACTION) as measured:
        measured.answer = await _answer(interaction, services, question, article, settings, private)


async def _answer(
    interaction: Interaction,
    services: Services,
    question: str,
    article: str | None,
    settings: ServerSettings,
    private: bool | None,
) -> Answer:
    user_id, guild_id, me = interaction.user.id, interaction.guild_id, interaction.client.user.id
    services.cooldowns.take(guild_id, user_id, settings)
    private = settings.private if private is None else private
    # Where the bot may not speak, only the asker hears it.
    private = private or not _may_speak(interaction)
    await acknowledge(interaction, private=private)
    asked = asked_by(user_id, guild_id, question, settings, article=article)
    asked = await going_on(
        services, asked, me, interaction.channel, interaction.id, interaction.message
    )
    services.workers.check_queue()
    surface = InteractionSurface(interaction, services.drafts, private=private)
    return await services.flow.answer(asked, surface)


def _may_speak(interaction: Interaction) -> bool:
    if interaction.guild_id is None:
        return True
    return may_write(interaction.channel, interaction.app_permissions)
