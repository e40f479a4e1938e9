"""Helpful or not: one vote per member and answer, seen by nobody but in /stats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot import words
from bot.asking import recall
from bot.rendering import Payload
from bot.views.forms import reason_form
from bot.views.pressed import PressedButton
from bot.views.replies import acknowledge, answer, persist

if TYPE_CHECKING:
    from bot.asking import Asked
    from bot.cogs.services import Services
    from index.catalog import Votes

IDS = {True: "answer:helpful", False: "answer:unhelpful"}


class VoteButton(PressedButton, template=r"answer:(?P<vote>helpful|unhelpful)"):
    """Takes a vote; one that the answer did not help counts at once, and is asked why."""

    def __init__(self, helpful: bool) -> None:
        super().__init__(discord.ui.Button(label=words.VOTES[helpful], custom_id=IDS[helpful]))
        self.helpful = helpful

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read which of the two was pressed."""
        return cls(match["vote"] == "helpful")

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Put the vote in place of an earlier one."""
        if self.helpful:
            await acknowledge(interaction, private=True)
            await vote(interaction, services, helpful=True)
            await thank(interaction, helpful=True)
        else:  # a form can only be the first response
            await persist(lambda: interaction.response.send_modal(reason_form()))
            await vote(interaction, services, helpful=False)


async def vote(
    interaction: discord.Interaction[Any],
    services: Services,
    *,
    helpful: bool,
    reason: str | None = None,
) -> None:
    """Note the user's vote on the answer that the interaction comes from. Raises Forgotten."""
    message_id = interaction.message.id if interaction.message else 0
    asked = await recall(services, message_id, interaction.user.id, interaction.guild_id)
    votes = services.library.records.votes
    await services.workers.ask(_put, votes, asked, str(message_id), helpful, reason)


async def thank(interaction: discord.Interaction[Any], *, helpful: bool) -> None:
    """Say what the vote is now, to the user alone."""
    await answer(interaction, Payload(content=f"{words.THANKS}{words.VOTES[helpful]}."))


def _put(votes: Votes, asked: Asked, message: str, helpful: bool, reason: str | None) -> None:
    who = str(asked.user_id)
    before = votes.of(message, who)
    if not helpful and not reason and before and not before.helpful:
        return  # it may have a reason, which a form that is closed does not take back
    votes.put(asked.space, message, who, asked.question, helpful=helpful, reason=reason)
