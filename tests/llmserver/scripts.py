"""What a server does with a request."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Script = Callable[[web.Request, dict[str, Any]], Awaitable[web.StreamResponse]]

PIECE_CHARS = 7
LONG_SECONDS = 120.0
"""Longer than any test waits."""


def says(
    text: str, *, finish: str | None = "stop", seconds_a_piece: float = 0.0, usage: int | None = 321
) -> Script:
    """Stream a text in pieces of a few characters, as models do."""

    async def reply(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        response = await _streamed(request, text, seconds_a_piece)
        await response.write(_event({"choices": [_choice({}, finish)]}))
        if usage is not None:
            await response.write(_event({"choices": [], "usage": {"total_tokens": usage}}))
        await response.write(b"data: [DONE]\n\n")
        return response

    return reply


def refusal(status: int, message: str = "no", **error: str) -> Script:
    """Answer with an error that repeats the key, as some servers do."""

    async def reply(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        said = f"{message} ({request.headers.get('Authorization')})"
        return web.json_response({"error": {"message": said, **error}}, status=status)

    return reply


def silent() -> Script:
    """Accept the request and say nothing."""

    async def reply(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(LONG_SECONDS)
        return web.Response()

    return reply


def stalls(text: str) -> Script:
    """Stream a text and then neither go on nor end."""

    async def reply(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        response = await _streamed(request, text)
        await asyncio.sleep(LONG_SECONDS)
        return response

    return reply


def broken_off(text: str) -> Script:
    """Stream a text and drop the connection."""

    async def reply(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        response = await _streamed(request, text)
        assert request.transport is not None
        request.transport.close()
        return response

    return reply


def nonsense() -> Script:
    """Stream events that are no JSON."""

    async def reply(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        response = await _streamed(request, "")
        await response.write(b'data: {"choices": [{"delta": \xff\xfe <<<\n\n')
        return response

    return reply


def page() -> Script:
    """Answer with a web page, as where the address is another server's."""

    async def reply(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
        return web.Response(text="<html><body>Welcome</body></html>", content_type="text/html")

    return reply


async def _streamed(
    request: web.Request, text: str, seconds_a_piece: float = 0.0
) -> web.StreamResponse:
    """Begin a stream with a text, which may go on."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    for start in range(0, len(text), PIECE_CHARS):
        piece = text[start : start + PIECE_CHARS]
        await response.write(_event({"choices": [_choice({"content": piece}, None)]}))
        await asyncio.sleep(seconds_a_piece)
    return response


def _choice(delta: dict[str, str], finish: str | None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish}


def _event(data: dict[str, Any]) -> bytes:
    whole = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "m", **data}
    return f"data: {json.dumps(whole)}\n\n".encode()
