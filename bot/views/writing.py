"""Answers put in a language model's words: shown as they grow, with a button that stops them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import discord

from bot.permissions import NotYours, manages
from bot.rendering import Payload, render
from bot.views.pressed import PressedButton, row
from bot.views.replies import acknowledge
from bot.words import writing as words

if TYPE_CHECKING:
    from bot.asking import Asked
    from bot.cogs.services import Services
    from bot.server_settings import ServerSettings
    from bot.writing.writing import Writing
    from index.model import Answer

Show = Callable[[Payload, discord.ui.View], Awaitable[discord.Message]]
"""Puts something where the answer is to stand."""


class Writings:
    """What is being written in this process, by the message that shows it."""

    def __init__(self) -> None:
        self._writings: dict[int, tuple[Writing, int]] = {}

    def add(self, message_id: int, writing: Writing, user_id: int) -> None:
        """Let a message's button stop a writing that a user asked for."""
        self._writings[message_id] = writing, user_id

    def drop(self, writing: Writing) -> None:
        """Forget what has ended."""
        self._writings = {m: kept for m, kept in self._writings.items() if kept[0] is not writing}

    def of(self, message_id: int) -> tuple[Writing, int] | None:
        """Return what a message shows, and who asked for it."""
        return self._writings.get(message_id)


class StopButton(PressedButton, template=r"answer:stop"):
    """Ends the writing: what is checked by then is the answer."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label=words.STOP, custom_id="answer:stop"))

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Stop it, for whoever asked or manages the server; one that has ended is left."""
        found = services.writings.of(interaction.message.id) if interaction.message else None
        if found is None:
            await acknowledge(interaction)
            return
        writing, user_id = found
        if interaction.user.id != user_id and not manages(interaction):
            raise NotYours(words.NOT_YOURS)
        await acknowledge(interaction)
        writing.stop()


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
                payload = render(so_far, cards=cards, remark=words.WRITING)
                message = await show(payload, row(StopButton()))
                services.writings.add(message.id, writing, asked.user_id)
            outcome = await writing.outcome()
            services.metrics.writing.wrote(outcome)
        finally:
            services.writings.drop(writing)
    return outcome.answer, words.remark(outcome, mark=settings.llm_mark)
