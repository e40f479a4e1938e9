"""What must hold of whatever is sent: it is within limits, and does nothing but show it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bot.discord.embeds import CARD_MAX, CONTENT_MAX, Payload
from bot.discord.replies import embeds
from bot.text import size
from tests.fakediscord import limits

OUR_LINK = re.compile(r"\]\(https?://[^\s()<>]+\)")
OUR_TIMESTAMP = re.compile(r"<t:-?\d+:D>|<t:\d{9,}:[dtfR]>")
OUR_CODE = re.compile(r"`(\w{3}\d{3}|private: \w+|/[\w :?]+)`")
OUR_MARK = re.compile(r"\[\d+\]")
OUR_MENTION = re.compile(r"<(#|@&?)\d{17,20}>")
"""Of a channel, role or user; the ids in hostile words are shorter."""


def texts_of(payload: Payload) -> Iterator[str]:
    if payload.content:
        yield payload.content
    if card := payload.card:
        yield from (card.title, card.description, card.footer)
        yield from (part for field in card.fields for part in (field.name, field.value))


def inert(markdown: str) -> str:
    """Take away what is ours and what is escaped; what is left must mean nothing."""
    left = OUR_CODE.sub("", re.sub(r"\\[^0-9A-Za-z\s]", "¤", markdown))
    left = OUR_MENTION.sub("", left)
    return OUR_MARK.sub("", OUR_TIMESTAMP.sub("", OUR_LINK.sub("]", left)))


def assert_within_limits(payload: Payload) -> None:
    limits.message({"content": payload.content, "embeds": [e.to_dict() for e in embeds(payload)]})


def check(payload: Payload) -> None:
    assert_within_limits(payload)
    assert size(payload.content) <= CONTENT_MAX
    assert payload.card is None or payload.card.size <= CARD_MAX
    for text in texts_of(payload):
        json.dumps(text).encode()
        text.encode()  # no lone surrogate
        assert not re.search(r"@(everyone|here)\b|<@[!&]?\d{1,16}\b", text)
        for line in inert(text).split("\n"):
            assert line.count("**") % 2 == 0, line
            shown = (
                line.replace("**", "¦").removeprefix("> ").removeprefix("- ").removeprefix("-# ")
            )
            assert not re.search(r"[*_~`|<@\\]", shown), shown
            assert not re.search(r"https?://|:\w+:|discord\.gg/", shown), shown
            assert not re.match(r"\s*([#>]|[+-]#?\s|\d+\.\s)", shown) or shown.startswith("- "), (
                shown
            )
