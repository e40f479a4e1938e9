"""Channels: what the bot answers in them, and whether it may say anything there."""

from __future__ import annotations

from typing import Any

import discord

from bot.server_settings import ChannelMode, ServerSettings


class ChannelOff(Exception):
    """The server's admins want no answers in the channel."""


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
