"""What every part of the panel does when it is used: check, store, show the panel anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import discord

from bot.permissions import NotAllowed, ServerOnly, manages
from bot.server_settings import Section
from bot.views.replies import acknowledge

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.catalog import Json


async def change(
    interaction: discord.Interaction[Any],
    services: Services,
    section: Section,
    name: str,
    value: Json,
    default: Json,
) -> None:
    """Set one of the settings and show the panel as it is then; a default is not stored."""
    store = services.server_settings
    stored = None if value == default else value
    who = interaction.user.id

    def write(guild_id: int) -> None:
        store.change(guild_id, name, stored, who)

    await changed(interaction, services, section, (name, value), write)


async def changed(
    interaction: discord.Interaction[Any],
    services: Services,
    section: Section,
    wanted: tuple[str, Json],
    write: Callable[[int], None],
) -> None:
    """Have `write` change the settings of the server, and show the panel as it is then.

    `wanted` is the name and value to note where the user may not.
    """
    from bot.views.panel.sections import show  # the panel is made of what calls this

    await acknowledge(interaction)
    guild_id = managed(interaction, *wanted)
    await services.workers.ask(write, guild_id)
    await show(interaction, services, guild_id, section)


def managed(interaction: discord.Interaction[Any], name: str, value: Json = None) -> int:
    """Return the server whose settings the user may see and change.

    `name` and `value` are what is noted where they may not. Raises ServerOnly, NotAllowed.
    """
    if interaction.guild_id is None:
        raise ServerOnly
    if not manages(interaction):
        raise NotAllowed(attempt=(name, value))
    return interaction.guild_id
