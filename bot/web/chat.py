"""The chat: questions, their answers as they come, and the buttons below them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from bot.cogs.articles.views import UndoButton
from bot.cogs.ask import strings as ask_strings
from bot.cogs.ask.cards import render
from bot.cogs.ask.conversation import clear, reply_of, suggested
from bot.cogs.ask.views import (
    QUESTION_MAX,
    REASON_MAX,
    MoreButton,
    PassagesButton,
    StopButton,
    TurnButton,
    VoteButton,
    buttons,
    put_vote,
    turned,
)
from bot.discord.components import PressedButton, row
from bot.discord.embeds import DESCRIPTION_MAX, TITLE_MAX, Card, Payload, Tone
from bot.discord.markdown import escape, fit
from bot.errors import BlankQuestion, Forgotten
from bot.flow import Asked, Shown
from bot.llm import strings as llm_strings
from bot.llm.draft import Draft
from bot.metrics.meters import Origin
from bot.services import Services
from bot.smalltalk import Talk, questions_of, talk_of, without_courtesies
from bot.strings import with_examples
from bot.web import strings
from bot.web.access import Right
from bot.web.errors import TooLong
from bot.web.messages import MESSAGES, PageMessage, Visitor
from bot.web.page import PageRenderer, explained
from index.followups.turns import MAX_TURNS, Turn
from index.model import Answer, Space
from index.store.replies import Reply

DRAFT_SECONDS = 0.25
"""Between two updates of a draft; a page has no rate limits."""

KEPT_MAX = DESCRIPTION_MAX - 200
"""Of the words of an earlier answer: leaves room for what stands below them."""

Press: TypeAlias = Callable[[Visitor, PageMessage, Any, str], Awaitable[None]]
"""What a button does; the text is what was wrong with an answer."""


class PageSurface:
    """A message of the page."""

    every_seconds = DRAFT_SECONDS

    def __init__(
        self, services: Services, visitor: Visitor, message: PageMessage, empty: str
    ) -> None:
        """`empty` is what is said where there are no articles."""
        self._services = services
        self.visitor = visitor
        self.message = message
        self.empty = empty

    async def draft(self, so_far: Answer, draft: Draft) -> None:
        """Show it with a button that stops the draft."""
        self.message.draft = draft
        await self._show(so_far, llm_strings.WRITING, StopButton())

    async def finish(self, found: Answer, remark: str) -> Shown | None:
        """Show it with its buttons."""
        if found.no_articles:
            self.message.show(Payload(content=self.empty))
        else:
            await self._show(found, remark)
        if self.message not in self.visitor.messages:  # a new conversation was begun meanwhile
            return None
        self.visitor.last = self.message.id
        return Shown(self.message.id)

    async def _show(self, found: Answer, remark: str, *instead: PressedButton) -> None:
        places = await self._services.places(found)
        view = row(*instead) if instead else buttons(found, None)
        payload = render(found, remark=remark, places=places)
        self.message.show(payload, view, places.numbered(found.citations) if places else {})


@dataclass
class Chat:
    """Answers from `spaces`; what is asked is counted in the first."""

    page: PageRenderer
    services: Services
    spaces: Sequence[Space]

    def __post_init__(self) -> None:
        self.presses: dict[type[PressedButton], Press] = {
            PassagesButton: self._passages,
            TurnButton: self._turn,
            VoteButton: self._vote,
            StopButton: self._stop,
        }

    async def show(self, request: Request) -> Response:
        """Show the conversation so far, or questions to begin with."""
        messages = (await self.page.visitor(request)).messages
        return self.page.render(request, "chat.html", messages=messages, max=QUESTION_MAX)

    async def examples(self, request: Request) -> Response:
        """Show questions that the articles answer; finding them takes as long as some answers."""
        found, is_empty = await suggested(self.services, self.spaces)
        empty = strings.no_articles(may_add=self.page.access.right(request) >= Right.CHANGE)
        return self.page.render(
            request, "examples.html", examples=found, empty=empty if is_empty else ""
        )

    async def ask(self, request: Request) -> Response:
        """Begin to answer; each question is shown at once, and its answer below when it comes.

        Raises BlankQuestion, TooLong, QueueFull.
        """
        form = await request.form()
        question, before = str(form.get("question", "")), str(form.get("before", ""))
        if not question.strip():
            raise BlankQuestion
        if len(question) > QUESTION_MAX:
            raise TooLong
        self.services.workers.check_queue()
        visitor = await self.page.visitor(request)
        messages = [PageMessage(one) for one in _questions(question)]
        visitor.messages.extend(messages)
        empty = strings.no_articles(may_add=self.page.access.right(request) >= Right.CHANGE)
        surfaces = [PageSurface(self.services, visitor, one, empty) for one in messages]
        task = self.page.begin(self._answer_each(surfaces, before))
        if not self.page.is_partial(request):
            await task
            return RedirectResponse(f"/#m{messages[0].id}", 303)
        return self.page.render(request, "messages.html", messages=messages)

    async def clear(self, request: Request) -> Response:
        """Forget the conversation and begin a new one."""
        visitor = await self.page.visitor(request)
        visitor.begin_anew()
        remove = self.services.library.records.replies.remove_by
        await self.services.workers.ask(remove, visitor.who, self.spaces[0])
        return RedirectResponse("/", 303)

    async def events(self, request: Request) -> Response:
        """Send a message whenever it changes, as server-sent events."""
        message = await self.page.message(request)

        async def events() -> AsyncIterator[str]:
            async for _ in message.changes():
                html = self.page.fragment(request, "body.html", message=message)
                yield event("edit", html)
            yield event("end", "")

        return StreamingResponse(events(), media_type="text/event-stream")

    async def press(self, request: Request) -> Response:
        """Do what a button of a message says. Raises Forgotten."""
        visitor, message = await self.page.visitor(request), await self.page.message(request)
        form = await request.form()
        pressed = str(form.get("press", ""))
        if not offers(pressed, self.page.access.right(request)):
            raise Forgotten
        reason = str(form.get("reason", "")).strip()[:REASON_MAX]
        for kind, press in self.presses.items():
            if button := kind.read(pressed):
                await press(visitor, message, button, reason)
        if not self.page.is_partial(request):
            where = "/" if message.question else "/articles"
            return RedirectResponse(f"{where}#m{message.id}", 303)
        return self.page.render(request, "below.html", message=message)

    async def _answer_each(self, surfaces: Sequence[PageSurface], before: str) -> None:
        """Answer one question after the other, as each may go on from the one before."""
        for surface in surfaces:
            await self._answer(surface, before)
            before = ""

    async def _answer(self, surface: PageSurface, before: str) -> None:
        message = surface.message
        try:
            if talk := talk_of(message.question):
                message.show(Payload(content=await self._talk(talk, surface.empty)))
            else:
                before = before or surface.visitor.last
                asked = clear(await self._asked(surface.visitor, message.question, before))
                with self.services.metrics.questions.asked(Origin.PAGE) as measured:
                    measured.answer = await self.services.flow.answer(asked, surface)
        except Exception as error:  # noqa: BLE001 - it is shown in place of the answer
            message.show(Payload(content=explained(error, message.id)))
        finally:
            message.end()

    async def _asked(self, visitor: Visitor, question: str, before: str) -> Asked:
        """Return a question with the turns that it goes on from."""
        replies, quick = self.services.library.records.replies, self.services.workers.quick
        chain = await quick(replies.chain, before, MAX_TURNS) if before else []
        chain = [one for one in chain if (one.space, one.who) == (self.spaces[0], visitor.who)]
        turns = tuple(Turn(one.question, one.answer, one.article) for one in chain)
        last = chain[-1].message if chain else None
        return Asked(question, self.spaces, turns=turns, before=last, who=visitor.who)

    async def _talk(self, talk: Talk, empty: str) -> str:
        words = strings.TALK[talk]
        if not talk.wants_examples:
            return words
        examples, is_empty = await suggested(self.services, self.spaces)
        questions = [escape(one) for one in examples]
        return with_examples(words, questions, empty if is_empty else "")

    async def _recall(self, visitor: Visitor, message: PageMessage) -> Asked:
        """Return what a message answers, to those who asked it alone. Raises Forgotten."""
        reply = await reply_of(self.services, int(message.id))
        if reply is None or reply.who != visitor.who or reply.space != self.spaces[0]:
            raise Forgotten
        return Asked(reply.question, self.spaces, reply.article, who=visitor.who)

    async def _passages(self, visitor: Visitor, message: PageMessage, *_: object) -> None:
        await self._turn(visitor, message, TurnButton("on", int(message.id), 0))

    async def _turn(
        self, visitor: Visitor, message: PageMessage, button: TurnButton, *_: object
    ) -> None:
        asked = await self._recall(visitor, message)
        message.reply_below(*await turned(self.services, asked, int(message.id), button.page))

    async def _vote(
        self, visitor: Visitor, message: PageMessage, button: VoteButton, reason: str
    ) -> None:
        """Note a vote; one that it did not help counts at once, and is asked why."""
        asked = await self._recall(visitor, message)
        votes, helpful = self.services.library.records.votes, button.helpful
        await self.services.workers.ask(put_vote, votes, asked, message.id, helpful, reason or None)
        thanks = Payload(content=ask_strings.thanks(ask_strings.VOTES[helpful]))
        message.reply_below(thanks, asks_reason=not helpful and not reason)

    async def _stop(self, _: Visitor, message: PageMessage, *__: object) -> None:
        if message.draft:
            message.draft.stop()


def _questions(text: str) -> list[str]:
    """Return the questions of a message in order; the message itself where it is small talk."""
    return [text.strip()] if talk_of(text) else questions_of(without_courtesies(text))


READING = (PassagesButton, TurnButton, StopButton, MoreButton)
"""Buttons for whoever may read."""

CHANGING = (VoteButton, UndoButton)


def offers(custom_id: str, right: Right) -> bool:
    """Return whether the page has a button of Discord's for those with a right."""
    kinds = (*READING, *CHANGING) if right >= Right.CHANGE else READING
    return any(kind.read(custom_id) for kind in kinds)


async def earlier(services: Services, space: Space, who: str) -> list[PageMessage]:
    """Return the last answers to somebody in a space, as far as their words are kept."""
    by = services.library.records.replies.by
    return [_as_kept(one) for one in await services.workers.quick(by, who, space, MESSAGES)]


def _as_kept(reply: Reply) -> PageMessage:
    """Return an answer in its words alone; its buttons find the quotes again."""
    message = PageMessage(reply.question, reply.message)
    title = fit(" ".join(reply.question.split()), TITLE_MAX)
    tone = Tone.FAILED if reply.answer is None else Tone.NEUTRAL
    said = ask_strings.REFUSED
    if reply.answer is not None:
        said = f"{fit(reply.answer, KEPT_MAX)}\n-# {strings.AS_KEPT}"
    items = (PassagesButton(), MoreButton(), VoteButton(True), VoteButton(False))
    message.show(Payload(card=Card(title, said, tone)), row(*items))
    message.end()
    return message


def event(name: str, data: str) -> str:
    """Return a server-sent event.

    https://html.spec.whatwg.org/multipage/server-sent-events.html
    """
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {name}\n{lines}\n"
