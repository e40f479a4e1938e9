"""Where new articles are announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from bot.server_settings import ServerSettings
    from index.catalog import Feed

Place = discord.abc.GuildChannel | discord.Thread


def channel_of(feed: Feed, settings: ServerSettings) -> int | None:
    """Return the channel of the feed, else that of its server, by id."""
    return int(feed.channel) if feed.channel else settings.announcements


def may_write(place: Place | None, member: discord.Member) -> bool:
    """Tell whether a member may write in a channel or thread."""
    if not isinstance(place, discord.abc.Messageable):
        return False
    try:
        allowed = place.permissions_for(member)
    except discord.ClientException:  # a thread whose channel the bot does not see
        return False
    in_thread = isinstance(place, discord.Thread)
    writes = allowed.send_messages_in_threads if in_thread else allowed.send_messages
    return allowed.view_channel and writes
