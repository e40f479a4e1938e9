"""Index what people hand over, with progress."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import discord

from bot.cogs.articles import strings
from bot.cogs.articles.cards import Indexed, batch_card, indexed_card
from bot.cogs.articles.inputs import Input
from bot.cogs.articles.views import undo_button
from bot.discord.embeds import Payload
from bot.discord.error_handler import describe
from bot.discord.markdown import fit
from bot.discord.progress import Progress, shown
from bot.discord.replies import answer
from bot.errors import ShuttingDown
from bot.services import Services
from index import sources
from index.errors import SourceError
from index.model import Added, Article, Failed, Space

DEADLINE_SECONDS = 600.0
"""The reply can be edited for 15 minutes; nothing is begun when there may be no time to end it."""

NAME_MAX = 100


async def publish(
    services: Services,
    interaction: discord.Interaction[Any],
    space: Space,
    inputs: Sequence[Input],
) -> None:
    """Index the inputs and reply what became of each, with a button that undoes it.

    Of several, one that fails stops none of the others; one alone raises why. The interaction is
    acknowledged already.
    """
    action = str(interaction.id)
    workers = services.workers
    async with shown(interaction, workers.check, strings.progress) as progress:
        card: Callable[[datetime | None], Payload]
        if len(inputs) == 1:
            card = partial(indexed_card, await _index(services, inputs[0], space, action, progress))
        else:
            card = partial(batch_card, await _each(services, inputs, space, action, progress))
    until = await workers.ask(services.library.records.publications.until, action)
    await answer(interaction, card(until), undo_button(action) if until else None)


async def _each(
    services: Services, inputs: Sequence[Input], space: Space, action: str, progress: Progress
) -> list[Indexed | Failed]:
    deadline = time.monotonic() + DEADLINE_SECONDS
    outcomes: list[Indexed | Failed] = []
    for number, one in enumerate(inputs, 1):
        progress.begin(strings.part_of(number, len(inputs), fit(one.name, NAME_MAX)))
        try:
            if time.monotonic() > deadline:
                raise SourceError(one.name, strings.OUT_OF_TIME)
            outcomes.append(await _index(services, one, space, action, progress))
        except ShuttingDown:
            raise
        except SourceError as error:
            outcomes.append(Failed(one.name, error.reason))
        except Exception as error:  # noqa: BLE001 - whatever failed, the others go on
            outcomes.append(Failed(one.name, describe(error, int(action))))
    return outcomes


async def _index(
    services: Services, one: Input, space: Space, action: str, progress: Progress
) -> Indexed:
    library, workers = services.library, services.workers
    document = await one.read()
    (added,) = await workers.index(library.add, [document], space, progress=progress, action=action)
    if added.before is None:
        return Indexed(added)
    changes = library.records.publications.changes
    return Indexed(added, await workers.ask(changes, added.before, added.article))


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
    async with shown(interaction, workers.check, strings.progress) as progress:
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
        raise SourceError(link, strings.OUT_OF_TIME)
    page = await services.fetcher.fetch(link)
    document = await services.workers.ask(
        sources.read, page.name, page.data, origin=link, source=page.url
    )
    add = services.library.add
    return await services.workers.index(add, [document], space, progress=progress)
