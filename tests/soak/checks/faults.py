"""Discord on a bad day: calls fail in every way, and the gateway drops."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.world import NATO, NATO_WORDS, World, words
from tests.soak.check import Figure, Rounds
from tests.soak.city import timing as city_timing
from tests.soak.city import weather as city_weather
from tests.soak.city.acts import Act
from tests.soak.city.living import forget, living
from tests.soak.city.opening import opened
from tests.soak.examining import some

TITLE = "Discord fails in every way"
SOAK = 100
SUITE = 2

ASKING = 10
THINK_SECONDS = (0.5, 2.0)

ROUND_SECONDS = 6.0
STRIKES, STRIKE_SECONDS = 10, 0.3
"""Faults of calls in a round, and the time from one to the next; each meets a few calls."""

WELL_SECONDS = 10.0
_UNHANDLED = re.compile(
    r"never retrieved|Ignoring exception in (?!autocomplete)|stopped unexpectedly", re.IGNORECASE
)


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: calls fail, then the gateway is disconnected, while some people go on asking."""
    return iter(asyncio.run(_run(rounds, folder)))


async def _run(rounds: Rounds, folder: Path) -> list[Figure]:
    drops: Counter[str] = Counter()
    calls = 0
    async with opened(folder) as town:
        world = town.world
        pid = world.bot.pid
        async with living(town, town.people[:ASKING], THINK_SECONDS) as acts:
            for number in rounds:
                calls += await _round(world, number)
                drops[city_weather.name(number)] += 1
            world.calm()
        began = time.monotonic()
        asked = await world.alice.slash(world.general, "ask", question=NATO)
        well = NATO_WORDS in words(await asked.final(60, settle=0))
        recovered = time.monotonic() - began
        log = world.bot.log_text
        running = world.bot.returncode is None and world.bot.pid == pid
    return [
        Figure("still running", "yes" if running else "no", running),
        Figure("calls that failed", f"{calls:,}", calls > 0),
        Figure("disconnected", ", ".join(f"{n} {how}" for how, n in drops.items()), bool(drops)),
        *_figures(acts, log),
        Figure(
            "answered after the last fault in",
            f"{recovered:.1f} s",
            well and recovered < WELL_SECONDS,
        ),
    ]


async def _round(world: World, number: int) -> int:
    """Some seconds of it; how many calls met a fault."""
    fd, ends = world.fd, time.monotonic() + ROUND_SECONDS
    for nth in range(STRIKES):
        city_weather.strike(fd, nth)
        await asyncio.sleep(STRIKE_SECONDS)
    await city_weather.disconnect(fd, number)
    await asyncio.sleep(max(0.0, ends - time.monotonic()))
    hits = sum(fault.hits for fault in fd.faults)
    fd.clear_faults()
    forget(fd)
    return hits


def _figures(acts: list[Act], log: str) -> list[Figure]:
    answered = [act for act in acts if act.answered is not None]
    double = [f"{act.way}: {act.copies} answers" for act in answered if act.copies > 1]
    crossed = [act.problem for act in acts if act.problem and "saw" in act.problem]
    unhandled = [line for line in log.splitlines() if _UNHANDLED.search(line)]
    return [
        city_timing.uses(acts),
        city_timing.answers(acts),
        Figure(
            "answered twice, or with another server's words",
            some(double + crossed),
            not (double + crossed),
        ),
        city_timing.unaccounted(acts, log),
        Figure("exceptions that nothing handled", some(unhandled), not unhandled),
    ]
