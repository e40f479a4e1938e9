"""The one way from a question to its answer, whichever command, message or button it comes from."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.discord.permissions import visible
from bot.errors import Forgotten
from index.errors import FootnoteError
from index.followups.noun_phrases import is_speaker
from index.followups.turns import Turn
from index.followups.understanding import only_repeats, understood
from index.model import PUBLIC, Space

if TYPE_CHECKING:
    from bot.server_settings import ServerSettings
    from bot.services import Services
    from index.library import Library
    from index.model import Answer

SPEAKER_HITS = 5
"""Passages in which a name of a follow-up is looked for among those who say something."""


log = logging.getLogger(__name__)


def ask_on(
    library: Library,
    question: str,
    turns: Sequence[Turn],
    spaces: Sequence[Space],
    *,
    article_id: str | None = None,
    threshold: float | None = None,
    whole: str | None = None,
) -> Answer:
    """Ask a question that may go on from earlier turns, oldest first.

    `whole` is how a language model made it whole, if one did. An answer that only repeats what
    was said is a refusal. Raises UnknownArticle.
    """

    def speaks(name: str) -> bool:
        hits = library.search(name, spaces, article_id=article_id, limit=SPEAKER_HITS)
        return is_speaker(name, (hit.text for hit in hits))

    asked = whole or understood(question, turns, speaks)
    answer = library.ask(asked, spaces, article_id=article_id, threshold=threshold)
    if asked == question:
        return answer
    if only_repeats(question, [sentence.text for sentence in answer.sentences], turns):
        answer = replace(answer, answered=False, sentences=(), citations=())
    return replace(answer, question=question, understood=answer.understood or asked)


def turn(answer: Answer) -> Turn:
    """Return an answer as a turn of its conversation."""
    return Turn(answer.understood or answer.question, answer.text if answer.answered else None)


SHORT_WORDS = 5
"""A question of so few words in a conversation is likely to leave something out."""

_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|this|that)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and by whom and where it is asked.

    `guild_id` is None in direct messages; `article` is the id or title of the only one to ask;
    `source` is the id of the message that asks, None for commands and buttons; `turns` are what
    the question goes on from, oldest first.
    """

    question: str
    user_id: int
    guild_id: int | None
    article: str | None = None
    source: int | None = None
    turns: tuple[Turn, ...] = ()

    @property
    def space(self) -> Space:
        """Where it is counted."""
        return PUBLIC if self.guild_id is None else Space(str(self.guild_id))


async def ask(services: Services, asked: Asked, settings: ServerSettings) -> Answer:
    """Answer from what the asker may see at this moment; a follow-up as it is understood.

    Raises UnknownArticle, QueueFull.
    """
    whole: str | None = None
    if services.writer and _hangs(asked):
        most = settings.llm_daily_tokens
        whole = await services.writer.rewrite(asked.question, asked.turns, asked.space, most)
    services.workers.check_queue()
    return await services.workers.ask(
        _ask,
        services.library,
        asked,
        whole,
        visible(asked.guild_id, public=settings.public),
        settings.threshold,
    )


async def note(services: Services, asked: Asked, answer: Answer, message_id: int) -> None:
    """Count an answer that was sent, and remember what its message answers."""
    try:
        await services.workers.ask(_note, services.library, asked, answer, message_id)
    except (FootnoteError, TimeoutError) as error:  # the asker has the answer already
        log.warning("message %s is not remembered: %s", message_id, type(error).__name__)


async def recall(services: Services, message_id: int, user_id: int, guild_id: int | None) -> Asked:
    """Return what a message answers as a question of the user who presses its buttons.

    It is known only where it was asked: in its server, or to its asker in direct messages.
    Raises Forgotten.
    """
    reply = await services.workers.ask(services.library.records.replies.of, str(message_id))
    if reply is None:
        raise Forgotten
    asked = Asked(reply.question, user_id, guild_id, article=reply.article)
    if asked.space != reply.space or (guild_id is None and reply.who != str(user_id)):
        raise Forgotten
    return asked


def _hangs(asked: Asked) -> bool:
    """Tell whether a question may need the ones before it, though the rules do not see how."""
    if not asked.turns or understood(asked.question.strip(), asked.turns) != asked.question.strip():
        return False
    return len(asked.question.split()) <= SHORT_WORDS or bool(_PRONOUN.search(asked.question))


def _ask(
    library: Library,
    asked: Asked,
    whole: str | None,
    spaces: Sequence[Space],
    threshold: float | None,
) -> Answer:
    """Ask the library; `whole` is how a language model made a follow-up whole, if one did."""
    article_id = library.get(asked.article.strip(), spaces).id if asked.article else None
    return ask_on(
        library,
        asked.question.strip(),
        asked.turns,
        spaces,
        article_id=article_id,
        threshold=threshold,
        whole=whole,
    )


def _note(library: Library, asked: Asked, answer: Answer, message_id: int) -> None:
    records = library.records
    # A follow-up says nothing without what it goes on from.
    question = answer.understood or answer.question
    milliseconds = answer.timings_ms.get("total", 0.0)
    records.questions.count(asked.space, question, milliseconds, answered=answer.answered)
    records.replies.put(
        str(message_id),
        asked.space,
        str(asked.user_id),
        question,
        source=None if asked.source is None else str(asked.source),
        article=asked.article,
    )
