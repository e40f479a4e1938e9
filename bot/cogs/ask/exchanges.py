"""Messages that ask and their answers, while they may still be edited or deleted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import discord
from cachetools import FIFOCache

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
    further: list[Further] = field(default_factory=list)
    number: int = 0
    """Of the question among those of the message."""

    def asks(self, message: discord.Message) -> bool:
        """Tell whether the question stands as in this message: it was not edited meanwhile."""
        return self.question is message

    def reword(self, question: discord.Message) -> bool:
        """Take the question as it is now; return whether it changed."""
        wording = _wording(question)
        if self.question is None or wording == self.wording:
            return False
        self.question, self.wording = question, wording
        return True


@dataclass(eq=False, slots=True)
class Further:
    """The answer to a further question of the same message."""

    whole: Exchange
    number: int
    answer: discord.Message | None = None

    def asks(self, message: discord.Message) -> bool:
        """Tell whether the message stands as it was."""
        return self.whole.question is message


See: TypeAlias = Callable[[Exchange, discord.Message | None], Awaitable[None]]
"""Updates the answer to the question as it was when this was called."""


class Exchanges:
    """By the id of the question's message."""

    def __init__(self) -> None:
        self._exchanges: FIFOCache[int, Exchange] = FIFOCache(REMEMBERED)

    def of(self, message_id: int) -> Exchange | None:
        """Return what is known of a message."""
        return self._exchanges.get(message_id)

    def open(self, question: discord.Message, *, looked_up: bool = True) -> Exchange:
        """Begin to track a question and its answer."""
        exchange = Exchange(question.id, question, _wording(question), looked_up=looked_up)
        self._exchanges[question.id] = exchange
        return exchange

    def drop(self, message_id: int) -> None:
        """Forget a message."""
        self._exchanges.pop(message_id, None)


async def settle(exchange: Exchange, see: See) -> None:
    """Call `see` until the question no longer changes; return at once if another task does."""
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
