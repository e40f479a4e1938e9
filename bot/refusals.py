"""Attempts at what one may not do, for the log of the server's settings."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import discord

from bot.workers import ShuttingDown
from index.errors import FootnoteError

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from bot.permissions import NotAllowed
    from index.catalog import Json

GIVEN_MAX = 500
"""Of what was given, in characters."""

log = logging.getLogger(__name__)


async def note(interaction: discord.Interaction[Any], refused: NotAllowed) -> None:
    """Keep who tried what, and when; best once the user has been told, as this may wait."""
    if interaction.guild_id is None:
        return
    name, value = refused.attempt or attempted(interaction)
    services: Services = interaction.client.services
    refuse, user = services.server_settings.refuse, interaction.user.id
    try:
        await services.workers.ask(refuse, interaction.guild_id, name, value, user)
    except (FootnoteError, TimeoutError, ShuttingDown) as error:
        log.warning("refused %s of %s is not noted: %s", name, user, type(error).__name__)


def attempted(interaction: discord.Interaction[Any]) -> tuple[str, Json]:
    """Return the name of what was used, and the first words that were given to it, if any."""
    command = interaction.command
    if isinstance(command, discord.app_commands.ContextMenu):
        return command.name, None
    if command is not None:
        options: dict[str, Any] = vars(interaction.namespace)
        given = next((value for value in options.values() if isinstance(value, str)), None)
        return f"/{command.qualified_name}", given and given[:GIVEN_MAX]
    data: Any = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    return custom_id.partition(":")[0][:GIVEN_MAX], None
