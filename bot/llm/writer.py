"""Have a language model write answers; the articles' own words stand wherever that fails."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.llm.draft import DEAD, Draft, DraftFault, DraftOutcome, Fault
from index.answers.cache import ThreadSafeCache
from index.verification.composing import Composition
from index.verification.parsing import SentenceParser, WrittenSentence
from index.verification.prompt import (
    ANSWER_TOKENS,
    REWRITE_TOKENS,
    Prompt,
    accepted,
    build,
    messages,
    sources_of,
    tokens_of,
)
from index.verification.verifier import Verifier

if TYPE_CHECKING:
    from bot.llm.client import LanguageModel
    from index.followups.turns import Turn
    from index.model import Answer, Space
    from index.store.usage import Tokens

REST_SECONDS = 60.0

log = logging.getLogger(__name__)


class Breaker:
    """A circuit breaker: open after a failure, then one try at a time, a minute apart."""

    def __init__(
        self, rest_seconds: float = REST_SECONDS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rest_seconds = rest_seconds
        self._clock = clock
        self._until: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether the server has failed and not yet done well again."""
        return self._until is not None

    def allows(self) -> bool:
        """Return whether to try; after a rest one try at a time."""
        if self._until is None:
            return True
        if self._clock() < self._until:
            return False
        self.trip()
        return True

    def trip(self) -> None:
        """Open it for a while."""
        self._until = self._clock() + self._rest_seconds

    def close(self) -> None:
        """Close it, as the model works again."""
        self._until = None


REWRITE_SECONDS = 5.0
"""The answer waits for it."""


async def rewrite(
    question: str,
    turns: Sequence[Turn],
    model: LanguageModel,
    timeout_seconds: float = REWRITE_SECONDS,
) -> str | None:
    """Rewrite a follow-up so that it stands by itself; it is shown to the asker.

    None where that changes nothing, or names what nobody in the conversation has named. Raises
    DraftFault.
    """
    text = ""
    try:
        async with asyncio.timeout(timeout_seconds):
            stream = model.stream(messages(question, turns), REWRITE_TOKENS)
            async with aclosing(stream) as pieces:
                async for piece in pieces:
                    text += piece.text
    except TimeoutError as error:
        raise DraftFault(Fault.SLOW) from error
    return accepted(text, question, turns)


TIMEOUT_SECONDS = 20.0


Offload: TypeAlias = Callable[..., Awaitable[Any]]
"""Runs a call that blocks in a thread, as `asyncio.to_thread` and `Workers.ask` do."""


@dataclass(frozen=True, slots=True)
class _Task:
    """One answer to be written, and where its sentences are shown meanwhile."""

    extractive: Answer
    prompt: Prompt
    composition: Composition
    draft: Draft


