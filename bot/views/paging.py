"""The pages of lists, those of /articles among them.

Nothing is kept: page and user are in the buttons.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Self

import discord

from bot import words
from bot.permissions import NotYours
from bot.rendering import articles_page, pages
from bot.views.pressed import PressedButton, row
from bot.views.replies import acknowledge, answer

if TYPE_CHECKING:
    from bot.cogs.services import Services


STATE = r"(?P<step>back|on):(?P<user>\d{1,20}):(?P<page>\d{1,6})"


class TurnListButton(PressedButton, template=r"(?!)"):
    """Turns to `page` (from 0) of the list that `user` asked for.

    A list has a subclass with its `name`, the template of its name and STATE, the words for others
    than the user, and `show`.
    """

    name: ClassVar[str]
    not_yours: ClassVar[str]

    def __init__(self, step: str, user: int, page: int, *, disabled: bool = False) -> None:
        label = words.PREVIOUS if step == "back" else words.NEXT
        custom_id = f"{self.name}:{step}:{user}:{page}"
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
            raise NotYours(self.not_yours)
        await acknowledge(interaction)
        await self.show(interaction, services, self.page)

    @abstractmethod
    async def show(
        self, interaction: discord.Interaction[Any], services: Services, page: int
    ) -> None:
        """Put a page where the acknowledgement stands."""

    @classmethod
    def turns(cls, user: int, page: int, last: int) -> discord.ui.View | None:
        """Return the two buttons of a page, None where it is the only one."""
        if not last:
            return None
        back = cls("back", user, max(page - 1, 0), disabled=page == 0)
        return row(back, cls("on", user, page + 1, disabled=page == last))


class PageButton(TurnListButton, template=f"articles:{STATE}"):
    """Turns the pages of /articles."""

    name, not_yours = "articles", words.NOT_YOUR_LIST

    async def show(
        self, interaction: discord.Interaction[Any], services: Services, page: int
    ) -> None:
        """Show the page as the list is now."""
        await show(interaction, services, page)


async def show(interaction: discord.Interaction[Any], services: Services, page: int) -> None:
    """Put a page of what the interaction's server sees in place of the original reply."""
    spaces = await services.visible(interaction.guild_id)
    articles = await services.workers.ask(services.library.list, spaces)
    last = pages(len(articles)) - 1
    page = min(page, last)
    view = PageButton.turns(interaction.user.id, page, last)
    await answer(interaction, articles_page(articles, page), view)
