"""Removing an article, once it is confirmed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot import words
from bot.permissions import NotYours
from bot.rendering import Payload, fit
from bot.views.pressed import PressedButton, row
from bot.views.replies import acknowledge, answer

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.model import Article

TITLE_MAX = 300


class RemovalButton(
    PressedButton,
    template=r"removal:(?P<choice>remove|keep):(?P<user>\d{1,20}):(?P<article>.{1,60})",
):
    """Removes an article, or leaves it; for the user who gave the command alone."""

    def __init__(self, choice: str, user: int, article_id: str) -> None:
        removes = choice == "remove"
        super().__init__(
            discord.ui.Button(
                label=words.REMOVE_BUTTON if removes else words.KEEP_BUTTON,
                style=discord.ButtonStyle.danger if removes else discord.ButtonStyle.secondary,
                custom_id=f"removal:{choice}:{user}:{article_id}",
            )
        )
        self.removes = removes
        self.user = user
        self.article_id = article_id

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a pressed button."""
        return cls(match["choice"], int(match["user"]), match["article"])

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Remove the article from the server's own space, if the user still may."""
        if interaction.user.id != self.user:
            raise NotYours(words.NOT_YOUR_BUTTON)
        space = await services.own_space(interaction)
        await acknowledge(interaction)
        text = words.KEPT
        if self.removes:
            remove = services.library.remove
            article = await services.workers.index(remove, self.article_id, (space,))
            text = words.removed(title(article))
        await answer(interaction, Payload(content=text))


def confirmation(user: int, article_id: str) -> discord.ui.View:
    """Return the two buttons."""
    choices = ("remove", "keep")
    return row(*(RemovalButton(choice, user, article_id) for choice in choices))


def title(article: Article) -> str:
    """Return a title in quotation marks."""
    return f"“{fit(article.title, TITLE_MAX)}”"
