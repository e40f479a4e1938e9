"""The one way from a question to its answer, whichever command, message or button it comes from."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.follow_ups import ask_on
from bot.permissions import visible
from index.conversation import Turn, understood
from index.errors import FootnoteError
from index.model import PUBLIC, Space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.cogs.services import Services
    from bot.server_settings import ServerSettings
    from index.library import Library
    from index.model import Answer

SHORT_WORDS = 5
"""A question of so few words in a conversation is likely to leave something out."""
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their|this|that)\b", re.IGNORECASE)

log = logging.getLogger(__name__)


class BlankQuestion(Exception):
    """There are no words in a question."""


class Forgotten(Exception):
    """What a message answers is not known, or no longer, or not to this user."""


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
