"""Show an answer while a language model writes it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord

from bot.cogs.ask.buttons import StopButton
from bot.cogs.ask.cards import render
from bot.discord.components import row
from bot.discord.embeds import Payload
from bot.llm import strings as llm_strings

if TYPE_CHECKING:
    from bot.flow import Asked
    from bot.server_settings import ServerSettings
    from bot.services import Services
    from index.model import Answer

Show = Callable[[Payload, discord.ui.View], Awaitable[discord.Message]]
"""Puts something where the answer is to stand."""


async def write(
    services: Services,
    asked: Asked,
    settings: ServerSettings,
    found: Answer,
    show: Show,
    *,
    cards: bool = True,
) -> tuple[Answer, str]:
    """Have an answer put in the model's words, where one is set, and show it as it grows.

    Returns the answer that stands in the end, not shown yet, and a remark on who wrote it.
    """
    if services.writer is None or not found.answered:
        return found, ""
    earlier = tuple(turn.question for turn in asked.turns)
    most = settings.llm_daily_tokens
    async with services.writer.write(
        found, asked.space, earlier=earlier, most_tokens=most
    ) as writing:
        try:
            async for so_far in writing.snapshots():
                if writing.is_over:
                    break
                payload = render(so_far, cards=cards, remark=llm_strings.WRITING)
                message = await show(payload, row(StopButton()))
                services.writings.add(message.id, writing, asked.user_id)
            outcome = await writing.outcome()
            services.metrics.writing.wrote(outcome)
        finally:
            services.writings.drop(writing)
    return outcome.answer, llm_strings.remark(outcome, mark=settings.llm_mark)
