"""/index url, file and text: articles into the server's own space."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import words
from bot.cogs import inputs
from bot.cogs.publishing import publish
from bot.cogs.services import Services
from bot.errors import TitleForSeveral
from bot.permissions import INDEXERS
from bot.views.paste import paste_form
from bot.views.replies import acknowledge, persist
from bot.words import indexing as words_indexing

OPTION_MAX = 500

Text = app_commands.Range[str, 1, OPTION_MAX]
File = discord.Attachment
FURTHER = [f"file{number}" for number in range(2, inputs.MAX_INPUTS + 1)]


class Indexing(commands.Cog):
    """New articles. The right to index is checked at each step, as it may go in between."""

    index = app_commands.Group(name="index", description=words.INDEX, extras={**INDEXERS})

    def __init__(self, services: Services) -> None:
        self._services = services

    @index.command(name="url", description=words.INDEX_URL)
    @app_commands.describe(link=words.INDEX_URL_LINK)
    async def url(
        self, interaction: discord.Interaction[Any], link: app_commands.Range[str, 1, 2_048]
    ) -> None:
        """Index a web page."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction)
        await publish(self._services, interaction, space, [inputs.page(self._services, link)])

    @index.command(name="file", description=words.INDEX_FILE)
    @app_commands.describe(
        file=words.INDEX_FILE_FILE,
        title=words.INDEX_TITLE,
        source=words.INDEX_SOURCE,
        published=words.INDEX_PUBLISHED,
        **dict.fromkeys(FURTHER, words_indexing.FURTHER_FILE),
    )
    async def file(
        self,
        interaction: discord.Interaction[Any],
        file: File,
        file2: File | None = None,
        file3: File | None = None,
        file4: File | None = None,
        file5: File | None = None,
        file6: File | None = None,
        file7: File | None = None,
        file8: File | None = None,
        file9: File | None = None,
        file10: File | None = None,
        title: Text | None = None,
        source: Text | None = None,
        published: Text | None = None,
    ) -> None:
        """Index attachments: Discord has no option that takes several."""
        further = (file2, file3, file4, file5, file6, file7, file8, file9, file10)
        files = [file, *filter(None, further)]
        space = await self._services.own_space(interaction)
        if title and len(files) > 1:
            raise TitleForSeveral
        await acknowledge(interaction)
        found = inputs.files(self._services, files, title=title, source=source, published=published)
        await publish(self._services, interaction, space, found)

    @index.command(name="text", description=words.INDEX_TEXT)
    async def text(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form."""
        await self._services.own_space(interaction)
        await persist(lambda: interaction.response.send_modal(paste_form()))
