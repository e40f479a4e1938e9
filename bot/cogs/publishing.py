"""From inputs to articles: read and publish one after another, and say what became of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import discord

from bot import words
from bot.cogs.inputs import Input
from bot.cogs.progress import Progress, shown
from bot.cogs.services import Services
from bot.errors import describe
from bot.rendering import Indexed, Payload, batch_card, fit, indexed_card
from bot.views.replies import answer
from bot.views.undo import undo_button
from bot.words import indexing as words_indexing
from bot.workers import ShuttingDown
from index.errors import SourceError
from index.model import Failed, Space

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
    async with shown(interaction, workers.check) as progress:
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
        progress.begin(words_indexing.part_of(number, len(inputs), fit(one.name, NAME_MAX)))
        try:
            if time.monotonic() > deadline:
                raise SourceError(one.name, words.OUT_OF_TIME)
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
