"""Undoing what a command has indexed."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.rendering import undone_card, undone_lines
from bot.views.pressed import PressedButton, row
from bot.views.replies import acknowledge, answer, persist, whisper
from bot.words import indexing as words_indexing
from index.errors import UndoExpired, UndoneAlready

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.catalog import Undone

log = logging.getLogger(__name__)


class UndoButton(PressedButton, template=r"undo:(?P<action>\d{1,20})"):
    """Takes back what a command indexed, for whoever may index there when it is pressed."""

    def __init__(self, action: str) -> None:
        super().__init__(
            discord.ui.Button(
                label=words_indexing.UNDO_BUTTON,
                style=discord.ButtonStyle.secondary,
                custom_id=f"undo:{action}",
            )
        )
        self.action = action

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a pressed button."""
        return cls(match["action"])

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Undo it; the button goes once there is nothing left that it could do."""
        space = await services.own_space(interaction)
        await acknowledge(interaction)
        undo = services.library.records.publications.undo
        try:
            undone = await services.workers.ask(undo, self.action, space)
        except (UndoExpired, UndoneAlready):
            await persist(lambda: interaction.edit_original_response(view=None))
            raise
        user = interaction.user.id
        log.info("server %s: %s undid %s, %d articles", space, user, self.action, len(undone))
        await self._tell(interaction, undone)

    async def _tell(self, interaction: discord.Interaction[Any], undone: Sequence[Undone]) -> None:
        left = [one for one in undone if one.status == "left"]
        if len(left) == len(undone):
            await whisper(interaction, undone_lines(left))
            return
        again = undo_button(self.action) if left else None
        await answer(interaction, undone_card(undone, interaction.user.id), again)


def undo_button(action: str) -> discord.ui.View:
    """Return the button, alone in its row."""
    return row(UndoButton(action))
