"""What people hand over to be indexed, each to be read when its turn comes."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import aiohttp
import discord

from bot.cogs.articles import strings
from bot.errors import FileNotHandedOver
from bot.services import Services
from index import sources
from index.errors import SourceError, TooLargeSource
from index.model import Document
from index.sources import decoding

MEGABYTE = 1_000_000

MAX_BYTES_TOGETHER = 25 * MEGABYTE
"""Of the files of one command."""

MAX_INPUTS = 10
"""Of one command or message."""

MIN_WORDS_BESIDE = 10
"""A message's text beside links or files is an article from here on; below, it points at them."""

_LINK = re.compile(r"https?://[^\s<>]+")

_LINK_END = re.compile(r"[.,;:!?'\"*_~|]+$")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to index: `name` is what people call it.

    `read` raises SourceError and FileNotHandedOver.
    """

    name: str
    read: Callable[[], Awaitable[Document]]


def page(services: Services, link: str) -> Input:
    """A web page."""
    return Input(link, partial(_read_page, services, link))


def pasted(
    services: Services,
    text: str,
    name: str = strings.FORM_NAME,
    *,
    title: str | None = None,
    source: str | None = None,
    published: str | None = None,
) -> Input:
    """A text."""
    read = partial(
        services.workers.ask,
        sources.read_text,
        text,
        name=name,
        title=title,
        source=source,
        published=published,
    )
    return Input(name, read)


def files(
    services: Services,
    attachments: Sequence[discord.Attachment],
    *,
    title: str | None = None,
    source: str | None = None,
    published: str | None = None,
) -> list[Input]:
    """Attachments; those over a limit fail when they are read."""
    found: list[Input] = []
    together = 0
    for file in attachments:
        within = file.size <= decoding.MAX_BYTES
        together += file.size if within else 0
        read = partial(_read_file, services, file, together, title, source, published)
        found.append(Input(file.filename, read))
    return found


def of_message(services: Services, message: discord.Message) -> list[Input]:
    """A message's text, links and files; none where there is nothing to read."""
    links = list(dict.fromkeys(_links(message)))
    found = [page(services, link) for link in links] + files(services, message.attachments)
    text = message.clean_content
    said = re.findall(r"\w+", _LINK.sub(" ", text))
    if len(said) >= (MIN_WORDS_BESIDE if found else 1):
        published = message.created_at.isoformat(timespec="seconds")
        name, source = strings.MESSAGE_TEXT, message.jump_url
        found.insert(0, pasted(services, text, name, source=source, published=published))
    return found[:MAX_INPUTS] + [
        Input(one.name, partial(_refuse, one)) for one in found[MAX_INPUTS:]
    ]


def _links(message: discord.Message) -> Iterator[str]:
    for match in _LINK.finditer(message.content):
        link = _LINK_END.sub("", match[0])
        while link.endswith(")") and link.count(")") > link.count("("):
            link = _LINK_END.sub("", link[:-1])
        yield link
    for embed in message.embeds:
        if embed.url:
            yield embed.url


async def _read_page(services: Services, link: str) -> Document:
    fetched = await services.fetcher.fetch(link)
    # What a page says of its own address is not believed.
    return await services.workers.ask(
        sources.read, fetched.name, fetched.data, origin=link.strip(), source=fetched.url
    )


async def _read_file(
    services: Services,
    file: discord.Attachment,
    together: int,
    title: str | None,
    source: str | None,
    published: str | None,
) -> Document:
    """Download and parse. No origin: it would be taken for a path on this machine."""
    if file.size > decoding.MAX_BYTES:
        size, limit = file.size / MEGABYTE, decoding.MAX_BYTES // MEGABYTE
        raise TooLargeSource(file.filename, strings.too_large(size, limit))
    if together > MAX_BYTES_TOGETHER:
        limit = MAX_BYTES_TOGETHER // MEGABYTE
        raise TooLargeSource(file.filename, strings.too_large_together(limit))
    try:
        data = await file.read()
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise FileNotHandedOver from error
    return await services.workers.ask(
        sources.read, file.filename, data, title=title, source=source, published=published
    )


async def _refuse(one: Input) -> Document:
    raise SourceError(one.name, strings.too_many(MAX_INPUTS))
