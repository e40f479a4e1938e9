"""Answers that are messages of their own: sent, changed in place, taken back."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import aiohttp
import discord

from bot.rendering import Payload
from bot.views.replies import embeds, persist

FAULTS = (discord.HTTPException, aiohttp.ClientError, OSError)

log = logging.getLogger(__name__)


async def post(
    question: discord.Message, payload: Payload, view: discord.ui.View | None, *, quote: bool
) -> discord.Message:
    """Send a message below another, with `quote` as a reply to it."""
    reference = question.to_reference(fail_if_not_exists=False) if quote else None
    return await persist(
        lambda: question.channel.send(
            payload.content or None,
            embeds=embeds(payload),
            view=view,  # type: ignore[arg-type]
            reference=reference,  # type: ignore[arg-type]
            nonce=_nonce(question),
            suppress_embeds=not payload.card,
        )
    )


def _nonce(question: discord.Message) -> int:
    """Return a number of the question's wording.

    Discord drops a second message with it, so one may be sent again; yet an answer that was taken
    back must not stand in the way of that to an edited question.
    """
    edited = question.edited_at
    return question.id + (int(edited.timestamp() * 1000) if edited else 0)


async def change(
    message: discord.Message, payload: Payload, view: discord.ui.View | None
) -> discord.Message:
    """Put something else where a message stands."""
    return await persist(
        lambda: message.edit(
            content=payload.content or None,
            embeds=embeds(payload),
            view=view,
            suppress=not payload.card,
        )
    )


async def take_back(message: discord.Message | discord.PartialMessage) -> None:
    """Delete a message of the bot that may be gone already."""
    with suppress(discord.NotFound):
        await persist(message.delete)


@asynccontextmanager
async def typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show typing, which is no reason to fail."""
    shown: Any = channel.typing()
    try:
        await shown.__aenter__()
    except FAULTS as error:
        log.info("typing is not shown: %s", type(error).__name__)
        yield
        return
    try:
        yield
    finally:
        await shown.__aexit__(None, None, None)
