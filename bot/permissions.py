"""Who sees which space, and who may index: always from the interaction, never from an id in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import discord

from index.model import PUBLIC, Space

if TYPE_CHECKING:
    from index.catalog import Json

    Interaction = discord.Interaction[Any]

SETTINGS_HINT = discord.Permissions(manage_guild=True)
"""Whom Discord offers the settings to. The indexing commands are offered to everyone: Discord
cannot be told of "this permission or these roles", and would hide them from the roles' members."""


class Audience(StrEnum):
    """Whom a command is for; /help shows each what they may use."""

    EVERYONE = "everyone"
    INDEXERS = "indexers"
    MANAGERS = "managers"


INDEXERS: Mapping[Any, Any] = {"audience": Audience.INDEXERS}
MANAGERS: Mapping[Any, Any] = {"audience": Audience.MANAGERS}
"""For a command's `extras`, where it is not for everyone."""


class ServerOnly(Exception):
    """The command needs a server's own space."""


class NotAllowed(Exception):
    """The user may not index, or not change the settings.

    Attributes:
        role: The role, by its name, that would also do, if one is set.
        roles: Further such roles, by their ids.
        attempt: The setting and the value that was to be set; None for anything else.
    """

    def __init__(
        self,
        role: str | None = None,
        roles: Sequence[int] = (),
        *,
        attempt: tuple[str, Json] | None = None,
    ) -> None:
        super().__init__("needs Manage Server")
        self.role = role
        self.roles = roles
        self.attempt = attempt


class NotYours(Exception):
    """Somebody pressed another's button.

    Attributes:
        words: What to tell them.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def visible(guild_id: int | None, *, public: bool = True) -> tuple[Space, ...]:
    """Return the spaces that people of a server see; direct messages (None) see public."""
    if guild_id is None:
        return (PUBLIC,)
    own = Space(str(guild_id))
    return (own, PUBLIC) if public else (own,)


def manages(interaction: Interaction) -> bool:
    """Tell whether the user has Manage Server in the server where this comes from."""
    if interaction.guild_id is None or not isinstance(interaction.user, discord.Member):
        return False
    return interaction.permissions.administrator or interaction.permissions.manage_guild


def managed_space(interaction: Interaction) -> Space:
    """Return the space of the server that the user manages. Raises ServerOnly, NotAllowed."""
    if interaction.guild_id is None:
        raise ServerOnly
    if not manages(interaction):
        raise NotAllowed
    return Space(str(interaction.guild_id))


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
    """Tell whether the user has Manage Server, or a role: by name in any case, or by id."""
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
