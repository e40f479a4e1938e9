"""Reading a server's articles again: pages from the web, the rest from where the library has it."""

from __future__ import annotations

import time
from typing import Any

import discord

from bot import words
from bot.cogs.progress import Progress, shown
from bot.cogs.services import Services
from index import sources
from index.errors import SourceError
from index.model import Added, Article, Failed, Space

DEADLINE_SECONDS = 600.0
"""The reply can be edited for 15 minutes; there must be time left for the rest."""


async def read_again(
    services: Services, interaction: discord.Interaction[Any], space: Space, article: str | None
) -> tuple[tuple[Added, ...], tuple[Failed, ...]]:
    """Read one article (by id or title) or all of a space. Raises UnknownArticle."""
    library, workers = services.library, services.workers
    found: tuple[Article, ...]
    if article:
        found = (await workers.ask(library.get, article.strip(), (space,)),)
    else:
        found = await workers.ask(library.list, (space,))
    added: list[Added] = []
    failed: list[Failed] = []
    deadline = time.monotonic() + DEADLINE_SECONDS
    async with shown(interaction, workers.check) as progress:
        for page in filter(_is_page, found):
            try:
                added += await _fetch_again(services, page, space, progress, deadline)
            except SourceError as error:
                failed.append(Failed(page.title, error.reason))
        if not all(map(_is_page, found)):
            only = found[0].id if article else None
            report = await workers.index(
                library.reindex, (space,), article_id=only, progress=progress
            )
            added += (a for a in report.added if not _is_page(a.article))
            failed += report.failed
    return tuple(added), tuple(failed)


def _is_page(article: Article) -> bool:
    return (article.origin or "").startswith(("http://", "https://"))


async def _fetch_again(
    services: Services, article: Article, space: Space, progress: Progress, deadline: float
) -> tuple[Added, ...]:
    link = article.origin or ""
    if time.monotonic() > deadline:
        raise SourceError(link, words.OUT_OF_TIME)
    page = await services.fetcher.fetch(link)
    document = await services.workers.ask(
        sources.read, page.name, page.data, origin=link, source=page.url
    )
    add = services.library.add
    return await services.workers.index(add, [document], space, progress=progress)
