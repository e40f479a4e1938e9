"""The server, in a thread of its own so that tests without an event loop can use it too."""

from __future__ import annotations

import asyncio
import threading
from typing import Any, Self

from aiohttp import web

from tests.llmserver.scripts import Script, says


class ScriptedServer:
    """Answers `/v1/chat/completions` by `script`; keeps what it was asked in `requests`."""

    def __init__(self, script: Script | None = None) -> None:
        self.script = script or says("")
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._started.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """What LLM_BASE_URL is set to."""
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def asked(self) -> str:
        """All that the last request told the model."""
        return "\n".join(message["content"] for message in self.requests[-1]["messages"])

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._reply)
        runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self._port = runner.addresses[0][1]
        self._started.set()
        await self._stop.wait()
        await runner.cleanup()

    async def _reply(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.requests.append(body)
        self.keys.append(request.headers.get("Authorization"))
        return await self.script(request, body)
