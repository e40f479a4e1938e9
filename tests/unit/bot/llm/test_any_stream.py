"""Whatever a language model's server sends, it is a text or the one fault that says what it was."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from unittest import mock

import httpx
import openai
from hypothesis import event, given
from hypothesis import strategies as st

from bot.llm.client import OpenAIModel
from bot.llm.draft import DraftFault
from index.verification.prompt import ChatMessage
from tests.properties import examples
from tests.strategies import encoded, joined, words
from tests.unit.bot.llm.builders import settings

URL = "http://127.0.0.1:9/v1"
STATUS = [200, 200, 200, 200, 204, 301, 400, 401, 404, 429, 500, 503]
TYPES = ["text/event-stream", "application/json", "text/html", ""]
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), words)
near = st.one_of(scalars, st.lists(scalars, max_size=2), st.dictionaries(words, scalars))


def fields(**each: st.SearchStrategy) -> st.SearchStrategy[dict]:
    """An object with those fields, or with some of them, or with something else in them."""
    right = {name: st.one_of(value, value, value, near) for name, value in each.items()}
    return st.fixed_dictionaries({}, optional=right)


texts = st.one_of(words, st.just("He left. [1]\n"))
chunks = fields(
    choices=st.lists(
        fields(
            delta=fields(content=texts, role=st.just("assistant")),
            finish_reason=st.sampled_from([None, "stop", "length", "content_filter"]),
            index=st.just(0),
        ),
        max_size=2,
    ),
    usage=st.one_of(st.none(), fields(total_tokens=st.integers(0, 9))),
    error=st.one_of(st.none(), st.just({"message": "no"})),
)
RAW = [
    "data: ",
    "data: [DONE]\n\n",
    "\n\n",
    "{",
    "}",
    '{"choices":[]}',
    "event: error\n",
    ": x\n",
    "id: 1\n",
]
lines = st.one_of(
    chunks.map(lambda chunk: f"data: {json.dumps(chunk)}\n\n".encode()),
    st.just(b"data: [DONE]\n\n"),
    encoded(joined(RAW, most=4)),
)
bodies = st.lists(lines, max_size=8).map(b"".join)


async def received(model: OpenAIModel) -> str:
    pieces = model.stream([ChatMessage("user", "Who left?")], 50)
    return "".join([piece.text async for piece in pieces])


def answering(status: int, kind: str, body: bytes) -> OpenAIModel:
    """A model whose server answers so."""
    transport = httpx.MockTransport(
        lambda _: httpx.Response(status, headers={"content-type": kind}, content=body)
    )

    def client(**options: Any) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=transport, **options)

    with mock.patch.object(openai, "DefaultAsyncHttpxClient", client):
        return OpenAIModel(settings(URL))


@examples(30)
@given(st.sampled_from(STATUS), st.sampled_from(TYPES), bodies)
def test_any_reply_is_a_text_or_a_fault(status: int, kind: str, body: bytes):
    async def receive() -> None:
        model = answering(status, kind, body)
        try:
            text = await received(model)
        except DraftFault as fault:
            event(f"fault: {fault.fault}")
        else:
            event("a text")
            assert isinstance(text, str)
        finally:
            await model.close()

    asyncio.run(receive())
