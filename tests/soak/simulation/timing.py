"""Response times and the lag of the event loop, as figures."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from tests.soak.check import Figure, first_few
from tests.soak.simulation.actions import QUEUE_FULL, Result

LAG = "footnote_event_loop_lag_seconds"

Buckets = dict[float, float]
"""How many ticks were at most so many seconds late."""


def at(percent: float, values: Iterable[float]) -> float:
    """A percentile, by the nearest rank; nan of none."""
    ordered = sorted(values)
    if not ordered:
        return math.nan
    return ordered[min(len(ordered), math.ceil(percent / 100 * len(ordered))) - 1]


def spread(values: Sequence[float]) -> str:
    """The figures of times in seconds."""
    p50, p99 = at(50, values), at(99, values)
    return f"p50 {p50:.2f} s, p99 {p99:.2f} s, most {max(values, default=math.nan):.2f} s"


def acknowledgements(results: Sequence[Result], *, p99: float = 1.0, most: float = 2.5) -> Figure:
    """How long it was until the first sign of life; `p99` and `most` are the bounds."""
    times = [result.acknowledged for result in results if result.acknowledged is not None]
    held = bool(times) and at(99, times) < p99 and max(times) < most
    return Figure("acknowledged after", spread(times), held, timed=bool(times))


def answers(results: Sequence[Result]) -> Figure:
    """How long it was until the answer."""
    times = [result.answered for result in results if result.answered is not None]
    return Figure("answered after", spread(times), bool(times))


def actions(results: Sequence[Result]) -> Figure:
    """What was done."""
    counted = Counter(result.action for result in results).most_common()
    kinds = ", ".join(f"{n} {action}" for action, n in counted)
    return Figure("uses", f"{len(results):,} ({kinds})", bool(results))


def unanswered(results: Sequence[Result]) -> Figure:
    """Which answers are missing, twice there, of another server, or were put off."""
    found = [problem for result in results if (problem := wrong(result))]
    found += [f"{result.action}: told to wait" for result in results if QUEUE_FULL in result.text]
    return Figure("answers lost, double, wrong or of another server", first_few(found), not found)


def unaccounted(results: Sequence[Result], log: str) -> Figure:
    """Which uses ended without an answer, and without a line of the log that names them."""
    lost = [result for result in results if result.answered is None]
    silent = [result for result in lost if result.logged_as not in log]
    problems = [f"{result.action}: {result.problem}" for result in silent]
    seen = f"{len(lost)} of them logged, not: {first_few(problems)}"
    return Figure("unanswered", seen if lost else "none", not silent)


def wrong(result: Result) -> str | None:
    """What is not as it has to be with one use."""
    return result.problem or (
        f"{result.action}: {result.copies} answers" if result.copies > 1 else None
    )


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
    """Return how late the event loop was in between; `p99` and `most` are bounds in seconds."""
    since = {bound: after[bound] - before[bound] for bound in sorted(after)}
    ticks = max(since.values(), default=0.0)
    nearly_all = next((bound for bound, count in since.items() if count >= 0.99 * ticks), 0.0)
    all_ = next((bound for bound, count in since.items() if count == ticks), 0.0)
    seen = f"p99 under {nearly_all * 1000:g} ms, most under {all_ * 1000:g} ms ({ticks:,.0f} ticks)"
    held = ticks > 0 and nearly_all <= p99 and all_ <= most
    return Figure("event loop late by", seen, held, timed=ticks > 0)
