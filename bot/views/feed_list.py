"""The pages of /feeds list. Nothing is kept: page and user are in the buttons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot import words
from bot.feeds.channels import channel_of, may_write
from bot.permissions import NotYours
from bot.rendering.feeds import PAGE, feeds_page
from bot.views.pressed import PressedButton, row
from bot.views.replies import acknowledge, answer
from bot.words.feeds import NOT_YOUR_LIST

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.catalog import Feed


class FeedPageButton(
    PressedButton, template=r"feeds:(?P<step>back|on):(?P<user>\d{1,20}):(?P<page>\d{1,6})"
):
    """Turns to `page` (from 0) of the list that `user` asked for."""

    def __init__(self, step: str, user: int, page: int, *, disabled: bool = False) -> None:
        label = words.PREVIOUS if step == "back" else words.NEXT
        custom_id = f"feeds:{step}:{user}:{page}"
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
            raise NotYours(NOT_YOUR_LIST)
        await acknowledge(interaction)
        await show(interaction, services, self.page)


async def show(interaction: discord.Interaction[Any], services: Services, page: int) -> None:
    """Put a page of the server's feeds in place of the original reply.

    Raises ServerOnly, NotAllowed.
    """
    space = await services.own_space(interaction)
    feeds = await services.workers.ask(services.feeds.list, space)
    settings = await services.settings_of(interaction.guild_id)
    guild = interaction.guild

    def place(feed: Feed) -> tuple[int | None, bool]:
        channel_id = channel_of(feed, settings)
        found = guild.get_channel_or_thread(channel_id) if guild and channel_id else None
        return channel_id, guild is not None and may_write(found, guild.me)

    last = max(0, -(-len(feeds) // PAGE) - 1)
    page = min(page, last)
    user = interaction.user.id
    back = FeedPageButton("back", user, max(page - 1, 0), disabled=page == 0)
    on = FeedPageButton("on", user, page + 1, disabled=page == last)
    view = row(back, on) if last else None
    await answer(interaction, feeds_page(feeds, page, last + 1, place), view)
