"""Who sees which space, who may index, and where the bot may answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import discord

from bot.errors import ChannelDenied, ChannelOff, NotAllowed, ServerOnly
from bot.server_settings import ChannelMode, ServerSettings
from index.model import Space
from index.store.settings_store import Json

Interaction = discord.Interaction[Any]

NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    create_public_threads=True,
    send_messages_in_threads=True,
    embed_links=True,
    read_message_history=True,
)
"""What the bot needs in a server, and no more."""


def invite(application_id: int) -> str:
    """Return the link that adds the bot to a server, with its commands and what it needs."""
    return discord.utils.oauth_url(
        application_id, permissions=NEEDED, scopes=("bot", "applications.commands")
    )


SETTINGS_HINT = discord.Permissions(manage_guild=True)
"""Whom Discord offers the settings to. The indexing commands are offered to everyone: Discord
cannot express "this permission or these roles", and would hide them from the roles' members."""


class Audience(StrEnum):
    """Whom a command is for; /help shows each what they may use."""

    EVERYONE = "everyone"
    INDEXERS = "indexers"
    MANAGERS = "managers"


INDEXERS: Mapping[Any, Any] = {"audience": Audience.INDEXERS}

MANAGERS: Mapping[Any, Any] = {"audience": Audience.MANAGERS}
"""For a command's `extras`, where it is not for everyone."""


def manages(interaction: Interaction) -> bool:
    """Return whether the user has Manage Server in the server where this comes from."""
    if interaction.guild_id is None or not isinstance(interaction.user, discord.Member):
        return False
    return interaction.permissions.administrator or interaction.permissions.manage_guild


def managed(interaction: Interaction, attempt: tuple[str, Json] | None = None) -> int:
    """Return the server whose settings and statistics the user may see and change.

    `attempt` is what is noted where they may not. Raises ServerOnly, NotAllowed.
    """
    if interaction.guild_id is None:
        raise ServerOnly
    if not manages(interaction):
        raise NotAllowed(attempt=attempt)
    return interaction.guild_id


def audiences(
    interaction: Interaction, role: str | None, roles: Sequence[int] = ()
) -> frozenset[Audience]:
    """Return what the user belongs to in the place where this comes from."""
    found = {Audience.EVERYONE}
    if may_index(interaction, role, roles):
        found.add(Audience.INDEXERS)
    if manages(interaction):
        found.add(Audience.MANAGERS)
    return frozenset(found)


def may_index(interaction: Interaction, role: str | None, roles: Sequence[int] = ()) -> bool:
    """Return whether the user has Manage Server, or a role: by name in any case, or by id."""
    if manages(interaction):
        return True
    user = interaction.user
    if interaction.guild_id is None or not isinstance(user, discord.Member):
        return False
    named = role is not None and role.casefold() in (r.name.casefold() for r in user.roles)
    return named or any(r.id in roles for r in user.roles)


def own_space(interaction: Interaction, role: str | None, roles: Sequence[int] = ()) -> Space:
    """Return the space that the user may change. Raises ServerOnly, NotAllowed."""
    if interaction.guild_id is None:
        raise ServerOnly
    if not may_index(interaction, role, roles):
        raise NotAllowed(role, roles)
    return Space(str(interaction.guild_id))


def mode_in(settings: ServerSettings, channel: Any) -> ChannelMode:
    """Return what is answered in a channel; a thread has its channel's mode unless its own."""
    return settings.mode(channel.id, getattr(channel, "parent_id", None))


def check_answered(settings: ServerSettings, channel: Any) -> None:
    """Raise ChannelOff where nothing is answered."""
    if channel is not None and mode_in(settings, channel) is ChannelMode.OFF:
        raise ChannelOff


def may_write(channel: Any, allowed: discord.Permissions) -> bool:
    """Return whether somebody with these permissions may write in a channel or thread."""
    in_thread = isinstance(channel, discord.Thread)
    writes = allowed.send_messages_in_threads if in_thread else allowed.send_messages
    return writes and allowed.view_channel


def lets_write(channel: Any, member: Any) -> bool:
    """Return whether a member may write in what may be a channel or thread."""
    if not isinstance(channel, discord.abc.Messageable):
        return False
    try:
        return may_write(channel, channel.permissions_for(member))  # type: ignore[attr-defined]
    except discord.ClientException:  # a thread whose channel the bot does not see
        return False


def check_written(
    channel: discord.TextChannel, user: Any, lets: Callable[[Any, Any], bool] = lets_write
) -> None:
    """Raise ChannelDenied where the bot or the user may not write, or not as `lets` wants it."""
    if not lets(channel, channel.guild.me):
        raise ChannelDenied(channel.id, user=False)
    if not isinstance(user, discord.Member) or not lets(channel, user):
        raise ChannelDenied(channel.id, user=True)