class Writer:
    """Writes with one model; answers are cached while the articles do not change."""

    def __init__(
        self,
        model: LanguageModel,
        verifier: Verifier,
        tokens: Tokens,
        offload: Offload,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        breaker: Breaker | None = None,
    ) -> None:
        """`timeout_seconds` is for a whole text; after it the articles' own words stand."""
        self.model = model
        self._verifier = verifier
        self._tokens = tokens
        self._offload = offload
        self._timeout_seconds = timeout_seconds
        self._breaker = breaker or Breaker()
        self._written = ThreadSafeCache[DraftOutcome]()

    @property
    def rests(self) -> bool:
        """Whether the model failed when it was last asked, so that it is not asked for a while."""
        return self._breaker.is_open

    async def close(self) -> None:
        """Close the model's connections."""
        await self.model.close()

    def write(
        self,
        answer: Answer,
        space: Space,
        *,
        earlier: Sequence[str] = (),
        most_tokens: int | None = None,
    ) -> Draft:
        """Begin to write an answer that the articles gave; a refusal stays what it is.

        `space` is whose tokens are counted, at most so many a day; `earlier` are the questions of
        the conversation before this one.
        """

        async def work(draft: Draft) -> DraftOutcome:
            return await self._outcome(answer, space, tuple(earlier), most_tokens, draft)

        return Draft(replace(answer, sentences=(), citations=()), work)

    async def rewrite(
        self, question: str, turns: Sequence[Turn], space: Space, most_tokens: int | None = None
    ) -> str | None:
        """Rewrite a follow-up; None where not needed, failed, or with names nobody mentioned.

        `turns` are what it goes on from; tokens are counted as those of answers.
        """
        asked = sum(tokens_of(message.text) for message in messages(question, turns))
        cost = asked + REWRITE_TOKENS
        if not self._breaker.allows():
            return None
        if not await self._offload(self._tokens.reserve, space, cost, most_tokens):
            return None
        try:
            return await rewrite(question, turns, self.model)
        except DraftFault as error:
            log.info("%s rewrote no question: %s", self.model.name, error.fault)
            if error.fault in {*DEAD, Fault.SLOW}:
                self._breaker.trip()
            return None

    async def _outcome(
        self,
        answer: Answer,
        space: Space,
        earlier: tuple[str, ...],
        most_tokens: int | None,
        draft: Draft,
    ) -> DraftOutcome:
        sources = sources_of(answer) if answer.answered else ()
        if not sources:
            return DraftOutcome(answer)
        key = (answer.corpus, answer.read_as, earlier)
        if known := self._written.get(key):
            spelt = replace(known.answer, question=answer.question, rewritten=answer.rewritten)
            return replace(known, answer=spelt)
        prompt = build(answer.read_as, earlier, sources)
        reserved = prompt.tokens + ANSWER_TOKENS
        if not self._breaker.allows():
            return DraftOutcome(answer, Fault.RESTING)
        if not await self._offload(self._tokens.reserve, space, reserved, most_tokens):
            return DraftOutcome(answer, Fault.SPENT)
        composition = Composition(answer, prompt.sources, self._verifier, self.model.name)
        outcome = await self._compose(_Task(answer, prompt, composition, draft), space, reserved)
        if answer.corpus and outcome.fault is None and not draft.halted.is_set():
            self._written.put(key, outcome)
        return outcome

    async def _compose(self, task: _Task, space: Space, reserved: int) -> DraftOutcome:
        used = _Usage(task.prompt.tokens)
        fault: Fault | None = None
        try:
            async with self._in_time(task.draft):
                await self._read(task, used)
        except TimeoutError:
            fault = None if task.draft.halted.is_set() else Fault.SLOW
        except DraftFault as error:
            fault = error.fault
        finally:
            change = used.tokens(fault) - reserved
            await asyncio.shield(self._offload(self._tokens.correct, space, change))
        self._note(fault, task.draft)
        return _judged(task, fault)

    @asynccontextmanager
    async def _in_time(self, draft: Draft) -> AsyncIterator[None]:
        """Raise TimeoutError inside when the time is over or the draft is stopped."""
        loop = asyncio.get_running_loop()

        async def stopped() -> None:
            await draft.halted.wait()
            limit.reschedule(loop.time())

        async with asyncio.timeout(self._timeout_seconds) as limit:
            watching = asyncio.create_task(stopped())
            try:
                yield
            finally:
                watching.cancel()

    async def _read(self, task: _Task, used: _Usage) -> None:
        parser = SentenceParser()
        stream = self.model.stream(task.prompt.messages, ANSWER_TOKENS)
        async with aclosing(stream) as pieces:
            async for piece in pieces:
                used.add(piece.text, piece.tokens)
                if piece.text:
                    task.draft.began()
                    await self._check(task, parser.feed(piece.text))
        await self._check(task, parser.close())

    async def _check(self, task: _Task, sentences: Sequence[WrittenSentence]) -> None:
        for sentence in sentences:
            await self._offload(task.composition.add, sentence)
            task.draft.show(task.composition.result().answer)

    def _note(self, fault: Fault | None, draft: Draft) -> None:
        if fault is None:
            if not draft.halted.is_set():
                self._breaker.close()
            return
        log.info("%s wrote no answer: %s", self.model.name, fault)
        if fault in DEAD or (fault is Fault.SLOW and not draft.has_begun):
            self._breaker.trip()


class _Usage:
    """Counts tokens as the server reports them, else by what was sent and came."""

    def __init__(self, asked: int) -> None:
        self._asked = asked
        self._text_tokens = 0
        self._reported: int | None = None

    def add(self, text: str, reported: int | None) -> None:
        """Count a piece."""
        self._text_tokens += tokens_of(text)
        self._reported = reported or self._reported

    def tokens(self, fault: Fault | None) -> int:
        """Return what was used; 0 where the server took no question."""
        if self._reported is not None:
            return self._reported
        if fault in DEAD and not self._text_tokens:
            return 0
        return self._asked + self._text_tokens


def _judged(task: _Task, fault: Fault | None) -> DraftOutcome:
    """Return the model's answer if it holds, else the articles' own words."""
    written = task.composition.result()
    if fault:
        return DraftOutcome(task.extractive, fault)
    if written.holds:
        return DraftOutcome(written.answer)
    empty = not written.answer.sentences and not written.removed
    halted = task.draft.halted.is_set()
    return DraftOutcome(
        task.extractive, None if halted else Fault.EMPTY if empty else Fault.UNBORNE
    )
