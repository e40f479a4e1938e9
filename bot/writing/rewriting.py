"""Follow-up questions, made whole by the language model."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from bot.writing.faults import Fault, WritingFault
from index.answering.written.following import REWRITE_TOKENS, accepted, messages

if TYPE_CHECKING:
    from bot.writing.client import LanguageModel
    from index.conversation import Turn

REWRITE_SECONDS = 5.0
"""The answer waits for it."""


async def rewrite(
    question: str,
    turns: Sequence[Turn],
    model: LanguageModel,
    timeout_seconds: float = REWRITE_SECONDS,
) -> str | None:
    """Put a follow-up so that it can be understood alone, to be shown to the asker.

    None where that changes nothing, or names what nobody in the conversation has named. Raises
    WritingFault.
    """
    text = ""
    try:
        async with asyncio.timeout(timeout_seconds):
            stream = model.stream(messages(question, turns), REWRITE_TOKENS)
            async with aclosing(stream) as pieces:
                async for piece in pieces:
                    text += piece.text
    except TimeoutError as error:
        raise WritingFault(Fault.SLOW) from error
    return accepted(text, question, turns)
