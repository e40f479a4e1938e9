"""Answer messages, and update each answer when its question is edited or deleted."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from bot.cogs.articles.indexing import files_of
from bot.cogs.ask import strings
from bot.cogs.ask.cards import render
from bot.cogs.ask.conversation import (
    answers,
    asked_about,
    asked_by,
    call_of,
    clear,
    going_on,
    may_ask,
    question_of,
    replied_about,
    replied_to,
    reply_of,
    talk_back,
)
from bot.cogs.ask.exchanges import Exchange, Exchanges, Further, settle
from bot.cogs.ask.views import StopButton, buttons
from bot.discord import content
from bot.discord.components import row
from bot.discord.embeds import Payload
from bot.discord.error_handler import describe
from bot.discord.replies import SEND_FAULTS, change, post, take_back, typing
from bot.errors import FileNotRead, ShuttingDown
from bot.flow import Asked, Shown
from bot.llm import strings as llm_strings
from bot.llm.draft import EVERY_SECONDS
from bot.metrics.meters import Measured, Origin
from bot.permissions import may_write, mode_in
from bot.server_settings import ChannelMode
from bot.services import Services
from bot.smalltalk import Talk, questions_of, talk_of
from index.errors import FootnoteError, SourceError
from index.followups.turns import Turn
from index.model import Certainty
from index.sources.document import Given
from index.text.sentences import count_words

if TYPE_CHECKING:
    from bot.llm.draft import Draft
    from index.model import Answer, Document
    from index.store.replies import Reply

log = logging.getLogger(__name__)

UNDONE = (*SEND_FAULTS, FootnoteError, ShuttingDown)
"""What may fail without a reply."""

IN_DIRECT = discord.Permissions(
    view_channel=True, send_messages=True, embed_links=True, read_message_history=True
)


class MessageSurface:
    """A reply to a message, put where an earlier answer to it stands.

    An overheard message (`overheard`) is answered only where that is sure, and counts only then.
    """

    every_seconds = EVERY_SECONDS

    def __init__(
        self,
        services: Services,
        exchange: Exchange | Further,
        message: discord.Message,
        allowed: discord.Permissions,
        *,
        overheard: bool = False,
    ) -> None:
        self.overheard = overheard
        self.is_fresh = exchange.answer is None
        self.is_sending = False
        self.limit: Callable[[], None] | None = None
        self.asked: Asked | None = None
        self._services = services
        self.exchange = exchange
        self.message = message
        self._allowed = allowed

    def take(self) -> None:
        """Count the question, once. Raises TooSoon."""
        limit, self.limit = self.limit, None
        if limit and self.is_fresh:
            limit()

    async def draft(self, so_far: Answer, draft: Draft) -> None:
        """Show it with a button that stops the draft."""
        self.take()
        payload = render(so_far, cards=self._allowed.embed_links, remark=llm_strings.WRITING)
        message = await self.put(payload, row(StopButton()))
        self._services.drafts.add(message.id, draft, self.message.author.id)

    async def finish(self, answer: Answer, remark: str) -> Shown | None:
        """Show it with its buttons; nothing where the question was edited meanwhile."""
        unsure = self.overheard and answer.certainty is not Certainty.SURE
        if unsure or not self.exchange.asks(self.message):
            return None
        self.take()
        cards, direct = self._allowed.embed_links, self.message.guild is None
        places = await self._services.places(answer)
        payload = render(answer, cards=cards, remark=remark, direct=direct, places=places)
        self.is_sending = True
        sent = await self.put(payload, buttons(answer, self.message.channel))
        return Shown(str(sent.id), str(sent.channel.id))

    async def put(self, payload: Payload, view: discord.ui.View | None = None) -> discord.Message:
        """Send it, or put it where an earlier answer stands."""
        exchange = self.exchange
        if exchange.answer:
            exchange.answer = await change(exchange.answer, payload, view)
        else:
            quote = self._allowed.read_message_history
            exchange.answer = await post(
                self.message, payload, view, quote=quote, number=exchange.number
            )
        return exchange.answer


class Responder:
    """Answers messages; `settle` has it answer each message one at a time."""

    def __init__(self, client: discord.Client, services: Services) -> None:
        self._client = client
        self._services = services

    @property
    def me(self) -> int:
        """The bot's user id."""
        return self._client.user.id if self._client.user else 0

    async def see(self, exchange: Exchange, message: discord.Message | None) -> None:
        """Update the answer to the question as it is now."""
        try:
            await self._take_back_further(exchange)
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
            to_it = await services.workers.quick(replies.to, str(message_id))
            for reply in to_it:
                await self._remove(self._sent(channel_id, reply))
            answer = await services.workers.quick(replies.of, str(message_id))
            if answer:
                await self._forget(message_id)
        except UNDONE as error:
            log.warning("message %s: its answer stays: %s", message_id, type(error).__name__)

    async def _take_back_further(self, exchange: Exchange) -> None:
        """Delete the answers to the further questions of a message that changed."""
        while exchange.further:
            await self._take_back(exchange.further.pop())

    async def _see(self, exchange: Exchange, message: discord.Message) -> None:
        allowed = self._allowed(message)
        call = await self._call(message) if allowed else None
        if allowed is None or call is None:
            return
        if not exchange.looked_up:
            exchange.answer = await self._earlier(message)
            exchange.looked_up = True
        overheard = call is Origin.OVERHEARD
        surface = MessageSurface(self._services, exchange, message, allowed, overheard=overheard)
        words, about = question_of(message, self.me), asked_about(message, self.me)
        if about == "" and not overheard:
            await surface.put(Payload(content=strings.NOTHING_TO_READ))
            return
        if not about and (talk := talk_of(words)):
            await self._talk(surface, message, talk, call)
            return
        first, *others = [about] if about else questions_of(words)
        with self._services.metrics.questions.asked(call) as measured:
            await self._reply(surface, partial(self._answer, surface, message, first), measured)
        for number, words in enumerate(others if exchange.answer else (), start=1):
            further = Further(exchange, number)
            exchange.further.append(further)
            earlier = surface
            surface = MessageSurface(self._services, further, message, allowed, overheard=overheard)
            with self._services.metrics.questions.asked(call) as measured:
                find = partial(self._answer_further, surface, words, earlier)
                await self._reply(surface, find, measured)

    async def _talk(
        self, surface: MessageSurface, message: discord.Message, talk: Talk, call: Origin
    ) -> None:
        """Reply to small talk that is meant for the bot; a mention alone asks for help."""
        if not _has_words(message):
            talk = Talk.HELP
        if call is Origin.OVERHEARD or (talk is Talk.CHATTER and message.guild):
            await self._take_back(surface.exchange)  # of the question that it was before an edit
            return
        async with typing(message.channel):
            guild_id = message.guild.id if message.guild else None
            await surface.put(await talk_back(self._services, talk, guild_id))

    async def _reply(
        self,
        surface: MessageSurface,
        find: Callable[[], Awaitable[Answer | None]],
        measured: Measured,
    ) -> None:
        """Answer, or say why not; what is overheard is answered or left alone."""
        message = surface.message
        try:
            async with nullcontext() if surface.overheard else typing(message.channel):
                measured.answer = await find()
        except Exception as error:
            if surface.is_sending:
                raise
            if surface.exchange.asks(message):
                measured.error = error
                text = describe(error, message.id, log)
                if not surface.overheard:
                    await surface.put(Payload(content=text))
        if not surface.exchange.asks(message):  # it was edited: the new wording is what counts
            measured.answer = measured.error = None
        elif surface.overheard and not (
            measured.answer and measured.answer.certainty is Certainty.SURE
        ):
            await self._take_back(surface.exchange)

    async def _answer(
        self, surface: MessageSurface, message: discord.Message, words: str
    ) -> Answer | None:
        """Answer where the limits allow it. A question that is edited counts once."""
        services, guild_id = self._services, message.guild.id if message.guild else None
        settings = await services.settings_of(guild_id)
        await services.recall_cooldowns(guild_id, message.author.id, settings)
        surface.limit = partial(services.cooldowns.take, guild_id, message.author.id, settings)
        if not surface.overheard:
            surface.take()
        elif surface.is_fresh:
            services.cooldowns.check(guild_id, message.author.id, settings)
        if not self._may_search(surface):
            return None
        asked = asked_by(message.author.id, guild_id, words, settings, source=message.id)
        if not surface.overheard:
            asked = replace(asked, documents=await self._documents(message))
        else:
            asked = replace(asked, suggests=False)  # a refusal is not shown
        if asked_about(message, self.me) is None:
            asked = await going_on(
                services, asked, self.me, message.channel, message.id, replied_to(message)
            )
            if not surface.overheard:
                asked = replace(asked, about=replied_about(message, self.me))
        surface.asked = clear(asked)
        services.workers.check_queue()
        return await services.flow.answer(surface.asked, surface)

    def _may_search(self, surface: MessageSurface) -> bool:
        """Count what is overheard, and tell whether it is little enough to be searched for.

        What people say to each other must not cost more than that.
        """
        guild = surface.message.guild
        if not surface.overheard or guild is None:
            return True
        return self._services.overheard.take(guild.id)

    async def _documents(self, message: discord.Message) -> tuple[Document, ...]:
        """Read what is attached to a question, but for pictures and the like.

        Raises FileNotRead, FileNotHandedOver.
        """
        files = [file for file in content.files_of(message) if not _is_medium(file)]
        found = []
        for one in files_of(files, Given(source=message.jump_url)):
            try:
                document = await self._services.read(one)
            except SourceError as error:
                raise FileNotRead(error.name, error.reason) from error
            if count_words(document.text) > MOST_WORDS_BESIDE:
                raise FileNotRead(document.title, strings.TOO_LONG_BESIDE)
            found.append(document)
        return tuple(found)

    async def _answer_further(
        self, surface: MessageSurface, words: str, earlier: MessageSurface
    ) -> Answer | None:
        """Answer the next question of a message, which may go on from the one before."""
        answer, asked = earlier.exchange.answer, earlier.asked
        if answer is None or asked is None or not surface.exchange.asks(surface.message):
            return None
        if not self._may_search(surface):
            return None
        reply = await reply_of(self._services, answer.id)
        turns = asked.turns
        if reply:
            turns = (*turns, Turn(reply.question, reply.answer, reply.article))
        surface.asked = replace(asked, question=words, turns=turns, before=str(answer.id), about="")
        return await self._services.flow.answer(surface.asked, surface)

    async def _take_back(self, exchange: Exchange | Further) -> None:
        answer, exchange.answer = exchange.answer, None
        if answer:
            await self._remove(answer)

    async def _remove(self, answer: discord.Message | discord.PartialMessage) -> None:
        await take_back(answer)
        await self._forget(answer.id)

    def _sent(self, channel_id: int, reply: Reply) -> discord.PartialMessage:
        """Return the message of an answer, without asking Discord."""
        channel = self._client.get_partial_messageable(channel_id)
        return channel.get_partial_message(int(reply.message))

    async def _forget(self, answer_id: int) -> None:
        remove = self._services.library.records.replies.remove
        await self._services.workers.ask(remove, str(answer_id))

    async def _earlier(self, message: discord.Message) -> discord.Message | None:
        """Find the answer that was sent before the bot was started again; delete further ones."""
        replies = self._services.library.records.replies
        to_it = await self._services.workers.quick(replies.to, str(message.id))
        for further in to_it[1:]:
            await self._remove(self._sent(message.channel.id, further))
        return await message.channel.fetch_message(int(to_it[0].message)) if to_it else None

    async def _call(self, message: discord.Message) -> Origin | None:
        mode = ChannelMode.MENTION
        if message.guild:
            try:
                settings = await self._services.settings_of(message.guild.id)
            except UNDONE as error:  # who mentions the bot gets a reply when the answer fails, too
                log.warning("the mode is not known: %s", type(error).__name__)
            else:
                mode = mode_in(settings, message.channel)
        answer = replied_to(message)
        to_answer = answer is not None and await answers(self._services, answer, self.me)
        return call_of(message, self.me, mode, to_answer=to_answer)

    def _allowed(self, message: discord.Message) -> discord.Permissions | None:
        """Return what the bot may do in the channel, None where it may not write."""
        if message.guild is None:
            return IN_DIRECT
        try:
            allowed: discord.Permissions = message.channel.permissions_for(message.guild.me)
        except discord.ClientException:  # a thread whose channel the bot does not see
            return None
        return allowed if may_write(message.channel, allowed) else None


MOST_WORDS_BESIDE = 10_000
"""Of a file beside a question: about 100 passages, which take some seconds to embed."""


def _is_medium(file: discord.Attachment) -> bool:
    """Tell whether it is a picture, a sound or a film."""
    return (file.content_type or "").startswith(("image/", "audio/", "video/"))


def _has_words(message: discord.Message) -> bool:
    """Tell whether there is more than a mention of the bot."""
    return bool(re.sub(r"<@!?\d+>", "", message.content).strip())


EDIT_TIME = timedelta(minutes=1)
"""How long after it was sent a question may be edited to be answered again."""

LATE = timedelta(minutes=5)
"""When edits of that minute have all arrived. Discord also sends edits of messages that are pinned
or get a thread, in the words of the last edit."""


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
