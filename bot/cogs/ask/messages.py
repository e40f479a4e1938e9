"""Questions as messages, their edits and their deletion."""

from __future__ import annotations

from datetime import timedelta

import discord
from discord.ext import commands

from bot.cogs.ask.conversation import may_ask
from bot.cogs.ask.responder import Exchange, Exchanges, Responder, settle
from bot.services import Services

EDIT_TIME = timedelta(minutes=1)
"""How long after it was sent a question may be edited to be answered again."""

LATE = timedelta(minutes=5)
"""When edits of that minute have all arrived. Discord also tells of messages that are pinned or
get a thread, in the words of the last edit."""


class Mentions(commands.Cog):
    """Messages that mention the bot, go on from its answers, or stand in a channel of its own."""

    def __init__(self, bot: commands.Bot, services: Services) -> None:
        self._services = services
        self._exchanges = Exchanges()
        self._responder = Responder(bot, services)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is a question to the bot, once."""
        if may_ask(message, self._responder.me) and not self._exchanges.of(message.id):
            await self._settle(self._exchanges.open(message))

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Answer a question again, in place, that was edited soon after it was sent."""
        message = payload.message
        if not may_ask(message, self._responder.me) or not _edited_soon(message):
            return
        exchange = self._exchanges.of(message.id)
        if exchange is None:
            exchange = self._exchanges.open(message, looked_up=False)
        elif not exchange.reword(message):
            return
        await self._settle(exchange)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Delete the answer to a question that was deleted."""
        await self._deleted(payload.channel_id, payload.message_id)

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Delete the answers to questions that were deleted."""
        for message_id in payload.message_ids:
            await self._deleted(payload.channel_id, message_id)

    async def _deleted(self, channel_id: int, message_id: int) -> None:
        exchange = self._exchanges.of(message_id)
        if exchange is None:
            await self._responder.deleted(channel_id, message_id)
        else:
            exchange.question = None
            await self._settle(exchange)

    async def _settle(self, exchange: Exchange) -> None:
        self._services.workers.track()
        await settle(exchange, self._responder.see)
        if exchange.answer is None and not exchange.at_work:
            self._exchanges.drop(exchange.message_id)


def _edited_soon(message: discord.Message) -> bool:
    edited = message.edited_at
    if edited is None or discord.utils.utcnow() - message.created_at > LATE:
        return False
    return edited - message.created_at <= EDIT_TIME
