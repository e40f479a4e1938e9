"""Index the links, files and texts of commands and messages, or articles again."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial

import discord

from bot.cogs.articles import strings
from bot.cogs.articles.cards import Indexed, batch_card, indexed_card, reindexed_card
from bot.cogs.articles.views import undo_button
from bot.discord import content
from bot.discord.embeds import Payload, Tone
from bot.discord.error_handler import describe
from bot.discord.markdown import fit
from bot.discord.replies import ReplyProgress, answer, showing_progress, whisper
from bot.errors import ShuttingDown
from bot.permissions import Interaction
from bot.places import Places
from bot.services import Attached, Item, Services
from index.errors import SourceError
from index.ingest import File, Link, Text
from index.model import Article, Document, Failed, Space
from index.sources import decoding
from index.sources.document import NOTHING_GIVEN, Given

MEGABYTE = 1_000_000

MAX_BYTES_TOGETHER = 25 * MEGABYTE
"""Of the files of one command."""

MAX_INPUTS = 10
"""Of one command or message."""

MIN_WORDS_BESIDE = 10
"""A message's text beside links or files is an article from here on; below, it points at them."""

_LINK = re.compile(r"https?://[^\s<>]+")
_LINK_END = re.compile(r"[.,;:!?'\"*_~|]+$")

log = logging.getLogger(__name__)


def name_of(one: Item) -> str:
    """Return the name that people know it by."""
    match one:
        case Attached(file):
            return file.filename
        case File(path):
            return str(path)
        case Link(url):
            return url
        case Article(title=title) | Document(title=title):
            return title
    return one.name


def files_of(attachments: Sequence[discord.Attachment], given: Given) -> list[Item]:
    """Return attachments, those over a limit as failed."""
    return within_limits((one.filename, one.size, Attached(one, given)) for one in attachments)


