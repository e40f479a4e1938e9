"""Questions that are messages, and the answers below them, kept in step.

A question may be edited or deleted at any moment, while its answer is made as well as later. So
each is settled: as long as the question is another than the one that was last seen to, it is seen
to again, by one task at a time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

import discord

REMEMBERED = 2_000
"""A resumed gateway session replays far fewer messages."""

Wording: TypeAlias = tuple[str, frozenset[int]]
"""The text of a message, and the ids of the users whom it mentions."""


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
