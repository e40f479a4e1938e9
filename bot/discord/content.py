"""What a message says: its words, what it forwards, and its cards, such as a news bot's posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import discord

PREVIEWS = frozenset(("link", "article", "video", "image", "gifv"))
"""Kinds of embeds that Discord makes of a message's links; what is there is behind the link."""

_MARKS = re.compile(r"<(?:@[!&]?|#)\d+>|<a?:\w+:\d+>")
"""Mentions and a server's own emoji, of which articles know nothing."""


def text_of(message: discord.Message, own: str) -> str:
    """Return a message's `own` text, as the caller wants that, with its cards and what it forwards.

    Discord's previews of links are left out.
    """
    said = [own, *_cards(message.embeds)]
    for forwarded in message.message_snapshots:
        said += [forwarded.content, *_cards(forwarded.embeds)]
    return "\n\n".join(part.strip() for part in said if part.strip())


def topic_of(message: discord.Message) -> str:
    """Return what a message says in one line, without mentions."""
    return " ".join(_MARKS.sub(" ", text_of(message, message.content)).split())


def files_of(message: discord.Message) -> list[discord.Attachment]:
    """Return the attachments of a message and of what it forwards."""
    forwarded = (file for one in message.message_snapshots for file in one.attachments)
    return [*message.attachments, *forwarded]


def embeds_of(message: discord.Message) -> list[discord.Embed]:
    """Return the embeds of a message and of what it forwards."""
    forwarded = (embed for one in message.message_snapshots for embed in one.embeds)
    return [*message.embeds, *forwarded]


def _cards(embeds: Sequence[discord.Embed]) -> Iterator[str]:
    for embed in embeds:
        if embed.type not in PREVIEWS:
            fields = (f"{field.name}: {field.value}" for field in embed.fields)
            yield "\n\n".join(filter(None, (embed.title, embed.description, *fields)))
