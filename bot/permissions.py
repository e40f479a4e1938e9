"""Who sees which space, and who may index: always from the interaction, never from an id in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from index.model import PUBLIC, Space

if TYPE_CHECKING:
    from typing import Any

    Interaction = discord.Interaction[Any]

INDEX_HINT = discord.Permissions(manage_guild=True)


class ServerOnly(Exception):
    """The command needs a server's own space."""


class NotAllowed(Exception):
    """The user may not index.

    Attributes:
        role: The role that would also do, if one is set.
    """

    def __init__(self, role: str | None) -> None:
        super().__init__("needs Manage Server")
        self.role = role


class NotYours(Exception):
    """Somebody pressed another's button.

    Attributes:
        words: What to tell them.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def visible(guild_id: int | None) -> tuple[Space, ...]:
    """Return the spaces that people of a server see; None is a direct message."""
    return (PUBLIC,) if guild_id is None else (Space(str(guild_id)), PUBLIC)


def index_hint(role: str | None) -> discord.Permissions | None:
    """Return whom Discord should offer the indexing commands to.

    It cannot be told of "this permission or that role", and would hide the commands from the
    role's members; so with a role everyone is offered them, and the check in code decides.
    """
    return None if role else INDEX_HINT


def may_index(interaction: Interaction, role: str | None) -> bool:
    """Tell whether the user has Manage Server, or the role by its name in any case."""
    user = interaction.user
    if interaction.guild_id is None or not isinstance(user, discord.Member):
        return False
    granted = interaction.permissions
    if granted.administrator or granted.manage_guild:
        return True
    return role is not None and role.casefold() in (r.name.casefold() for r in user.roles)


def own_space(interaction: Interaction, role: str | None) -> Space:
    """Return the space that the user may change. Raises ServerOnly, NotAllowed."""
    if interaction.guild_id is None:
        raise ServerOnly
    if not may_index(interaction, role):
        raise NotAllowed(role)
    return Space(str(interaction.guild_id))
