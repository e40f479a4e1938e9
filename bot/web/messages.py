"""What each visitor's page shows: messages that change until they are over, as in Discord."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import discord
from cachetools import LRUCache

from bot.discord.embeds import Payload
from bot.llm.draft import Draft
from bot.web.html import Rendered, buttons

MESSAGES = 30
"""Of a visitor's conversation; older ones are left out of the page."""

VISITORS = 1_000
"""Whose pages are kept in memory; of the others only what was asked and answered is known."""


def new_id() -> str:
    """Return an id that nobody can guess, of the form of Discord's, as buttons contain them."""
    return str(secrets.randbits(62))


class PageMessage:
    """An answer, or what was indexed; `question` is what it replies to.

    `below` is what a button showed to the visitor alone, `asks_reason` whether that is the form for
    what was wrong. `draft` is set while a language model writes.
    """

    def __init__(self, question: str = "", message_id: str = "") -> None:
        self.id = message_id or new_id()
        self.question = question
        self.shown = Rendered()
        self.below: Rendered | None = None
        self.asks_reason = False
        self.draft: Draft | None = None
        self.is_over = False
        self._changed = asyncio.Event()

    def show(
        self,
        payload: Payload,
        view: discord.ui.View | None = None,
        places: Mapping[int, str] | None = None,
    ) -> None:
        """Put something in place of what it shows."""
        self.shown = Rendered(payload, buttons(view), places or {})
        self._notify()

    def end(self) -> None:
        """Note that nothing more comes."""
        self.is_over, self.draft = True, None
        self._notify()

    def reply_below(
        self, payload: Payload, view: discord.ui.View | None = None, *, asks_reason: bool = False
    ) -> None:
        """Show something below it, in place of what stood there."""
        self.below = Rendered(payload, buttons(view), self.shown.places)
        self.asks_reason = asks_reason

    async def changes(self) -> AsyncIterator[None]:
        """Yield now and whenever it has changed, until it is over."""
        while not self.is_over:
            changed = self._changed
            yield
            await changed.wait()
        yield

    def _notify(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()


@dataclass
class Visitor:
    """Somebody's session: who they are in the records, and what they were shown."""

    who: str
    last: str = ""
    """The answer that a question goes on from if it names none."""
    messages: deque[PageMessage] = field(default_factory=lambda: deque(maxlen=MESSAGES))
    indexed: deque[PageMessage] = field(default_factory=lambda: deque(maxlen=MESSAGES))

    def begin_anew(self) -> None:
        """Leave the conversation."""
        self.messages.clear()
        self.last = ""

    def message(self, message_id: str) -> PageMessage | None:
        """Return one of the messages that they were shown."""
        every: Sequence[PageMessage] = [*self.messages, *self.indexed]
        return next((one for one in every if one.id == message_id), None)


Restore: TypeAlias = Callable[[str], Awaitable[Sequence[PageMessage]]]
"""Returns the answers that somebody got, as the records know them."""


class Visitors:
    """The visitors by the ids of their sessions, those seen last in memory."""

    def __init__(self, restore: Restore) -> None:
        """`restore` finds the conversations of the others, which `footnote web` may have begun."""
        self._visitors: LRUCache[str, Visitor] = LRUCache(VISITORS)
        self._restore = restore

    async def of(self, session_id: str) -> Visitor:
        """Return the visitor of a session."""
        known: Visitor | None = self._visitors.get(session_id)
        if known is None:
            who = f"web:{session_id}"
            earlier = await self._restore(who)
            last = earlier[-1].id if earlier else ""
            restored = Visitor(who, last, deque(earlier, MESSAGES))
            known = self._visitors.setdefault(session_id, restored)
        return known
