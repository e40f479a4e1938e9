"""Channels: what the bot answers in them, and whether it may say anything there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import discord

from bot.server_settings import ChannelMode, ServerSettings


class ChannelOff(Exception):
    """The server's admins want no answers in the channel."""


class ChannelRefused(Exception):
    """What was asked for would speak in a channel where somebody may not.

    Attributes:
        channel_id: The channel. user: Whether it is the user who may not write there.
    """

    def __init__(self, channel_id: int, *, user: bool) -> None:
        super().__init__(f"channel {channel_id}")
        self.channel_id = channel_id
        self.user = user


def mode_in(settings: ServerSettings, channel: Any) -> ChannelMode:
    """Return what is answered in a channel; a thread has its channel's mode unless its own."""
    return settings.mode(channel.id, getattr(channel, "parent_id", None))


def check_answered(settings: ServerSettings, channel: Any) -> None:
    """Raise ChannelOff where nothing is answered."""
    if channel is not None and mode_in(settings, channel) is ChannelMode.OFF:
        raise ChannelOff


def may_write(channel: Any, allowed: discord.Permissions) -> bool:
    """Tell whether somebody with these permissions may write in a channel or thread."""
    in_thread = isinstance(channel, discord.Thread)
    writes = allowed.send_messages_in_threads if in_thread else allowed.send_messages
    return writes and allowed.view_channel


def lets_write(channel: Any, member: Any) -> bool:
    """Tell whether a member may write in what may be a channel or thread."""
    if not isinstance(channel, discord.abc.Messageable):
        return False
    try:
        return may_write(channel, channel.permissions_for(member))  # type: ignore[attr-defined]
    except discord.ClientException:  # a thread whose channel the bot does not see
        return False


def check_written(
    channel: discord.TextChannel, user: Any, lets: Callable[[Any, Any], bool] = lets_write
) -> None:
    """Raise ChannelRefused where the bot or the user may not write, or not as `lets` wants it."""
    if not lets(channel, channel.guild.me):
        raise ChannelRefused(channel.id, user=False)
    if not isinstance(user, discord.Member) or not lets(channel, user):
        raise ChannelRefused(channel.id, user=True)
