"""/index, /articles, /reindex and /remove."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.articles import strings
from bot.cogs.articles.indexing import MAX_INPUTS, files_of, index, read_again
from bot.cogs.articles.listing import confirmation, show_page, title
from bot.cogs.articles.views import paste_form
from bot.discord import autocomplete
from bot.discord.components import SEARCH_MAX
from bot.discord.embeds import Payload
from bot.discord.replies import acknowledge, answer, persist
from bot.errors import TitleForSeveral
from bot.permissions import INDEXERS, Interaction
from bot.services import Services
from index.ingest import Link
from index.sources.document import Given


class Articles(commands.Cog):
    """What is indexed."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(description=strings.ARTICLES)
    @app_commands.describe(search=strings.ARTICLES_SEARCH)
    async def articles(
        self, interaction: Interaction, search: app_commands.Range[str, 1, SEARCH_MAX] = ""
    ) -> None:
        """Show the first page of the list, or of those that some words find."""
        await acknowledge(interaction)
        await show_page(interaction, self._services, 0, " ".join(search.split()))

    @app_commands.command(description=strings.REINDEX, extras={**INDEXERS})
    @app_commands.describe(article=strings.REINDEX_ARTICLE)
    async def reindex(self, interaction: Interaction, article: str | None = None) -> None:
        """Read articles again and index those that changed."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction)
        await read_again(self._services, interaction, space, article)

    @app_commands.command(description=strings.REMOVE, extras={**INDEXERS})
    @app_commands.describe(article=strings.REMOVE_ARTICLE)
    async def remove(self, interaction: Interaction, article: str) -> None:
        """Ask whether the article is to go."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction, private=True)
        get = self._services.library.get
        found = await self._services.workers.ask(get, article.strip(), (space,))
        question = Payload(content=strings.CONFIRM_REMOVAL.format(title(found)))
        await answer(interaction, question, confirmation(interaction.user.id, found.id))

    @reindex.autocomplete("article")
    @remove.autocomplete("article")
    async def titles(self, interaction: Interaction, typed: str) -> autocomplete.Choices:
        """Offer the server's own titles to those who may change them."""
        return await autocomplete.own_titles(self._services, interaction, typed)


OPTION_MAX = 500

TextOption = app_commands.Range[str, 1, OPTION_MAX]

FileOption = discord.Attachment

FURTHER = [f"file{number}" for number in range(2, MAX_INPUTS + 1)]


class Indexing(commands.Cog):
    """New articles. The right to index is checked at each step, as it may go in between."""

    index = app_commands.Group(name="index", description=strings.INDEX, extras={**INDEXERS})

    def __init__(self, services: Services) -> None:
        self._services = services

    @index.command(name="url", description=strings.INDEX_URL)
    @app_commands.describe(link=strings.INDEX_URL_LINK)
    async def url(self, interaction: Interaction, link: app_commands.Range[str, 1, 2_048]) -> None:
        """Index a web page."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction)
        await index(self._services, interaction, space, [Link(link)])

    @index.command(name="file", description=strings.INDEX_FILE)
    @app_commands.describe(
        file=strings.INDEX_FILE_FILE,
        title=strings.INDEX_TITLE,
        source=strings.INDEX_SOURCE,
        published=strings.INDEX_PUBLISHED,
        **dict.fromkeys(FURTHER, strings.FURTHER_FILE),
    )
    async def file(
        self,
        interaction: Interaction,
        file: FileOption,
        file2: FileOption | None = None,
        file3: FileOption | None = None,
        file4: FileOption | None = None,
        file5: FileOption | None = None,
        file6: FileOption | None = None,
        file7: FileOption | None = None,
        file8: FileOption | None = None,
        file9: FileOption | None = None,
        file10: FileOption | None = None,
        title: TextOption | None = None,
        source: TextOption | None = None,
        published: TextOption | None = None,
    ) -> None:
        """Index attachments: Discord has no option that takes several."""
        further = (file2, file3, file4, file5, file6, file7, file8, file9, file10)
        files = [file, *filter(None, further)]
        space = await self._services.own_space(interaction)
        if title and len(files) > 1:
            raise TitleForSeveral
        await acknowledge(interaction)
        found = files_of(files, Given(title, source, published))
        await index(self._services, interaction, space, found)

    @index.command(name="text", description=strings.INDEX_TEXT)
    async def text(self, interaction: Interaction) -> None:
        """Open the form."""
        await self._services.own_space(interaction)
        await persist(lambda: interaction.response.send_modal(paste_form()))
