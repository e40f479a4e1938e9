"""Answer the messages that ask the bot, and keep each answer in step with its question."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.cogs.ask import strings
from bot.cogs.ask.buttons import buttons
from bot.cogs.ask.cards import render
from bot.cogs.ask.conversations import Call, Said, call_of, question_of
from bot.cogs.ask.drafts import write
from bot.discord.embeds import Payload
from bot.discord.error_handler import describe
from bot.discord.permissions import may_write, mode_in
from bot.discord.replies import SEND_FAULTS, change, post, take_back, typing
from bot.errors import ShuttingDown
from bot.flow import Asked, ask, note, turn
from bot.metrics.meters import Question, Way
from bot.server_settings import ChannelMode, ServerSettings
from index.errors import FootnoteError

if TYPE_CHECKING:
    from bot.cogs.ask.conversations import Saids
    from bot.services import Services
    from index.model import Answer

REMEMBERED = 2_000
"""A resumed gateway session replays far fewer messages."""

Wording: TypeAlias = tuple[str, frozenset[int]]
"""The text of a message, and the ids of the users whom it mentions."""


log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Exchange:
    """A question as it stands, None once it is deleted; its answer, None while there is none.

    `wording` is kept apart from the message, as discord.py changes the messages that it remembers.
    `looked_up` is whether an answer from before the bot was started would be known.
    """

    message_id: int
    question: discord.Message | None
    wording: Wording
    answer: discord.Message | None = None
    looked_up: bool = True
    at_work: bool = False

    def reword(self, question: discord.Message) -> bool:
        """Take the question as it is now; tell whether it is another."""
        wording = _wording(question)
        if self.question is None or wording == self.wording:
            return False
        self.question, self.wording = question, wording
        return True


See: TypeAlias = Callable[[Exchange, discord.Message | None], Awaitable[None]]
"""Brings the answer in step with the question as it was when this was called."""


class Exchanges:
    """By the id of the question's message."""

    def __init__(self) -> None:
        self._exchanges: OrderedDict[int, Exchange] = OrderedDict()

    def of(self, message_id: int) -> Exchange | None:
        """Return what is known of a message."""
        return self._exchanges.get(message_id)

    def open(self, question: discord.Message, *, looked_up: bool = True) -> Exchange:
        """Begin to keep a question and its answer in step."""
        exchange = Exchange(question.id, question, _wording(question), looked_up=looked_up)
        self._exchanges[question.id] = exchange
        if len(self._exchanges) > REMEMBERED:
            self._exchanges.popitem(last=False)
        return exchange

    def drop(self, message_id: int) -> None:
        """Forget a message."""
        self._exchanges.pop(message_id, None)


async def settle(exchange: Exchange, see: See) -> None:
    """See to a question until it stands as it was seen; another task may be at that already."""
    if exchange.at_work:
        return
    exchange.at_work = True
    try:
        while True:
            question = exchange.question
            await see(exchange, question)
            if exchange.question is question:
                return
    finally:
        exchange.at_work = False


def _wording(question: discord.Message) -> Wording:
    return question.content, frozenset(user.id for user in question.mentions)


UNDONE = (*SEND_FAULTS, FootnoteError, ShuttingDown)
"""What may fail without anybody to be told."""

IN_DIRECT = discord.Permissions(
    view_channel=True, send_messages=True, embed_links=True, read_message_history=True
)


