"""Telling a channel of new articles, one card for each check."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.channels import lets_write
from bot.feeds.channels import channel_of
from bot.rendering.feeds import news
from bot.views.replies import embeds, persist

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from bot.feeds.checking import Check

FAULTS = (discord.HTTPException, aiohttp.ClientError, OSError)

log = logging.getLogger(__name__)


async def announce(
    client: discord.Client, services: Services, check: Check, *, told_in: int | None = None
) -> None:
    """Announce what a check added where its server wants it, if the bot may write there.

    `told_in` is a channel that has been told already.
    """
    guild = client.get_guild(int(check.feed.space))
    if not check.added or guild is None:
        return
    channel_id = channel_of(check.feed, await services.settings_of(guild.id))
    if channel_id in (None, told_in):
        return
    place = guild.get_channel_or_thread(channel_id or 0)
    if place is None or not lets_write(place, guild.me):
        log.warning("feed %d: nothing can be announced in channel %s", check.feed.id, channel_id)
        return
    assert isinstance(place, discord.abc.Messageable)
    payload = news(check, cards=place.permissions_for(guild.me).embed_links)
    nonce = discord.utils.time_snowflake(discord.utils.utcnow()) + check.feed.id
    try:
        await persist(
            lambda: place.send(
                payload.content or None,
                embeds=embeds(payload),
                nonce=nonce,  # Discord drops a second message with it, so it may be sent again
                suppress_embeds=not payload.card,
            )
        )
    except FAULTS as error:
        log.warning("feed %d: not announced: %s", check.feed.id, type(error).__name__)
