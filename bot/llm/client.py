"""A language model as a stream of text, by the openai SDK."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Protocol

import httpx  # noqa: F401 - openai looks for it, and may find it half imported by Chroma's thread
import openai

from bot.llm.draft import DraftFault, Fault
from bot.settings import LanguageModelSettings
from index.verification.prompt import ChatMessage

NO_KEY = "none"
"""Servers on one's own machine want no key, but the SDK wants to send one."""

THOUGHT_FACTOR = 4
"""Models that know the newer names count what they think as well."""

_NEWER = ("max_tokens", "temperature")
"""What some models refuse; they name it in their refusal."""

_UNFINISHED = ("", "length", "content_filter")
_STATUS = {401: Fault.KEY, 403: Fault.KEY, 404: Fault.MODEL, 429: Fault.BUSY}


@dataclass(frozen=True, slots=True)
class TextChunk:
    """A piece of a text or, with the last one of some servers, how many tokens it all took."""

    text: str = ""
    tokens: int | None = None


class LanguageModel(Protocol):
    """Writes texts; `name` is shown to people."""

    name: str

    def stream(
        self, messages: Sequence[ChatMessage], most_tokens: int
    ) -> AsyncGenerator[TextChunk, None]:
        """Yield a text as it comes, to its proper end. Raises DraftFault."""
        ...

    async def close(self) -> None:
        """Close its connections."""
        ...


class OpenAIModel:
    """A model behind any server that speaks OpenAI's chat completions.

    To be used and closed within one event loop.
    """

    def __init__(self, settings: LanguageModelSettings) -> None:
        self._client = openai.AsyncOpenAI(
            api_key=settings.key.get_secret_value() if settings.key else NO_KEY,
            base_url=settings.base_url,
            timeout=settings.timeout_seconds,
            max_retries=0,
            http_client=openai.DefaultAsyncHttpxClient(
                follow_redirects=False, timeout=settings.timeout_seconds
            ),
        )
        # The SDK reads OpenAI's own from the environment, which is nothing to other servers.
        self._client.organization = self._client.project = None
        self.name = settings.model
        self._newer = False

    async def close(self) -> None:
        """Close its connections."""
        await self._client.close()

    async def stream(
        self, messages: Sequence[ChatMessage], most_tokens: int
    ) -> AsyncGenerator[TextChunk, None]:
        """Yield a text as it comes, to its proper end. Raises DraftFault."""
        try:
            async with (
                await self._open(messages, most_tokens) as chunks,
                aclosing(_pieces(chunks)) as pieces,
            ):
                async for piece in pieces:
                    yield piece
        except DraftFault:
            raise
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, LookupError) as error:
            # Its text may repeat the response, and that the key.
            raise DraftFault(classify(error)) from None

    async def _open(self, messages: Sequence[ChatMessage], most_tokens: int) -> Any:
        try:
            return await self._create(messages, most_tokens)
        except openai.BadRequestError as error:
            if self._newer or error.param not in _NEWER:
                raise
            self._newer = True
            return await self._create(messages, most_tokens)

    async def _create(self, messages: Sequence[ChatMessage], most_tokens: int) -> Any:
        request: dict[str, Any] = {
            "model": self.name,
            "messages": [{"role": one.role, "content": one.text} for one in messages],
            "stream_options": {"include_usage": True},
        }
        if self._newer:
            request["max_completion_tokens"] = THOUGHT_FACTOR * most_tokens
        else:
            request |= {"max_tokens": most_tokens, "temperature": 0}
        return await self._client.chat.completions.create(stream=True, **request)


async def _pieces(chunks: Any) -> AsyncGenerator[TextChunk, None]:
    """Read chunks. Raises DraftFault where the text ends before the model had finished it."""
    finished = None
    async for chunk in chunks:
        finished = finished or ""
        for choice in chunk.choices or ():
            finished = choice.finish_reason or finished
            if choice.delta and choice.delta.content:
                yield TextChunk(choice.delta.content)
        if chunk.usage:
            yield TextChunk(tokens=int(chunk.usage.total_tokens))
    if finished is None:  # a web page, say
        raise DraftFault(Fault.GARBAGE)
    if finished in _UNFINISHED:
        raise DraftFault(Fault.CUT)


def classify(error: Exception) -> Fault:
    """Return what an error of the SDK, or of reading what came, means."""
    match error:
        case openai.APITimeoutError():
            return Fault.SLOW
        case openai.APIConnectionError():
            return Fault.UNREACHABLE
        case openai.APIStatusError():
            status = error.status_code
            return _STATUS.get(status, Fault.SERVER if status >= 500 else Fault.REFUSED)
        case openai.APIError():  # sent in the middle of a stream
            return Fault.SERVER
        case _:
            return Fault.GARBAGE


GREETING = (ChatMessage("user", "Reply with the word ready."),)
FEW_TOKENS = 16


async def attempt(settings: LanguageModelSettings) -> Fault | None:
    """Have the model write a word; return what went wrong, None if a word came."""
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
    except DraftFault as error:
        return error.fault
    finally:
        await model.close()
