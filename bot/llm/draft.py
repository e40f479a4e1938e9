"""Answers while they are being written, and what can go wrong with that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from index.model import Answer


class Fault(StrEnum):
    """Why an answer is not written by the model."""

    UNREACHABLE = "unreachable"  # nothing listens, or the connection broke
    KEY = "key"  # 401, 403
    MODEL = "model"  # 404
    BUSY = "busy"  # 429
    REFUSED = "refused"  # another 4xx, or a redirect
    SERVER = "server"  # 5xx
    SLOW = "slow"  # no answer, or not all of it, in time
    CUT = "cut"  # it ended before it was finished
    GARBAGE = "garbage"  # what came is not in OpenAI's format
    EMPTY = "empty"  # no sentence
    UNBORNE = "unborne"  # less than half of it stands in the articles
    RESTING = "resting"  # not asked, as it failed less than a minute ago
    SPENT = "spent"  # not asked, as the server's tokens for today are used up


DEAD = frozenset(
    {Fault.UNREACHABLE, Fault.KEY, Fault.MODEL, Fault.BUSY, Fault.REFUSED, Fault.SERVER}
)
"""After these the next question would fare no better."""


class DraftFault(Exception):
    """A model did not give a text. Holds nothing of the response, which may be a secret.

    Attributes:
        fault: What went wrong.
    """

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


class Drafts:
    """The drafts of this process, by the message that shows each."""

    def __init__(self) -> None:
        self._drafts: dict[int, tuple[Draft, int]] = {}

    def add(self, message_id: int, draft: Draft, user_id: int) -> None:
        """Let a message's button stop a draft that a user asked for; forget what has ended."""
        self._drafts = {m: kept for m, kept in self._drafts.items() if not kept[0].is_over}
        self._drafts[message_id] = draft, user_id

    def of(self, message_id: int) -> tuple[Draft, int] | None:
        """Return the draft that a message shows, and who asked for it; None once it has ended."""
        found = self._drafts.get(message_id)
        return None if found is None or found[0].is_over else found


FIRST_SECONDS = 1.5
"""From the first token: when the first snapshot comes even without a sentence."""

EVERY_SECONDS = 1.0
"""Between two snapshots, at least."""


@dataclass(frozen=True, slots=True)
class DraftOutcome:
    """The answer: in a model's words where `written_by` names one, else the articles' own.

    `fault` is why a model's words are not used, None where they are or the asker stopped them.
    """

    answer: Answer
    fault: Fault | None = None


class Draft:
    """An answer that a task writes; the task ends with the `async with` block."""

    def __init__(
        self, extractive: Answer, work: Callable[[Draft], Coroutine[Any, Any, DraftOutcome]]
    ) -> None:
        """`work` writes: it calls `began` and `show`, and ends soon after `halted` is set."""
        self._so_far = extractive
        self._work = work
        self._changed = asyncio.Event()
        self._first: float | None = None
        self.halted = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._work(self))
        self._task.add_done_callback(lambda _: self._changed.set())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    @property
    def has_begun(self) -> bool:
        """Whether a word of the model has come."""
        return self._first is not None

    @property
    def is_over(self) -> bool:
        """Whether the outcome is known."""
        return self._task.done()

    def stop(self) -> None:
        """Stop writing; the sentences checked by now are the answer, if they hold."""
        self.halted.set()

    def began(self) -> None:
        """Note that the model has begun to write."""
        if self._first is None:
            self._first = asyncio.get_running_loop().time()
            self._changed.set()

    def show(self, answer: Answer) -> None:
        """Note what is written and checked so far."""
        self._so_far = answer
        self._changed.set()

    async def outcome(self) -> DraftOutcome:
        """Wait for the outcome and return it."""
        return await asyncio.shield(self._task)

    async def snapshots(self, every_seconds: float = EVERY_SECONDS) -> AsyncIterator[Answer]:
        """Yield the checked sentences so far, at most every `every_seconds`, and last the answer.

        The first comes within 2 seconds of the model's first word; one without a sentence says that
        the model has begun. Waiting on them is no work, so slow readers miss some.
        """
        loop = asyncio.get_running_loop()
        shown, due = None, 0.0
        while not self._task.done():
            await self._changed.wait()
            self._changed.clear()
            if shown is None and not self._so_far.sentences and self._first is not None:
                due = self._first + FIRST_SECONDS
            while not self._task.done() and (left := due - loop.time()) > 0:
                if shown is None and self._so_far.sentences:
                    break
                await self._wait(left)
            if not self._task.done() and self._so_far is not shown and self._first is not None:
                shown = self._so_far
                yield shown
                due = loop.time() + every_seconds
        yield (await self.outcome()).answer

    async def _wait(self, seconds: float) -> None:
        """Wait for a change, but not for longer."""
        try:
            async with asyncio.timeout(seconds):
                await self._changed.wait()
        except TimeoutError:
            return
        self._changed.clear()
