"""Questions that come as interactions: acknowledged, answered, remembered."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import discord

from bot.cogs.ask.buttons import buttons
from bot.cogs.ask.cards import render
from bot.cogs.ask.conversations import Said, turn_of
from bot.cogs.ask.drafts import write
from bot.discord.permissions import check_answered, may_write
from bot.discord.replies import acknowledge, answer
from bot.errors import BlankQuestion
from bot.flow import Asked, ask, note, turn
from bot.metrics.meters import Way

if TYPE_CHECKING:
    from bot.cogs.ask.conversations import Saids
    from bot.server_settings import ServerSettings
    from bot.services import Services
    from index.model import Answer


async def answer_question(
    interaction: discord.Interaction[Any],
    services: Services,
    asked: Asked,
    *,
    private: bool | None = None,
) -> None:
    """Answer a command or a form; with `private` for the asker alone, None as the server has it.

    Raises BlankQuestion, ChannelOff, UnknownArticle, TooSoon, QueueFull.
    """
    if not asked.question.strip():
        raise BlankQuestion
    settings = await services.settings_of(asked.guild_id)
    check_answered(settings, interaction.channel)
    with services.metrics.questions.asked(Way.INTERACTION) as question:
        question.answer = await _answer(interaction, services, asked, settings, private)


async def _answer(
    interaction: discord.Interaction[Any],
    services: Services,
    asked: Asked,
    settings: ServerSettings,
    private: bool | None,
) -> Answer:
    services.cooldowns.take(asked.guild_id, asked.user_id, settings)
    private = settings.private if private is None else private
    # Where the bot may not speak, only the asker hears it.
    private = private or not _may_speak(interaction)
    await acknowledge(interaction, private=private)
    before = await _before(interaction, services)
    asked = replace(asked, turns=tuple(said.turn for said in before))
    found = await ask(services, asked, settings)
    show = partial(answer, interaction)
    found, remark = await write(services, asked, settings, found, show)
    view = buttons(found, interaction.channel)
    message = await answer(interaction, render(found, remark=remark), view)
    await note(services, asked, found, message.id)
    if not private:
        said, me = Said(message.id, turn(found)), interaction.client.user.id
        services.conversations.add(interaction.channel, before, said, me)
    return found


async def _before(interaction: discord.Interaction[Any], services: Services) -> Saids:
    """Return what a question goes on from: the answer whose button asks, or the thread's."""
    me, channel, pressed = interaction.client.user.id, interaction.channel, interaction.message
    shown = turn_of(pressed, me) if pressed else None
    if not pressed or not shown:
        return await services.conversations.here(channel, interaction.id, me)
    if pressed.flags.ephemeral:  # nobody else may read it, not even the bot
        return (Said(pressed.id, shown),)
    return await services.conversations.through(channel, pressed.id, me)


def _may_speak(interaction: discord.Interaction[Any]) -> bool:
    if interaction.guild_id is None:
        return True
    return may_write(interaction.channel, interaction.app_permissions)
