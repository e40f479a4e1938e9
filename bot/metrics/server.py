"""/metrics and /health over HTTP, for this machine alone."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client.exposition import CONTENT_TYPE_LATEST

if TYPE_CHECKING:
    from bot.metrics.monitor import Monitor

HOST = "127.0.0.1"

NAMES = frozenset({HOST, "localhost"})
"""What a request may call this machine. A page whose name was made to resolve to it uses its own
name (DNS rebinding), and reads nothing."""

CLOSE_SECONDS = 1.0


log = logging.getLogger(__name__)


async def serve(monitor: Monitor, port: int) -> None:
    """Serve until cancelled; if the port is taken, log it and return."""
    runner = web.AppRunner(_app(monitor), access_log=None, shutdown_timeout=CLOSE_SECONDS)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        log.info("serving http://%s:%d/metrics and /health", HOST, port)
        await asyncio.Event().wait()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        log.error("METRICS_PORT %d cannot be used: %s; there is no /metrics", port, reason)
    finally:
        await runner.cleanup()


def _app(monitor: Monitor) -> web.Application:
    async def metrics(_: web.Request) -> web.Response:
        headers = {"Content-Type": CONTENT_TYPE_LATEST}
        return web.Response(body=await monitor.metrics(), headers=headers)

    async def health(_: web.Request) -> web.Response:
        wrong = await monitor.ailments()
        state = {"status": "failing" if wrong else "ok", "wrong": wrong}
        return web.json_response(state, status=503 if wrong else 200)

    app = web.Application(middlewares=[_only_this_machine])
    app.add_routes([web.get("/metrics", metrics), web.get("/health", health)])
    return app


@web.middleware
async def _only_this_machine(request: web.Request, handler: Handler) -> web.StreamResponse:
    if _name(request.host) not in NAMES:
        raise web.HTTPMisdirectedRequest
    return await handler(request)


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None
