"""Many interactions at once, and how long they took."""

# ruff: noqa: ASYNC109 (timeouts are part of what the users of the harness say)
from __future__ import annotations

import asyncio
import collections
import statistics
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from ..model import Message
from ..waiting import now
from .outcome import Outcome

MEASURED = ("ack", "first_content", "final")


@dataclass
class LoadReport:
    """How `n` interactions went; `times` in seconds by "ack", "first_content" and "final"."""

    n: int
    seconds: float
    times: dict[str, list[float]]
    errors: collections.Counter[str]

    def percentiles(self, which: str = "final") -> dict[str, Any]:
        """Give n, p50 to p99, max and mean of one kind of time, rounded to milliseconds."""
        times = sorted(self.times[which])
        out: dict[str, Any] = {"n": len(times)}
        for percent in (50, 90, 95, 99):
            index = min(len(times) - 1, int(percent / 100 * len(times)))
            out[f"p{percent}"] = round(times[index], 3) if times else None
        out["max"] = times and round(times[-1], 3)
        out["mean"] = times and round(statistics.mean(times), 3)
        return out

    def __str__(self) -> str:
        rate, errors = self.n / self.seconds, dict(self.errors) or "none"
        rows = [f"{self.n} in {self.seconds:.1f} s ({rate:.1f}/s), errors: {errors}"]
        rows += [f"  {which:13} {self.percentiles(which)}" for which in self.times]
        return "\n".join(rows)


async def load(
    make: Callable[[int], Awaitable[Outcome | Message]],
    n: int,
    *,
    concurrency: int = 50,
    rate: float | None = None,
    timeout: float = 120,
    settle: float = 0.5,
    until: Callable[[Any], object] | None = None,
) -> LoadReport:
    """Drive n interactions: make(i) does a slash(), say(), click()...

    At most `concurrency` are open at once, through their settling; `rate` gives starts per second
    (an open loop). Exceptions are counted, not raised.
    """
    times: dict[str, list[float]] = {which: [] for which in MEASURED}
    errors: collections.Counter[str] = collections.Counter()
    gate, start = asyncio.Semaphore(concurrency), now()

    async def one(number: int) -> None:
        if rate:
            await asyncio.sleep(max(0, start + number / rate - now()))
        async with gate:
            try:
                out = await make(number)
                out = out.fd.reply_to(out) if isinstance(out, Message) else out
                await out.final(timeout, settle, until)
                for which, found in times.items():
                    if (time := getattr(out, f"t_{which}")) is not None:
                        found.append(time)
            except Exception as error:
                errors[f"{type(error).__name__}: {str(error)[:80]}"] += 1

    await asyncio.gather(*(one(number) for number in range(n)))
    return LoadReport(n, now() - start, times, errors)
