"""What was said before a question."""

from __future__ import annotations

import logging
import re
from collections import OrderedDict
from collections.abc import Iterable
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

import discord

from bot.cogs.ask.cards import read_back
from bot.server_settings import ChannelMode
from index.followups.turns import MAX_TURNS, Turn

QUESTIONS = (discord.MessageType.default, discord.MessageType.reply)


log = logging.getLogger(__name__)


class Call(Enum):
    """How a message asks the bot."""

    ASKED = "asked"
    """It is for the bot, who replies whatever comes of it."""
    OVERHEARD = "overheard"
    """It is for the channel: the bot says something only if it has an answer."""


class Said(NamedTuple):
    """A turn of a conversation, and the id of the message with its answer."""

    answer_id: int
    turn: Turn


def from_person(message: discord.Message) -> bool:
    """Tell whether somebody wrote this, rather than a bot, a webhook or Discord."""
    return not (message.author.bot or message.webhook_id) and message.type in QUESTIONS


def may_ask(message: discord.Message, me: int) -> bool:
    """Tell whether `call_of` can be anything, without knowing the channel's settings.

    Discord leaves out the words of what does not mention the bot, where the application may not
    read them.
    """
    return from_person(message) and (
        message.guild is None or _mentions(message, me) or bool(message.content.strip())
    )


def call_of(message: discord.Message, me: int, mode: ChannelMode) -> Call | None:
    """Tell how somebody's message asks the bot in a channel of this mode, None if it does not."""
    if mode is ChannelMode.OFF or not may_ask(message, me):
        return None
    if message.guild is None or _mentions(message, me) or is_place(message.channel, me):
        return Call.ASKED
    answer = replied_to(message)
    if answer and turn_of(answer, me):
        return Call.ASKED
    return Call.OVERHEARD if mode is ChannelMode.EVERY else None


def question_of(message: discord.Message, me: int) -> str:
    """Return the words without the mention of the bot."""
    return re.sub(rf"<@!?{me}>", " ", message.content).strip()


def is_place(channel: Any, me: int) -> bool:
    """Tell whether all that is said in a channel is one conversation with the bot."""
    if isinstance(channel, discord.Thread):
        return channel.owner_id == me
    return isinstance(channel, discord.DMChannel)


def replied_to(message: discord.Message) -> discord.Message | None:
    """Return the message that a reply replies to, as far as Discord gave it along."""
    if message.type is not discord.MessageType.reply or message.reference is None:
        return None
    found = message.reference.resolved
    return found if isinstance(found, discord.Message) else None


def turn_of(message: discord.Message, me: int) -> Turn | None:
    """Read a question and its answer back from a message of the bot, None from any other."""
    if message.author.id != me or not message.embeds:
        return None
    card = message.embeds[0]
    footnotes = any(field.name == "[1]" for field in card.fields)
    read = read_back(card.title or "", card.description or "", footnotes=footnotes)
    return Turn(*read) if read else None


def _mentions(message: discord.Message, me: int) -> bool:
    return any(user.id == me for user in message.mentions)


REMEMBERED = 500
"""Of each kind; a conversation that is forgotten is read back when it goes on."""

READ_MESSAGES = 50
"""Of a place, in one request: the last turns among what people say to each other."""

Channel: TypeAlias = Any
"""Whatever has messages; discord.py has no one type for that."""

Saids: TypeAlias = tuple[Said, ...]


class Conversations:
    """The last turns of every conversation, oldest first; `me` is always the bot's user id."""

    def __init__(self) -> None:
        self._places: OrderedDict[int, Saids] = OrderedDict()
        self._chains: OrderedDict[int, Saids] = OrderedDict()

    async def before(self, message: discord.Message, me: int) -> Saids:
        """What a question goes on from; nothing where it begins a conversation."""
        answer = replied_to(message)
        if answer and (answer.id in self._chains or turn_of(answer, me)):
            return await self.through(message.channel, answer.id, me)
        return await self.here(message.channel, message.id, me)

    async def here(self, channel: Channel, before_id: int, me: int) -> Saids:
        """What was said in a place before a message or an interaction."""
        if not is_place(channel, me):
            return ()
        if channel.id not in self._places:
            read = await self._read_place(channel, before_id, me)
            if read is None:
                return ()
            _keep(self._places, channel.id, read)
        return tuple(said for said in self._places[channel.id] if said.answer_id < before_id)

    async def through(self, channel: Channel, answer_id: int, me: int) -> Saids:
        """What was said up to an answer, and the answer."""
        if is_place(channel, me) and answer_id not in self._chains:
            return await self._read_place(channel, answer_id + 1, me) or ()
        return await self._read_chain(channel, answer_id, me)

    def add(self, channel: Channel, before: Saids, said: Said, me: int) -> None:
        """Remember an answer that was sent, and what it goes on from."""
        _keep(self._chains, said.answer_id, _last((*before, said)))
        if is_place(channel, me):
            _keep(self._places, channel.id, _last((*self._places.get(channel.id, before), said)))

    def forget(self, answer_id: int) -> None:
        """Take an answer that was deleted or changed out of all conversations."""
        self._chains.pop(answer_id, None)
        for conversations in (self._places, self._chains):
            for key, saids in conversations.items():
                conversations[key] = tuple(said for said in saids if said.answer_id != answer_id)

    def clear(self) -> None:
        """Keep nothing of what anybody said; what Discord still has is read back when needed."""
        self._places.clear()
        self._chains.clear()

    async def _read_place(self, channel: Channel, before_id: int, me: int) -> Saids | None:
        """Read the last turns, those that a thread started from included; None if that fails."""
        try:
            before = discord.Object(before_id)
            messages = [m async for m in channel.history(limit=READ_MESSAGES, before=before)]
        except (discord.HTTPException, discord.ClientException) as error:
            log.info("channel %s cannot be read: %s", channel.id, type(error).__name__)
            return None
        found = _last(Said(m.id, turn) for m in messages if (turn := turn_of(m, me)))
        parent = getattr(channel, "parent", None)
        if len(found) < MAX_TURNS and parent:
            # A thread has the id of the message that it was started from.
            found = _last((*await self._read_chain(parent, channel.id, me), *found))
        return found

    async def _read_chain(self, channel: Channel, answer_id: int, me: int) -> Saids:
        found: list[Said] = []
        wanted: int | None = answer_id
        while wanted and len(found) < MAX_TURNS:
            if known := self._chains.get(wanted):
                return _last((*known, *found))
            try:
                message = await channel.fetch_message(wanted)
            except (discord.HTTPException, discord.ClientException) as error:
                log.info("message %s cannot be read: %s", wanted, type(error).__name__)
                break
            turn = turn_of(message, me)
            if turn is None:
                break
            found.append(Said(wanted, turn))
            question = replied_to(message)
            wanted = question.reference.message_id if question and question.reference else None
        return _last(found)


def _last(saids: Iterable[Said]) -> Saids:
    """Return the last turns in the order of their answers, each once."""
    by_answer = {said.answer_id: said for said in saids}
    return tuple(sorted(by_answer.values(), key=lambda said: said.answer_id)[-MAX_TURNS:])


def _keep(conversations: OrderedDict[int, Saids], key: int, saids: Saids) -> None:
    conversations[key] = saids
    conversations.move_to_end(key)
    if len(conversations) > REMEMBERED:
        conversations.popitem(last=False)
