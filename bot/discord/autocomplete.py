"""Autocompletion, above all of articles' titles."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Iterable, Sequence

from discord import app_commands

from bot.discord.embeds import CHOICE_MAX
from bot.errors import NotAllowed, ServerOnly, ShuttingDown
from bot.permissions import Interaction
from bot.services import Services
from bot.text import fit_plain
from index.errors import FootnoteError
from index.model import Space

CHOICES = 25

SECONDS = 2.0
"""Discord drops what comes after three."""

Choices = list[app_commands.Choice[str]]

log = logging.getLogger(__name__)


async def visible_titles(services: Services, interaction: Interaction, typed: str) -> Choices:
    """Offer titles that the user may ask about."""
    return await offer(_titles(services, typed, services.visible(interaction.guild_id)))


async def own_titles(services: Services, interaction: Interaction, typed: str) -> Choices:
    """Offer titles that the user may change; none to others, as no check runs before this."""
    return await offer(_titles(services, typed, _own(services, interaction)))


async def offer(found: Awaitable[Iterable[tuple[str, str]]]) -> Choices:
    """Offer pairs of a name and a value; none where they are denied or not found in time."""
    try:
        async with asyncio.timeout(SECONDS):
            pairs = await found
    except (NotAllowed, ServerOnly, FootnoteError, TimeoutError, ShuttingDown) as error:
        log.info("no choices offered: %s", type(error).__name__)
        return []
    choices = [
        app_commands.Choice(name=fit_plain(name, CHOICE_MAX) or value, value=value)
        for name, value in pairs
        if len(value) <= CHOICE_MAX
    ]
    return choices[:CHOICES]


async def _own(services: Services, interaction: Interaction) -> tuple[Space]:
    return (await services.own_space(interaction),)


async def _titles(
    services: Services, typed: str, spaces: Awaitable[Sequence[Space]]
) -> list[tuple[str, str]]:
    find = services.library.find
    articles = await services.workers.quick(find, typed.strip(), await spaces, limit=CHOICES)
    return [(article.title, article.id) for article in articles]
