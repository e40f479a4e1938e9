"""The state of the bot over HTTP: /metrics in figures, /health in words."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler
from prometheus_client import Gauge, Info
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.errors import ShuttingDown
from bot.llm.writer import Writer
from bot.metrics.meters import Metrics
from bot.runtime.threads import Workers
from index.errors import FootnoteError
from index.library import Library
from index.model import IndexState

log = logging.getLogger(__name__)


class Monitor:
    """One for a bot, a worker or a page that serves its metrics."""

    def __init__(
        self,
        library: Library,
        workers: Workers,
        metrics: Metrics,
        latency: Callable[[], float] | None = None,
        writer: Writer | None = None,
    ) -> None:
        """`latency` is that of the gateway's heartbeat, in seconds; a bot alone has one."""
        self._library = library
        self._workers = workers
        self._gateway = metrics.gateway if latency else None
        self._registry = metrics.registry
        self.loop_lag = metrics.loop_lag
        Info("footnote_build", "The version.", registry=self._registry).info(
            {"version": version("footnote-bot")}
        )
        self._watch_pools()
        gauge = self._gauge
        if latency:
            gauge("gateway_latency_seconds", "Of the last heartbeat.").set_function(latency)
        if writer:
            resting = gauge("llm_resting", "1 while the language model is left in peace.")
            resting.set_function(lambda: float(writer.rests))
        self._database_up = gauge("database_up", "1 if the database could be read just now.")
        self._articles = gauge("articles", "Articles of all spaces.")
        self._passages = gauge("passages", "Passages of all articles.")
        self._bm25 = gauge("bm25_in_step", "1 if BM25 holds all articles.")
        self._chroma = gauge("chroma_in_step", "1 if Chroma holds all passages.")
        self._behind = gauge("chroma_behind_passages", "Passages that Chroma lacks.")
        self._feeds = gauge("feeds", "Feeds followed.")
        self._due = gauge("feeds_due", "Feeds that are to be checked by now.")
        self._failing = gauge("feeds_failing", "Feeds whose last check failed.")

    async def metrics(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        try:
            state, feeds = await self._read()
        except (FootnoteError, TimeoutError, ShuttingDown) as error:
            log.info("the database cannot be measured: %s", type(error).__name__)
            self._database_up.set(0)
        else:
            self._set(state, *feeds)
        return generate_latest(self._registry)

    async def problems(self) -> list[str]:
        """Return what keeps this process from answering; empty if nothing does."""
        cut_off = self._gateway is not None and not self._gateway.connected
        found = ["I'm not connected to Discord."] if cut_off else []
        found += [
            f"A call of the {pool.name} threads has been running for "
            f"{pool.longest_seconds:.0f} seconds."
            for pool in self._workers.pools
            if pool.longest_seconds > pool.hangs_seconds
        ]
        try:
            await self._read()
        except FootnoteError as error:
            log.warning("the database cannot be read: %s", error)
            found.append("I can't read the database; the log says why.")
        except TimeoutError:
            found.append("The database doesn't answer in time.")
        except ShuttingDown:
            found.append("I'm about to stop.")
        return found

    async def _read(self) -> tuple[IndexState, tuple[int, int, int]]:
        # In a task of its own: the bot waits for those that have worked for it before it stops,
        # and the one that serves a connection lasts as long as that.
        return await asyncio.create_task(self._workers.quick(self._stored))

    def _stored(self) -> tuple[IndexState, tuple[int, int, int]]:
        return self._library.index_state(), self._library.records.feeds.tally()

    def _set(self, state: IndexState, feeds: int, due: int, failing: int) -> None:
        self._database_up.set(1)
        self._articles.set(state.articles)
        self._passages.set(state.passages)
        self._bm25.set(state.bm25_in_step)
        self._chroma.set(state.chroma_in_step)
        self._behind.set(state.chroma_behind)
        self._feeds.set(feeds)
        self._due.set(due)
        self._failing.set(failing)

    def _watch_pools(self) -> None:
        workers = self._workers
        waiting = self._gauge("questions_waiting", "Questions that wait for their turn.")
        waiting.set_function(lambda: workers.waiting)
        for name, help_text, read in (
            ("running", "Calls that run.", lambda pool: pool.running),
            ("longest_seconds", "Age of the oldest.", lambda pool: pool.longest_seconds),
        ):
            gauge = Gauge(f"footnote_worker_{name}", help_text, ["pool"], registry=self._registry)
            for pool in workers.pools:
                gauge.labels(pool.name).set_function(partial(read, pool))

    def _gauge(self, name: str, help_text: str) -> Gauge:
        return Gauge(f"footnote_{name}", help_text, registry=self._registry)


HOST = "127.0.0.1"

NAMES = frozenset({HOST, "localhost"})
"""What a request may call this machine. A page whose name was made to resolve to it uses its own
name (DNS rebinding), and reads nothing."""

CLOSE_SECONDS = 1.0


async def measure(monitor: Monitor, port: int) -> None:
    """Measure the event loop, and serve all figures, until cancelled."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(monitor.loop_lag.run())
        tasks.create_task(serve(monitor, port))


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
        wrong = await monitor.problems()
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
