"""What is offered on a message, under Apps."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands

from bot import words_indexing
from bot.cogs import inputs
from bot.cogs.publishing import publish
from bot.cogs.services import Services
from bot.permissions import INDEXERS
from bot.rendering import Payload
from bot.views.replies import acknowledge, answer


def index_menu(services: Services) -> app_commands.ContextMenu:
    """Return the menu that indexes a message's text, links and files."""

    async def index(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        space = await services.own_space(interaction)
        await acknowledge(interaction, private=True)
        found = inputs.of_message(services, message)
        if found:
            await publish(services, interaction, space, found)
        else:
            await answer(interaction, Payload(content=words_indexing.NOTHING_IN_MESSAGE))

    return app_commands.ContextMenu(
        name=words_indexing.INDEX_MENU,
        callback=index,
        extras={**INDEXERS},
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False),
    )
