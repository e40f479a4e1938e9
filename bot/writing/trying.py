"""Whether a language model answers, for those who set it up."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from bot.writing.client import OpenAIModel
from bot.writing.faults import Fault, WritingFault
from index.answering.written.prompt import Message

if TYPE_CHECKING:
    from bot.settings import LanguageModelSettings

GREETING = (Message("user", "Reply with the word ready."),)
FEW_TOKENS = 16


async def attempt(settings: LanguageModelSettings) -> Fault | None:
    """Have it write a word; None where one came, however the text went on."""
    model = OpenAIModel(settings)
    try:
        async with asyncio.timeout(settings.timeout_seconds):
            async with aclosing(model.stream(GREETING, FEW_TOKENS)) as pieces:
                async for piece in pieces:
                    if piece.text.strip():
                        return None
        return Fault.EMPTY
    except TimeoutError:
        return Fault.SLOW
    except WritingFault as error:
        return error.fault
    finally:
        await model.close()
