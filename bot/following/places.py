"""Where news of a follow may go at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.following.asking import guild_of

if TYPE_CHECKING:
    from index.catalog import Follow

Place = discord.TextChannel | discord.Object
"""A channel, or a user by id."""


class Gone(Exception):
    """The channel is gone, or the user has left the server: it is followed no longer."""


class Closed(Exception):
    """The bot may not write in the channel: what is new meanwhile is not told."""


async def place_of(client: discord.Client, follow: Follow) -> Place | None:
    """Return where to send; None where the server is out of reach, for as long as it is.

    Raises Gone, Closed, and what Discord cannot tell for now.
    """
    guild_id = guild_of(follow.space)
    if guild_id is None:
        return discord.Object(int(follow.who))
    guild = client.get_guild(guild_id)
    if guild is None or guild.unavailable:
        return None
    try:
        if follow.channel is not None:
            return await _channel(guild, int(follow.channel))
        # What discord.py remembers of members may be out of date: it is told of none who leave.
        await guild.fetch_member(int(follow.who))
    except discord.NotFound as error:
        raise Gone from error
    return discord.Object(int(follow.who))


def may_tell(channel: discord.abc.GuildChannel, member: discord.Member) -> bool:
    """Tell whether a member may write cards in a channel."""
    allowed = channel.permissions_for(member)
    return allowed.view_channel and allowed.send_messages and allowed.embed_links


async def _channel(guild: discord.Guild, channel_id: int) -> discord.TextChannel:
    channel = guild.get_channel(channel_id)
    if channel is None:
        try:
            await guild.fetch_channel(channel_id)
        except discord.Forbidden as error:
            raise Closed from error
    if not isinstance(channel, discord.TextChannel) or not may_tell(channel, guild.me):
        raise Closed
    return channel
