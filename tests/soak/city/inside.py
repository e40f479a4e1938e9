"""What the bot's process tells of itself at /metrics."""

from __future__ import annotations

import socket

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.soak.check import Figure

LAG = "footnote_event_loop_lag_seconds"

Buckets = dict[float, float]
"""How many ticks were at most so many seconds late."""


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def lags(port: int) -> Buckets:
    """The buckets of the event loop's lag since the start."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as response,
    ):
        families = text_string_to_metric_families(await response.text())
        return {
            float(sample.labels["le"]): sample.value
            for family in families
            for sample in family.samples
            if sample.name == f"{LAG}_bucket"
        }


def lag(before: Buckets, after: Buckets, *, p99: float = 0.05, most: float = 0.25) -> Figure:
    """How late the event loop was in between, by buckets; `p99` and `most` are the bounds."""
    since = {bound: after[bound] - before[bound] for bound in sorted(after)}
    ticks = max(since.values(), default=0.0)
    nearly_all = next((bound for bound, count in since.items() if count >= 0.99 * ticks), 0.0)
    all_ = next((bound for bound, count in since.items() if count == ticks), 0.0)
    seen = f"p99 under {nearly_all * 1000:g} ms, most under {all_ * 1000:g} ms ({ticks:,.0f} ticks)"
    held = ticks > 0 and nearly_all <= p99 and all_ <= most
    return Figure("event loop late by", seen, held, timed=ticks > 0)
