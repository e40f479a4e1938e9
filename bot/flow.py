"""Answer questions, for Discord and the command line alike."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from bot.answering import Inquiry, find_answer
from bot.llm import strings as llm_strings
from index.answers.requests import stands_alone
from index.errors import FootnoteError
from index.followups.recalls import asks_for_more
from index.followups.rewriting import rewritings
from index.followups.turns import Turn
from index.model import PUBLIC, Certainty, Form, Space

if TYPE_CHECKING:
    from bot.llm.draft import Draft, DraftOutcome
    from bot.llm.writer import Offload, Writer
    from index.library import Library
    from index.model import Answer, Document, Thresholds

NOTED_SECONDS = 2.0
"""How long a button under a message that is not known yet waits; Discord waits for 3 s."""

SHORT_WORDS = 5
"""A question of so few words in a conversation is likely to leave something out."""

_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|this|that)\b", re.IGNORECASE)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what it is asked of, and who asks it.

    `spaces` are what the asker may see; in the first it is counted. `article` is the id or title
    of the only one to ask. `turns` are what the question goes on from, oldest first, and `before`
    the message of the last of them. `thresholds` None are the library's. `who` is a user's id;
    `source` is the id of the message that asks, None for commands and buttons. A language model
    may use `daily_tokens` a day at most, and is named under the answer with `mark`. `documents`
    came with the question and are asked first. `about` are the words of somebody else's message
    that the question replies to. Without `suggests` no other questions are looked for if it is
    refused.
    """

    question: str
    spaces: Sequence[Space] = (PUBLIC,)
    article: str | None = None
    turns: tuple[Turn, ...] = ()
    before: str | None = None
    thresholds: Thresholds | None = None
    who: str = ""
    source: str | None = None
    daily_tokens: int | None = None
    mark: bool = True
    documents: tuple[Document, ...] = ()
    about: str = ""
    suggests: bool = True

    @property
    def space(self) -> Space:
        """Where the question is counted."""
        return self.spaces[0]

    def inquiry(self, whole: str | None) -> Inquiry:
        """Return what answering it takes; `whole` is how a language model made it whole."""
        return Inquiry(
            self.question,
            tuple(self.spaces),
            self.article,
            self.turns,
            self.thresholds,
            self.documents,
            self.about,
            whole,
            self.suggests,
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """The message with an answer, and its channel if others may read it there too."""

    message: str
    channel: str | None = None


class Surface(Protocol):
    """Where the asker sees the answer; drafts are shown `every_seconds` at most."""

    every_seconds: float

    async def draft(self, so_far: Answer, draft: Draft) -> None:
        """Show what a language model has written so far."""
        ...

    async def finish(self, answer: Answer, remark: str) -> Shown | None:
        """Show the answer, and who wrote it; None where nothing is to be remembered."""
        ...


Elsewhere: TypeAlias = Callable[[Inquiry], Awaitable["Answer | None"]]
"""Has a question answered by another process; None where there is none to do so."""


class AnswerFlow:
    """Ask, have it written where a language model is set, show, remember."""

    def __init__(
        self,
        library: Library,
        offload: Offload,
        writer: Writer | None = None,
        draft_ended: Callable[[DraftOutcome], None] = lambda _: None,
        elsewhere: Elsewhere | None = None,
        record: Offload | None = None,
    ) -> None:
        """`offload` runs a call that blocks, and `record` one that remembers an answer, if set.

        `draft_ended` is called with the outcome of each draft.
        """
        self._library = library
        self._offload = offload
        self._record = record or offload
        self._writer = writer
        self._draft_ended = draft_ended
        self._elsewhere = elsewhere
        self._showing: set[asyncio.Future[None]] = set()

    async def answer(self, asked: Asked, surface: Surface) -> Answer:
        """Answer on a surface. Raises UnknownArticle, and what the surface raises."""
        found, remark = await self._write(asked, await self.ask(asked), surface)
        noted = asyncio.get_running_loop().create_future()
        self._showing.add(noted)
        try:
            if shown := await surface.finish(found, remark):
                await self._note(asked, found, shown)
        finally:
            self._showing.discard(noted)
            noted.set_result(None)
        return found

    async def noted(self) -> bool:
        """Wait until the answers that are being shown are remembered; False if there are none.

        The message stands in Discord a moment before it is known here which one it is.
        """
        if not self._showing:
            return False
        await asyncio.wait(set(self._showing), timeout=NOTED_SECONDS)
        return True

    async def ask(self, asked: Asked) -> Answer:
        """Answer in the articles' words; rewrite a follow-up first. Raises UnknownArticle."""
        whole = None
        if self._writer and _leaves_something_out(asked):
            whole = await self._writer.rewrite(
                asked.question, asked.turns, asked.space, asked.daily_tokens
            )
        inquiry = asked.inquiry(whole)
        found = await self._elsewhere(inquiry) if self._elsewhere else None
        if found is None:
            found = await self._offload(find_answer, self._library, inquiry)
        return found

    async def _write(self, asked: Asked, found: Answer, surface: Surface) -> tuple[Answer, str]:
        """Return the answer that stands in the end, and a remark on who wrote it."""
        if self._writer is None or not _may_be_written(found):
            return found, ""
        earlier = tuple(turn.question for turn in asked.turns)
        async with self._writer.write(
            found, asked.space, earlier=earlier, most_tokens=asked.daily_tokens
        ) as draft:
            async for so_far in draft.snapshots(surface.every_seconds):
                if draft.is_over:
                    break
                await surface.draft(so_far, draft)
            outcome = await draft.outcome()
        self._draft_ended(outcome)
        return outcome.answer, llm_strings.remark(outcome, mark=asked.mark)

    async def _note(self, asked: Asked, answer: Answer, shown: Shown) -> None:
        try:
            await self._record(_note, self._library, asked, answer, shown)
        except (FootnoteError, TimeoutError) as error:  # the asker has the answer already
            log.warning("message %s is not remembered: %s", shown.message, type(error).__name__)


def _may_be_written(found: Answer) -> bool:
    """Tell whether an answer is sure, and made of quotes that a language model may put in words."""
    return found.certainty is Certainty.SURE and found.form in (Form.QUOTES, Form.SUMMARY)


def _leaves_something_out(asked: Asked) -> bool:
    """Return whether a question may need the ones before it, though the rules do not see how."""
    question = asked.question.strip()
    if not asked.turns or stands_alone(question) or asks_for_more(question):
        return False
    if rewritings(question, asked.turns):
        return False
    return len(question.split()) <= SHORT_WORDS or bool(_PRONOUN.search(question))


def _note(library: Library, asked: Asked, answer: Answer, shown: Shown) -> None:
    library.records.note(
        shown.message,
        asked.space,
        asked.who,
        # A follow-up says nothing without what it goes on from.
        answer.rewritten or answer.question,
        answer.text if answer.answered else None,
        answer.timings_ms.get("total", 0.0),
        perhaps_there=None if answer.no_articles else answer.perhaps_there,
        source=asked.source,
        article=asked.article or answer.within,
        channel=shown.channel,
        before=asked.before,
    )
