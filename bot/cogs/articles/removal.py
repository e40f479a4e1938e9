"""Remove articles, once somebody who may has confirmed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Self

import discord

from bot.cogs.articles import strings
from bot.discord import strings as shared_strings
from bot.discord.components import PressedButton, row
from bot.discord.embeds import Payload
from bot.discord.markdown import fit
from bot.discord.replies import acknowledge, answer
from bot.errors import NotYours
from bot.permissions import Interaction

if TYPE_CHECKING:
    from bot.services import Services
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
                label=strings.REMOVE_BUTTON if removes else strings.KEEP_BUTTON,
                style=discord.ButtonStyle.danger if removes else discord.ButtonStyle.secondary,
                custom_id=f"removal:{choice}:{user}:{article_id}",
            )
        )
        self.removes = removes
        self.user = user
        self.article_id = article_id

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Read the state of a pressed button."""
        return cls(match["choice"], int(match["user"]), match["article"])

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Remove the article from the server's own space, if the user still may."""
        if interaction.user.id != self.user:
            raise NotYours(shared_strings.NOT_YOUR_BUTTON)
        space = await services.own_space(interaction)
        await acknowledge(interaction)
        text = strings.KEPT
        if self.removes:
            remove = services.library.remove
            article = await services.workers.index(remove, self.article_id, (space,))
            text = strings.removed(title(article))
        await answer(interaction, Payload(content=text))


def confirmation(user: int, article_id: str) -> discord.ui.View:
    """Return the two buttons."""
    choices = ("remove", "keep")
    return row(*(RemovalButton(choice, user, article_id) for choice in choices))


def title(article: Article) -> str:
    """Return a title in quotation marks."""
    return f"“{fit(article.title, TITLE_MAX)}”"