class Responder:
    """Sees to one question at a time, see `exchanges`; `me` is the bot's user id."""

    def __init__(self, client: discord.Client, services: Services) -> None:
        self._client = client
        self._services = services

    @property
    def me(self) -> int:
        """The bot's user id."""
        return self._client.user.id if self._client.user else 0

    async def see(self, exchange: Exchange, message: discord.Message | None) -> None:
        """Bring the answer in step with the question as it is now."""
        try:
            if message is None:
                await self._take_back(exchange)
            else:
                await self._see(exchange, message)
        except UNDONE as error:
            where = exchange.message_id
            log.warning("message %s: no reply possible: %s", where, type(error).__name__)

    async def deleted(self, channel_id: int, message_id: int) -> None:
        """Delete the answer to a question of another day; forget an answer that was deleted."""
        services = self._services
        replies = services.library.records.replies
        try:
            reply = await services.workers.quick(replies.to, str(message_id))
            if reply:
                channel = self._client.get_partial_messageable(channel_id)
                await self._remove(channel.get_partial_message(int(reply.message)))
            elif await services.workers.quick(replies.of, str(message_id)):
                await self._forget(message_id)
        except UNDONE as error:
            log.warning("message %s: its answer stays: %s", message_id, type(error).__name__)

    async def _see(self, exchange: Exchange, message: discord.Message) -> None:
        allowed = self._allowed(message)
        call = await self._call(message) if allowed else None
        if allowed is None or call is None:
            return
        if not exchange.looked_up:
            exchange.answer = await self._earlier(message)
            exchange.looked_up = True
        if not question_of(message, self.me):
            hint = Payload(content=strings.MENTION_HINT)
            await self._stand(exchange, message, hint, None, allowed)
            return
        way = Way.OVERHEARD if call is Call.OVERHEARD else Way.MESSAGE
        with self._services.metrics.questions.asked(way) as question:
            await self._reply(exchange, message, call, allowed, question)

    async def _reply(
        self,
        exchange: Exchange,
        message: discord.Message,
        call: Call,
        allowed: discord.Permissions,
        question: Question,
    ) -> None:
        asked = _asked(message, self.me)
        found: Answer | None = None
        before: Saids = ()
        view: discord.ui.View | None = None
        try:
            asked, before = await self._going_on(message, asked)
            settings = await self._services.settings_of(asked.guild_id)
            found = await self._find(exchange, message, asked, settings, call)
            show = partial(self._stand, exchange, message, allowed=allowed)
            cards = allowed.embed_links
            found, remark = await write(self._services, asked, settings, found, show, cards=cards)
            payload = render(found, cards=cards, remark=remark)
            view = buttons(found, message.channel)
        except Exception as error:  # noqa: BLE001 - whatever failed, the asker is told
            payload = Payload(content=describe(error, message.id))
            question.error = error
        if exchange.question is not message:  # it was edited: the new wording is what counts
            question.error = None
            return
        question.answer = found
        if call is Call.OVERHEARD and not (found and found.answered):
            await self._take_back(exchange)
            return
        sent = await self._stand(exchange, message, payload, view, allowed)
        if found:
            await note(self._services, asked, found, sent.id)
            said = Said(sent.id, turn(found))
            self._services.conversations.add(message.channel, before, said, self.me)

    async def _going_on(self, message: discord.Message, asked: Asked) -> tuple[Asked, Saids]:
        """Find what a question goes on from."""
        before = await self._services.conversations.before(message, self.me)
        return replace(asked, turns=tuple(said.turn for said in before)), before

    async def _find(
        self,
        exchange: Exchange,
        message: discord.Message,
        asked: Asked,
        settings: ServerSettings,
        call: Call,
    ) -> Answer:
        """Answer. A question that is edited counts once."""
        heard = call is Call.OVERHEARD
        fresh = exchange.answer is None
        take = partial(self._services.cooldowns.take, asked.guild_id, asked.user_id, settings)
        if fresh and not heard:
            take()
        async with nullcontext() if heard else typing(message.channel):
            found = await ask(self._services, asked, settings)
        # What people say to each other is no question that they would have to wait after.
        if fresh and heard and found.answered:
            take()
        return found

    async def _stand(
        self,
        exchange: Exchange,
        message: discord.Message,
        payload: Payload,
        view: discord.ui.View | None,
        allowed: discord.Permissions,
    ) -> discord.Message:
        """Send the answer, or put it where an earlier one stands."""
        if exchange.answer:
            self._services.conversations.forget(exchange.answer.id)
            exchange.answer = await change(exchange.answer, payload, view)
        else:
            exchange.answer = await post(message, payload, view, quote=allowed.read_message_history)
        return exchange.answer

    async def _take_back(self, exchange: Exchange) -> None:
        answer, exchange.answer = exchange.answer, None
        if answer:
            await self._remove(answer)

    async def _remove(self, answer: discord.Message | discord.PartialMessage) -> None:
        await take_back(answer)
        await self._forget(answer.id)

    async def _forget(self, answer_id: int) -> None:
        self._services.conversations.forget(answer_id)
        remove = self._services.library.records.replies.remove
        await self._services.workers.ask(remove, str(answer_id))

    async def _earlier(self, message: discord.Message) -> discord.Message | None:
        """Find the answer that was sent before the bot was started again."""
        replies = self._services.library.records.replies
        reply = await self._services.workers.quick(replies.to, str(message.id))
        if reply is None:
            return None
        return await message.channel.fetch_message(int(reply.message))

    async def _call(self, message: discord.Message) -> Call | None:
        mode = ChannelMode.MENTION
        if message.guild:
            try:
                settings = await self._services.settings_of(message.guild.id)
            except UNDONE as error:  # who mentions the bot is told when the answer fails, too
                log.warning("the mode is not known: %s", type(error).__name__)
            else:
                mode = mode_in(settings, message.channel)
        return call_of(message, self.me, mode)

    def _allowed(self, message: discord.Message) -> discord.Permissions | None:
        """Return what the bot may do in the channel, None where it may not write."""
        if message.guild is None:
            return IN_DIRECT
        try:
            allowed: discord.Permissions = message.channel.permissions_for(message.guild.me)
        except discord.ClientException:  # a thread whose channel the bot does not see
            return None
        return allowed if may_write(message.channel, allowed) else None


def _asked(message: discord.Message, me: int) -> Asked:
    guild_id = message.guild.id if message.guild else None
    return Asked(question_of(message, me), message.author.id, guild_id, source=message.id)
