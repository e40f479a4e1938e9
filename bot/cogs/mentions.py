"""Questions by mention: any message that mentions the bot, and any in direct messages."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
from discord.ext import commands

from bot import words
from bot.asking import Asked, admit, ask, note
from bot.cogs.services import Services
from bot.errors import describe
from bot.rendering import Payload, render
from bot.views.card import buttons
from bot.views.replies import embeds, persist

REMEMBERED = 2_000
"""Message ids; a resumed gateway session replays far fewer."""
QUESTIONS = (discord.MessageType.default, discord.MessageType.reply)
FAULTS = (discord.HTTPException, aiohttp.ClientError, OSError)

log = logging.getLogger(__name__)


class Mentions(commands.Cog):
    """Questions as messages. Discord hides the text of messages that do not mention the bot."""

    def __init__(self, bot: commands.Bot, services: Services) -> None:
        self._bot = bot
        self._services = services
        self._seen: deque[int] = deque(maxlen=REMEMBERED)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is a question to the bot, once."""
        allowed = self._allowed(message)
        if not self._concerns(message) or allowed is None or message.id in self._seen:
            return
        self._seen.append(message.id)
        self._services.workers.track()
        try:
            await self._answer(message, allowed)
        except FAULTS as error:
            log.warning("message %s: no reply possible: %s", message.id, type(error).__name__)

    async def _answer(self, message: discord.Message, allowed: discord.Permissions) -> None:
        quote = allowed.read_message_history
        question = self._question(message)
        if not question:
            await _reply(message, Payload(content=words.MENTION_HINT), quote=quote)
            return
        guild_id = message.guild.id if message.guild else None
        asked = Asked(question, message.author.id, guild_id, source=message.id)
        try:
            await admit(self._services, asked)
            async with _typing(message.channel):
                found = await ask(self._services, asked)
        except Exception as error:  # noqa: BLE001 - whatever failed, the asker is told
            told = Payload(content=describe(error, message.id))
            await _reply(message, told, quote=quote)
            return
        shown = render(found, cards=allowed.embed_links)
        sent = await _reply(message, shown, quote=quote, view=buttons(found))
        await note(self._services, asked, found, sent.id)

    def _concerns(self, message: discord.Message) -> bool:
        if message.author.bot or message.webhook_id or message.type not in QUESTIONS:
            return False
        return message.guild is None or self._bot.user in message.mentions

    def _allowed(self, message: discord.Message) -> discord.Permissions | None:
        """Return what the bot may do in the channel, None where it may not write."""
        if message.guild is None:
            return discord.Permissions(embed_links=True, read_message_history=True)
        try:
            allowed: discord.Permissions = message.channel.permissions_for(message.guild.me)
        except discord.ClientException:  # a thread whose channel the bot does not see
            return None
        in_thread = isinstance(message.channel, discord.Thread)
        writes = allowed.send_messages_in_threads if in_thread else allowed.send_messages
        return allowed if writes and allowed.view_channel else None

    def _question(self, message: discord.Message) -> str:
        me = self._bot.user
        return re.sub(rf"<@!?{me.id if me else 0}>", " ", message.content).strip()


async def _reply(
    message: discord.Message,
    payload: Payload,
    *,
    quote: bool,
    view: discord.ui.View | None = None,
) -> discord.Message:
    reference = message.to_reference(fail_if_not_exists=False) if quote else None
    return await persist(
        lambda: message.channel.send(
            payload.content or None,
            embeds=embeds(payload),
            view=view,  # type: ignore[arg-type]
            reference=reference,  # type: ignore[arg-type]
            # Discord drops a second message with this nonce, so it may be sent again.
            nonce=message.id,
            suppress_embeds=not payload.card,
        )
    )


@asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show typing, which is no reason to fail."""
    typing: Any = channel.typing()
    try:
        await typing.__aenter__()
    except FAULTS as error:
        log.info("typing is not shown: %s", type(error).__name__)
        yield
        return
    try:
        yield
    finally:
        await typing.__aexit__(None, None, None)
