"""The bot under a steady load, with a fault now and then: what it takes of the machine."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from tests.soak.check import Figure, Rounds, first_few
from tests.soak.simulation import articles, faults, timing
from tests.soak.simulation.activity import asking, prune
from tests.soak.simulation.process import Sample, growth, sample
from tests.soak.simulation.servers import Simulation, started

TITLE = "A steady load, with faults now and then"
SOAK = 60
SUITE = 0
"""The check `load` asks and indexes too, and growth shows after minutes.

`--rounds 360 --seconds 3600` for an hour.
"""

ROUND_SECONDS = 10.0
SAMPLE_SECONDS = 2.0
ASKING = 20
THINK_SECONDS = (4.0, 12.0)

NEW, CHANGED, KEPT = 3, 1, 30
"""Articles that come and that change in a round, and how many of them there are at most."""

FAULT_EVERY, DROP_EVERY = 2, 6
"""Rounds from one fault of calls, or of the gateway, to the next."""

WARM_UP = 0.25
"""Of the time: what is remembered of questions and articles has reached its bounds then."""


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: some seconds of questions; articles are added, changed and removed."""
    return iter(asyncio.run(_run(rounds, folder)))


async def _run(rounds: Rounds, folder: Path) -> list[Figure]:
    problems: list[str] = []
    samples: list[Sample] = []
    async with started(folder) as sim:
        bot = sim.env.bot
        sampling = asyncio.create_task(_sample(bot.pid, samples))
        async with asking(sim, sim.users[:ASKING], THINK_SECONDS) as results:
            for number in rounds:
                problems += await _round(sim, number)
        sampling.cancel()
        log, running = bot.log_text, bot.returncode is None
    steady = samples[int(len(samples) * WARM_UP) :]
    found = [
        problem
        for result in results
        if result.answered is not None and (problem := timing.wrong(result))
    ]
    return [
        Figure("still running", "yes" if running else "no", running),
        timing.actions(results),
        Figure("think time", f"{THINK_SECONDS[0]:.0f} to {THINK_SECONDS[1]:.0f} s", held=True),
        timing.answers(results),
        Figure("answers double, wrong or of another server", first_few(found), not found),
        timing.unaccounted(results, log),
        Figure("articles not indexed or not removed", first_few(problems), not problems),
        *growth(steady),
    ]


async def _sample(pid: int, samples: list[Sample]) -> None:
    while True:
        samples.append(sample(pid))
        await asyncio.sleep(SAMPLE_SECONDS)


async def _round(sim: Simulation, number: int) -> list[str]:
    """Some seconds, with articles first and a fault after; what went wrong with the articles."""
    fd, ends = sim.env.fd, time.monotonic() + ROUND_SECONDS
    problems = await _change_articles(sim, number)
    if number % FAULT_EVERY == 1:
        faults.fail_calls(fd, number // FAULT_EVERY)
    if number % DROP_EVERY == DROP_EVERY - 1:
        await faults.disconnect(fd, number // DROP_EVERY)
    prune(fd)
    await asyncio.sleep(max(0.0, ends - time.monotonic()))
    fd.clear_faults()
    return problems


async def _change_articles(sim: Simulation, number: int) -> list[str]:
    """Articles come, one changes, and of the oldest as many go as came."""
    # All of one server, so that each is there to be changed and removed.
    server = sim.servers[0]
    first = number * NEW
    results = [await articles.upload(server, range(first, first + NEW))]
    if number:
        changed = max(0, first - KEPT // 2)
        results.append(await articles.upload(server, range(changed, changed + CHANGED), version=1))
    if first >= KEPT:
        for old in range(first - KEPT, first - KEPT + NEW):
            results += [await _remove(server.manager, server.channel, articles.article(old)[0])]
    return [one for one in results if one]


async def _remove(manager, channel, title: str) -> str | None:
    try:
        asked = await (await manager.slash(channel, "remove", article=title)).final()
        done = await (await manager.click(asked, "Remove")).final()
    except (AssertionError, LookupError) as error:
        return f"{title} was not removed: {error}"
    return None if "Removed" in done.content_text else done.content_text
