"""Autocompletion of articles' titles."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from typing import Any

import discord
from discord import app_commands

from bot.discord.embeds import CHOICE_MAX
from bot.discord.markdown import fit_plain
from bot.errors import NotAllowed, ServerOnly, ShuttingDown
from bot.services import Services
from index.errors import FootnoteError
from index.model import Space

CHOICES = 25

SECONDS = 2.0
"""Discord drops what comes after three."""

Choices = list[app_commands.Choice[str]]


log = logging.getLogger(__name__)


async def visible_titles(
    services: Services, interaction: discord.Interaction[Any], typed: str
) -> Choices:
    """Offer titles that the user may ask about."""
    return await _titles(services, typed, services.visible(interaction.guild_id))


async def own_titles(
    services: Services, interaction: discord.Interaction[Any], typed: str
) -> Choices:
    """Offer titles that the user may change; none to others, as no check runs before this."""
    try:
        return await _titles(services, typed, _own(services, interaction))
    except (NotAllowed, ServerOnly):
        return []


async def _own(services: Services, interaction: discord.Interaction[Any]) -> tuple[Space]:
    return (await services.own_space(interaction),)


async def _titles(services: Services, typed: str, spaces: Awaitable[Sequence[Space]]) -> Choices:
    find = services.library.find
    try:
        async with asyncio.timeout(SECONDS):
            articles = await services.workers.quick(
                find, typed.strip(), await spaces, limit=CHOICES
            )
    except (FootnoteError, TimeoutError, ShuttingDown) as error:
        log.info("no titles offered: %s", type(error).__name__)
        return []
    return [
        app_commands.Choice(
            name=fit_plain(article.title, CHOICE_MAX) or article.id, value=article.id
        )
        for article in articles[:CHOICES]
        if len(article.id) <= CHOICE_MAX
    ]
