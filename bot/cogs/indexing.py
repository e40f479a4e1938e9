"""/index url, file and text: articles into the server's own space."""

from __future__ import annotations

from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot import words
from bot.cogs.progress import shown
from bot.cogs.services import Services
from bot.errors import FileNotHandedOver
from bot.permissions import INDEXERS
from bot.rendering import indexed_card
from bot.views.paste import Pasted, PasteForm
from bot.views.replies import acknowledge, answer
from index import sources
from index.errors import TooLargeSource
from index.model import Document, Space

MEGABYTE = 1_000_000
OPTION_MAX = 500

Text = app_commands.Range[str, 1, OPTION_MAX]


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
        page = await self._services.fetcher.fetch(link)
        # What a page says of its own address is not believed.
        document = await self._services.workers.ask(
            sources.read, page.name, page.data, origin=link.strip(), source=page.url
        )
        await self._add(interaction, document, space)

    @index.command(name="file", description=words.INDEX_FILE)
    @app_commands.describe(
        file=words.INDEX_FILE_FILE,
        title=words.INDEX_TITLE,
        source=words.INDEX_SOURCE,
        published=words.INDEX_PUBLISHED,
    )
    async def file(
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment,
        title: Text | None = None,
        source: Text | None = None,
        published: Text | None = None,
    ) -> None:
        """Index an attachment."""
        space = await self._services.own_space(interaction)
        if file.size > sources.MAX_BYTES:
            size, limit = file.size / MEGABYTE, sources.MAX_BYTES // MEGABYTE
            raise TooLargeSource(file.filename, words.too_large(size, limit))
        await acknowledge(interaction)
        data = await _download(file)
        # No origin: it would be taken for a path on this machine.
        document = await self._services.workers.ask(
            sources.read, file.filename, data, title=title, source=source, published=published
        )
        await self._add(interaction, document, space)

    @index.command(name="text", description=words.INDEX_TEXT)
    async def text(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form."""
        await self._services.own_space(interaction)
        await interaction.response.send_modal(PasteForm(self._pasted))

    async def _pasted(self, interaction: discord.Interaction[Any], pasted: Pasted) -> None:
        self._services.workers.track()
        space = await self._services.own_space(interaction)
        await acknowledge(interaction)
        document = await self._services.workers.ask(
            sources.read_text,
            pasted.text,
            name=words.FORM_NAME,
            title=pasted.title,
            source=pasted.source,
            published=pasted.published,
        )
        await self._add(interaction, document, space)

    async def _add(
        self, interaction: discord.Interaction[Any], document: Document, space: Space
    ) -> None:
        workers, library = self._services.workers, self._services.library
        async with shown(interaction, workers.check) as progress:
            (added,) = await workers.index(library.add, [document], space, progress=progress)
        await answer(interaction, indexed_card(added))


async def _download(file: discord.Attachment) -> bytes:
    try:
        return await file.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise FileNotHandedOver from error
