"""The pages of /feeds list; page and user are in the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.cogs.feeds.cards import PAGE, feeds_page
from bot.cogs.feeds.schedule import channel_of
from bot.cogs.feeds.strings import NOT_YOUR_LIST
from bot.discord.components import STATE, TurnListButton
from bot.discord.replies import answer
from bot.permissions import lets_write

if TYPE_CHECKING:
    from bot.services import Services
    from index.store.feeds import Feed


class FeedPageButton(TurnListButton, template=f"feeds:{STATE}"):
    """Turns the pages of /feeds list."""

    name, not_yours = "feeds", NOT_YOUR_LIST

    async def show(
        self, interaction: discord.Interaction[Any], services: Services, page: int
    ) -> None:
        """Show the page as the list is now."""
        await show(interaction, services, page)


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
        return channel_id, guild is not None and lets_write(found, guild.me)

    last = max(0, -(-len(feeds) // PAGE) - 1)
    page = min(page, last)
    view = FeedPageButton.turns(interaction.user.id, page, last)
    await answer(interaction, feeds_page(feeds, page, last + 1, place), view)
