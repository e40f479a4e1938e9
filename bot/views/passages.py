"""The passages of an answer or a refusal, page by page, for whoever presses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot import words
from bot.asking import Forgotten, ask, recall
from bot.rendering import passage_page, passages
from bot.views.pressed import PressedButton, row
from bot.views.replies import acknowledge, answer

if TYPE_CHECKING:
    from bot.cogs.services import Services


class PassagesButton(PressedButton, template=r"answer:passages"):
    """Shows the first passage of the answer that it stands under."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label=words.PASSAGES, custom_id="answer:passages"))

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show it to the user alone."""
        await acknowledge(interaction, private=True)
        await show(interaction, services, interaction.message.id if interaction.message else 0, 0)


class TurnButton(
    PressedButton, template=r"passages:(?P<step>back|on):(?P<answer>\d{1,20}):(?P<page>\d{1,3})"
):
    """Turns to `page` (from 0) of the passages of the message `answer_id`."""

    def __init__(self, step: str, answer_id: int, page: int, *, disabled: bool = False) -> None:
        label = words.PREVIOUS if step == "back" else words.NEXT
        custom_id = f"passages:{step}:{answer_id}:{page}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.answer_id = answer_id
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a pressed button."""
        return cls(match["step"], int(match["answer"]), int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the page as the articles are now."""
        await acknowledge(interaction)
        if self.answer_id != _opened_from(interaction, self.answer_id):
            raise Forgotten
        await show(interaction, services, self.answer_id, self.page)


async def show(
    interaction: discord.Interaction[Any], services: Services, answer_id: int, page: int
) -> None:
    """Put a passage where the acknowledgement stands, of what the user sees now.

    The question is asked again, so that the passages are those of the answer. Raises Forgotten,
    UnknownArticle, QueueFull.
    """
    asked = await recall(services, answer_id, interaction.user.id, interaction.guild_id)
    found = await ask(services, asked, await services.settings_of(asked.guild_id))
    last = max(len(passages(found)) - 1, 0)
    page = min(page, last)
    back = TurnButton("back", answer_id, max(page - 1, 0), disabled=page == 0)
    on = TurnButton("on", answer_id, page + 1, disabled=page == last)
    await answer(interaction, passage_page(found, page), row(back, on) if last else None)


def _opened_from(interaction: discord.Interaction[Any], claimed: int) -> int:
    """Return whose Passages button opened these pages: Discord knows, a custom_id is believed.

    Otherwise a forged one would show what another member has asked privately.
    """
    opened = interaction.message.interaction_metadata if interaction.message else None
    return (opened.interacted_message_id if opened else None) or claimed
