"""The pages of /articles. Nothing is kept: page and user are in the buttons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot import words
from bot.permissions import NotYours
from bot.rendering import articles_page, pages
from bot.views.pressed import PressedButton, row
from bot.views.replies import acknowledge, answer

if TYPE_CHECKING:
    from bot.cogs.services import Services


class PageButton(
    PressedButton, template=r"articles:(?P<step>back|on):(?P<user>\d{1,20}):(?P<page>\d{1,6})"
):
    """Turns to `page` (from 0) of the list that `user` asked for."""

    def __init__(self, step: str, user: int, page: int, *, disabled: bool = False) -> None:
        label = words.PREVIOUS if step == "back" else words.NEXT
        custom_id = f"articles:{step}:{user}:{page}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, disabled=disabled))
        self.user = user
        self.page = page

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a pressed button."""
        return cls(match["step"], int(match["user"]), int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the page as the list is now."""
        if interaction.user.id != self.user:
            raise NotYours(words.NOT_YOUR_LIST)
        await acknowledge(interaction)
        await show(interaction, services, self.page)


async def show(interaction: discord.Interaction[Any], services: Services, page: int) -> None:
    """Put a page of what the interaction's server sees in place of the original reply."""
    spaces = await services.visible(interaction.guild_id)
    articles = await services.workers.ask(services.library.list, spaces)
    last = pages(len(articles)) - 1
    page = min(page, last)
    user = interaction.user.id
    back = PageButton("back", user, max(page - 1, 0), disabled=page == 0)
    on = PageButton("on", user, page + 1, disabled=page == last)
    await answer(interaction, articles_page(articles, page), row(back, on) if last else None)