def within_limits(files: Iterable[tuple[str, int, Item]]) -> list[Item]:
    """Return files, given with name and size in bytes, those over a limit as failed."""
    found: list[Item] = []
    together = 0
    for name, size, one in files:
        if size > decoding.MAX_BYTES:
            reason = strings.TOO_LARGE.format(
                mb=size / MEGABYTE, limit_mb=decoding.MAX_BYTES // MEGABYTE
            )
            found.append(Failed(name, reason))
            continue
        together += size
        if together > MAX_BYTES_TOGETHER:
            reason = strings.TOO_LARGE_TOGETHER.format(MAX_BYTES_TOGETHER // MEGABYTE)
            found.append(Failed(name, reason))
        else:
            found.append(one)
    return found


def of_message(message: discord.Message) -> list[Item]:
    """Return the text, links and files of a message and of what it forwards, if there are any."""
    found: list[Item] = [Link(link) for link in dict.fromkeys(_links(message))]
    found += files_of(content.files_of(message), NOTHING_GIVEN)
    text = content.text_of(message, message.clean_content)
    words = re.findall(r"\w+", _LINK.sub(" ", text))
    if len(words) >= (MIN_WORDS_BESIDE if found else 1):
        # What is forwarded was said when the first message of it was sent.
        said = next(iter(message.message_snapshots), message)
        published = said.created_at.isoformat(timespec="seconds")
        given = Given(source=message.jump_url, published=published)
        found.insert(0, Text(strings.MESSAGE_TEXT, text, given))
    return as_many_as_allowed(found)


def as_many_as_allowed(items: Sequence[Item]) -> list[Item]:
    """Return items, those beyond MAX_INPUTS as failed."""
    too_many = (
        Failed(name_of(one), strings.TOO_MANY.format(MAX_INPUTS)) for one in items[MAX_INPUTS:]
    )
    return [*items[:MAX_INPUTS], *too_many]


def _links(message: discord.Message) -> Iterator[str]:
    for match in _LINK.finditer(content.text_of(message, message.content)):
        link = _LINK_END.sub("", match[0])
        while link.endswith(")") and link.count(")") > link.count("("):
            link = _LINK_END.sub("", link[:-1])
        yield link
    for embed in content.embeds_of(message):
        if embed.url:
            yield embed.url


DEADLINE_SECONDS = 600.0
"""The reply can be edited for 15 minutes; nothing is begun when there may be no time to end it."""

NAME_MAX = 100


async def index(
    services: Services, interaction: Interaction, space: Space, items: Sequence[Item]
) -> None:
    """Index the items and reply what became of each, with a button that undoes it.

    Of several, one that fails stops none of the others; one alone raises why. The interaction is
    acknowledged already.
    """
    check = services.workers.check
    seen = await services.visible(interaction.guild_id)
    async with showing_progress(interaction, check, strings.progress) as progress:
        payload, view = await index_items(services, interaction.id, space, seen, items, progress)
    if view is None and payload.card and payload.card.tone is Tone.FAILED:
        await whisper(interaction, payload)  # nothing was indexed: that is news to nobody else
    else:
        await answer(interaction, payload, view)


async def index_items(
    services: Services,
    number: int,
    space: Space,
    seen: Sequence[Space],
    items: Sequence[Item],
    progress: ReplyProgress,
) -> tuple[Payload, discord.ui.View | None]:
    """Index items as the action `number`; return what became of each, and the button.

    Of several, one that fails stops none of the others; one alone raises why. The articles in all
    spaces `seen` there are counted.
    """
    action = str(number)
    card: Callable[[datetime | None, int, Places | None], Payload]
    if len(items) == 1:
        one = await _index(services, items[0], space, progress, action)
        card = partial(indexed_card, one)
    else:
        outcomes = await _each(services, number, space, items, progress, action)
        card = partial(batch_card, outcomes)
    until = await services.workers.ask(services.library.records.publications.until, action)
    total = await services.workers.ask(services.library.count, seen)
    return card(until, total, services.articles_at), undo_button(action) if until else None


async def read_again(
    services: Services, interaction: Interaction, space: Space, article: str | None
) -> None:
    """Index one article (by id or title) or all of a space again, and reply what changed.

    What cannot be read any more stays as it is. Raises UnknownArticle.
    """
    library, workers = services.library, services.workers
    if article:
        found = [await workers.ask(library.get, article.strip(), (space,))]
    else:
        found = [*await workers.ask(library.list, (space,))]
    async with showing_progress(interaction, workers.check, strings.progress) as progress:
        outcomes = await _each(services, interaction.id, space, found, progress)
    failed = tuple(one for one in outcomes if isinstance(one, Failed))
    added = tuple(one.added for one in outcomes if isinstance(one, Indexed))
    await answer(interaction, reindexed_card(added, failed, services.articles_at))


async def _each(
    services: Services,
    number: int,
    space: Space,
    items: Sequence[Item],
    progress: ReplyProgress,
    action: str | None = None,
) -> list[Indexed | Failed]:
    """Index one after the other; with an `action` progress names each."""
    deadline = time.monotonic() + DEADLINE_SECONDS
    outcomes: list[Indexed | Failed] = []
    for part, one in enumerate(items, 1):
        name = name_of(one)
        if action:
            progress.begin(
                strings.PART_OF.format(number=part, total=len(items), name=fit(name, NAME_MAX))
            )
        try:
            if time.monotonic() > deadline:
                raise SourceError(name, strings.OUT_OF_TIME)
            outcomes.append(await _index(services, one, space, progress, action))
        except ShuttingDown:
            raise
        except SourceError as error:
            outcomes.append(Failed(name, error.reason))
        except Exception as error:  # noqa: BLE001 - whatever failed, the others go on
            outcomes.append(Failed(name, describe(error, number, log)))
    return outcomes


async def _index(
    services: Services, one: Item, space: Space, progress: ReplyProgress, action: str | None
) -> Indexed:
    document = await services.read(one)
    added = await services.publish(document, space, progress, action)
    if added.before is None or action is None:
        return Indexed(added)
    changes = services.library.records.publications.changes
    return Indexed(added, await services.workers.ask(changes, added.before, added.article))
