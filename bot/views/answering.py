"""Questions that come as interactions: acknowledged, answered, remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.asking import Asked, BlankQuestion, admit, ask, note
from bot.rendering import render
from bot.views.card import buttons
from bot.views.replies import acknowledge, answer

if TYPE_CHECKING:
    from bot.cogs.services import Services


async def answer_question(
    interaction: discord.Interaction[Any],
    services: Services,
    asked: Asked,
    *,
    private: bool | None = None,
) -> None:
    """Answer a command or a form; with `private` for the asker alone, None as the server has it.

    Raises BlankQuestion, UnknownArticle, TooSoon, QueueFull.
    """
    if not asked.question.strip():
        raise BlankQuestion
    settings = await admit(services, asked)
    await acknowledge(interaction, private=settings.private if private is None else private)
    found = await ask(services, asked)
    message = await answer(interaction, render(found), buttons(found))
    await note(services, asked, found, message.id)
