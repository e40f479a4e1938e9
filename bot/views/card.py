"""The buttons under every answer and every refusal.

What was asked is known by the message, so their custom_ids say only what they do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot import words
from bot.rendering import passages
from bot.views.forms import question_form
from bot.views.passages import PassagesButton, TurnButton
from bot.views.pressed import PressedButton, row
from bot.views.replies import persist
from bot.views.threads import ThreadButton, has_threads
from bot.views.voting import VoteButton
from bot.views.writing import StopButton

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.model import Answer


class MoreButton(PressedButton, template=r"answer:more"):
    """Opens a form for the next question."""

    def __init__(self) -> None:
        super().__init__(discord.ui.Button(label=words.ASK_MORE, custom_id="answer:more"))

    async def pressed(self, interaction: discord.Interaction[Any], _: Services) -> None:
        """Open it at once: a form can only be the first response."""
        await persist(lambda: interaction.response.send_modal(question_form(words.ASK_MORE)))


KINDS = (PassagesButton, TurnButton, MoreButton, VoteButton, ThreadButton, StopButton)
"""What the client recognises after a restart."""


def buttons(answer: Answer, channel: Any) -> discord.ui.View:
    """Return the buttons that go with an answer; Discord has room for five in a row."""
    items: list[PressedButton] = [MoreButton(), VoteButton(True), VoteButton(False)]
    if passages(answer):
        items.insert(0, PassagesButton())
    if has_threads(channel):
        items.append(ThreadButton())
    return row(*items)
