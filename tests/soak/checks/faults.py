"""Faults of Discord: calls fail in every way, and the gateway drops."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.environment import NATO, NATO_WORDS, Environment, words
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.simulation import faults, timing
from tests.soak.simulation.actions import Result
from tests.soak.simulation.activity import asking, prune
from tests.soak.simulation.servers import SERVERS, SUITE_SERVERS, started

TITLE = "Discord fails in every way"
SOAK = 100
SUITE = 2

ASKING = 10
THINK_SECONDS = (0.5, 2.0)

ROUND_SECONDS = 6.0
REST_FAULTS_PER_ROUND, REST_FAULT_SECONDS = 10, 0.3
"""Faults of calls in a round, and the time from one to the next; each meets a few calls."""

RECOVERY_SECONDS = 10.0
UNHANDLED = re.compile(
    r"never retrieved|Ignoring exception in (?!autocomplete)|stopped unexpectedly", re.IGNORECASE
)


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: calls fail, then the gateway is disconnected, while some people go on asking."""
    return iter(asyncio.run(_run(rounds, folder)))


async def _run(rounds: Rounds, folder: Path) -> list[Figure]:
    drops: Counter[str] = Counter()
    calls = 0
    servers = SERVERS if rounds.count > SUITE else SUITE_SERVERS
    async with started(folder, servers=servers) as sim:
        env = sim.env
        pid = env.bot.pid
        async with asking(sim, sim.users[:ASKING], THINK_SECONDS) as results:
            for number in rounds:
                calls += await _round(env, number)
                drops[faults.name(number)] += 1
            env.clear_faults()
        began = time.monotonic()
        asked = await env.alice.slash(env.general, "ask", question=NATO)
        answered = NATO_WORDS in words(await asked.final(settle=0))
        recovered = time.monotonic() - began
        log = env.bot.log_text
        running = env.bot.returncode is None and env.bot.pid == pid
    return [
        Figure("still running", "yes" if running else "no", running),
        Figure("calls that failed", f"{calls:,}", calls > 0),
        Figure("disconnected", ", ".join(f"{n} {how}" for how, n in drops.items()), bool(drops)),
        *_figures(results, log),
        Figure(
            "answered after the last fault in",
            f"{recovered:.1f} s",
            answered and recovered < RECOVERY_SECONDS,
            timed=answered,
        ),
    ]


async def _round(env: Environment, number: int) -> int:
    """Some seconds of it; how many calls met a fault."""
    fd, ends = env.fd, time.monotonic() + ROUND_SECONDS
    for nth in range(REST_FAULTS_PER_ROUND):
        faults.fail_calls(fd, nth)
        await asyncio.sleep(REST_FAULT_SECONDS)
    await faults.disconnect(fd, number)
    await asyncio.sleep(max(0.0, ends - time.monotonic()))
    hits = sum(fault.hits for fault in fd.faults)
    fd.clear_faults()
    prune(fd)
    return hits


def _figures(results: list[Result], log: str) -> list[Figure]:
    answered = [result for result in results if result.answered is not None]
    double = [
        f"{result.action}: {result.copies} answers" for result in answered if result.copies > 1
    ]
    leaked = [result.problem for result in results if result.problem and "saw" in result.problem]
    unhandled = [line for line in log.splitlines() if UNHANDLED.search(line)]
    return [
        timing.actions(results),
        timing.answers(results),
        Figure(
            "answered twice, or with another server's words",
            first_few(double + leaked),
            not (double + leaked),
        ),
        timing.unaccounted(results, log),
        Figure("exceptions that nothing handled", first_few(unhandled), not unhandled),
    ]
