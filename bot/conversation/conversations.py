"""What was said before a question: remembered for a while, else read back from Discord.

A conversation is either a place (a thread that the bot started, or direct messages), or a chain
of replies: from a question to an answer, from that answer's question to an answer, and so on.
Each lies in one channel, so nothing of another server or another thread comes in.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any, TypeAlias

import discord

from bot.conversation.saying import Said, is_place, replied_to, turn_of
from index.conversation import MAX_TURNS

REMEMBERED = 500
"""Of each kind; a conversation that is forgotten is read back when it goes on."""
READ_MESSAGES = 50
"""Of a place, in one request: the last turns among what people say to each other."""

log = logging.getLogger(__name__)

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
