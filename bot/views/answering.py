"""Questions that come as interactions: acknowledged, answered, remembered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import discord

from bot.asking import Asked, admit, ask, note
from bot.channels import check_answered, may_write
from bot.conversation.saying import Said, turn
from bot.rendering import render
from bot.views.replies import acknowledge, answer

if TYPE_CHECKING:
    from bot.cogs.services import Services


class BlankQuestion(Exception):
    """There are no words in a question."""


async def answer_question(
    interaction: discord.Interaction[Any], services: Services, asked: Asked, *, private: bool | None
) -> None:
    """Answer a command or a form; with `private` for the asker alone, None as the server has it.

    Raises BlankQuestion, ChannelOff, UnknownArticle, TooSoon, QueueFull.
    """
    if not asked.question.strip():
        raise BlankQuestion
    check_answered(await services.settings_of(asked.guild_id), interaction.channel)
    settings = await admit(services, asked)
    private = settings.private if private is None else private
    # Where the bot may not speak, only the asker hears it.
    private = private or not _may_speak(interaction)
    await acknowledge(interaction, private=private)
    me, channel = interaction.application_id, interaction.channel
    before = await services.conversations.here(channel, interaction.id, me)
    found = await ask(services, replace(asked, turns=tuple(said.turn for said in before)))
    message = await answer(interaction, render(found))
    await note(services, asked, found, message.id)
    if not private:
        services.conversations.add(channel, before, Said(message.id, turn(found)), me)


def _may_speak(interaction: discord.Interaction[Any]) -> bool:
    if interaction.guild_id is None:
        return True
    return may_write(interaction.channel, interaction.app_permissions)
