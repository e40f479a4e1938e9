"""What the bot asks of Discord over HTTP, and how soon people saw that it had heard them."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp
from prometheus_client import CollectorRegistry, Counter, Histogram

ACKNOWLEDGEMENT_SECONDS = (0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0)
"""Buckets. Discord gives up after three seconds."""

REQUEST_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Buckets."""

MOST_WAITING = 1_000
"""Interactions whose first response is awaited; beyond this the oldest are no longer measured."""

_CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback$")


class RequestMeter:
    """Sees every request of discord.py through `trace`, each try of a repeated one by itself."""

    def __init__(
        self, registry: CollectorRegistry, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._clock = clock
        self._arrived: dict[int, float] = {}
        self._acknowledged = Histogram(
            "footnote_acknowledgement_seconds",
            "From an interaction's arrival until Discord has taken the first response to it.",
            buckets=ACKNOWLEDGEMENT_SECONDS,
            registry=registry,
        )
        self._seconds = Histogram(
            "footnote_discord_request_seconds",
            "Requests to Discord that were answered.",
            buckets=REQUEST_SECONDS,
            registry=registry,
        )
        self._responses = Counter(
            "footnote_discord_responses",
            "Answers of Discord by HTTP status.",
            ["status"],
            registry=registry,
        )
        self._lost = Counter(
            "footnote_discord_lost_requests",
            "Requests that Discord did not answer.",
            registry=registry,
        )

    def arrived(self, interaction_id: int) -> None:
        """Note that an interaction came."""
        self._arrived[interaction_id] = self._clock()
        if len(self._arrived) > MOST_WAITING:
            del self._arrived[next(iter(self._arrived))]

    def trace(self) -> aiohttp.TraceConfig:
        """Return what a client is given as `http_trace`."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._start)
        trace.on_request_end.append(self._end)
        trace.on_request_exception.append(self._exception)
        return trace

    async def _start(
        self,
        _: aiohttp.ClientSession,
        context: SimpleNamespace,
        __: aiohttp.TraceRequestStartParams,
    ) -> None:
        context.began = self._clock()

    async def _end(
        self,
        _: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        now, status = self._clock(), params.response.status
        self._seconds.observe(now - context.began)
        self._responses.labels(status).inc()
        callback = _CALLBACK.search(params.url.path)
        if callback and status < 300:
            arrived = self._arrived.pop(int(callback[1]), None)
            if arrived is not None:
                self._acknowledged.observe(now - arrived)

    async def _exception(
        self,
        _: aiohttp.ClientSession,
        __: SimpleNamespace,
        ___: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        self._lost.inc()
