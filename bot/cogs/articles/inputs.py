"""Inputs of commands and messages: links, files and texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import discord

from bot.cogs.articles import strings
from bot.services import Attached, Item
from index.ingest import File, Link, Text
from index.model import Article, Document, Failed
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


def files(attachments: Sequence[discord.Attachment], given: Given) -> list[Item]:
    """Return attachments, those over a limit as failed."""
    found: list[Item] = []
    together = 0
    for file in attachments:
        if file.size > decoding.MAX_BYTES:
            reason = strings.too_large(file.size / MEGABYTE, decoding.MAX_BYTES // MEGABYTE)
            found.append(Failed(file.filename, reason))
            continue
        together += file.size
        if together > MAX_BYTES_TOGETHER:
            reason = strings.too_large_together(MAX_BYTES_TOGETHER // MEGABYTE)
            found.append(Failed(file.filename, reason))
        else:
            found.append(Attached(file, given))
    return found


def of_message(message: discord.Message) -> list[Item]:
    """Return a message's text, links and files; none where there is nothing to read."""
    found: list[Item] = [Link(link) for link in dict.fromkeys(_links(message))]
    found += files(message.attachments, NOTHING_GIVEN)
    text = message.clean_content
    words = re.findall(r"\w+", _LINK.sub(" ", text))
    if len(words) >= (MIN_WORDS_BESIDE if found else 1):
        published = message.created_at.isoformat(timespec="seconds")
        given = Given(source=message.jump_url, published=published)
        found.insert(0, Text(strings.MESSAGE_TEXT, text, given))
    refused = (Failed(name_of(one), strings.too_many(MAX_INPUTS)) for one in found[MAX_INPUTS:])
    return [*found[:MAX_INPUTS], *refused]


def _links(message: discord.Message) -> Iterator[str]:
    for match in _LINK.finditer(message.content):
        link = _LINK_END.sub("", match[0])
        while link.endswith(")") and link.count(")") > link.count("("):
            link = _LINK_END.sub("", link[:-1])
        yield link
    for embed in message.embeds:
        if embed.url:
            yield embed.url
