"""Deleting what is kept of a user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.rendering.about import forgotten_card
from bot.views.pressed import PressedButton
from bot.views.replies import acknowledge, answer
from bot.words import about as words

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.catalog import Held
    from index.library import Library


class ForgetButton(PressedButton, template=r"privacy:forget"):
    """Deletes what is kept of whoever presses it."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(
                label=words.FORGET_BUTTON,
                style=discord.ButtonStyle.danger,
                custom_id="privacy:forget",
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Delete it and say how much it was."""
        await acknowledge(interaction)
        who = str(interaction.user.id)
        held = await services.workers.ask(_forget, services.library, who)
        services.conversations.clear()
        await answer(interaction, forgotten_card(held))


def _forget(library: Library, who: str) -> Held:
    held = library.records.held(who)
    library.records.forget(who)
    return held
