"""The bot under a steady load, with a fault now and then: what it takes of the machine."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from tests.soak.check import Figure, Rounds
from tests.soak.city import newsroom as city_newsroom
from tests.soak.city import timing as city_timing
from tests.soak.city import weather as city_weather
from tests.soak.city.living import forget, living
from tests.soak.city.opening import opened
from tests.soak.city.process import Sample, growth, sample
from tests.soak.city.town import Town
from tests.soak.examining import some

TITLE = "A steady load, with faults now and then"
SOAK = 60
SUITE = 1
"""`--rounds 360 --seconds 3600` for an hour."""

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
    async with opened(folder) as town:
        bot = town.world.bot
        sampling = asyncio.create_task(_sample(bot.pid, samples))
        async with living(town, town.people[:ASKING], THINK_SECONDS) as acts:
            for number in rounds:
                problems += await _round(town, number)
        sampling.cancel()
        log, running = bot.log_text, bot.returncode is None
    steady = samples[int(len(samples) * WARM_UP) :]
    found = [
        problem for act in acts if act.answered is not None and (problem := city_timing.wrong(act))
    ]
    return [
        Figure("still running", "yes" if running else "no", running),
        city_timing.uses(acts),
        Figure("think time", f"{THINK_SECONDS[0]:.0f} to {THINK_SECONDS[1]:.0f} s", held=True),
        city_timing.answers(acts),
        Figure("answers double, wrong or of another server", some(found), not found),
        city_timing.unaccounted(acts, log),
        Figure("articles not indexed or not removed", some(problems), not problems),
        *growth(steady),
    ]


async def _sample(pid: int, samples: list[Sample]) -> None:
    while True:
        samples.append(sample(pid))
        await asyncio.sleep(SAMPLE_SECONDS)


async def _round(town: Town, number: int) -> list[str]:
    """Some seconds, with articles first and a fault after; what went wrong with the articles."""
    fd, ends = town.world.fd, time.monotonic() + ROUND_SECONDS
    problems = await _news(town, number)
    if number % FAULT_EVERY == 1:
        city_weather.strike(fd, number // FAULT_EVERY)
    if number % DROP_EVERY == DROP_EVERY - 1:
        await city_weather.disconnect(fd, number // DROP_EVERY)
    forget(fd)
    await asyncio.sleep(max(0.0, ends - time.monotonic()))
    fd.clear_faults()
    return problems


async def _news(town: Town, number: int) -> list[str]:
    """Articles come, one changes, and of the oldest as many go as came."""
    # All of one server, so that each is there to be changed and removed.
    hall = town.halls[0]
    first = number * NEW
    told = [await city_newsroom.upload(hall, range(first, first + NEW))]
    if number:
        changed = max(0, first - KEPT // 2)
        told.append(await city_newsroom.upload(hall, range(changed, changed + CHANGED), version=1))
    if first >= KEPT:
        for old in range(first - KEPT, first - KEPT + NEW):
            told += [await _remove(hall.chief, hall.channel, city_newsroom.article(old)[0])]
    return [one for one in told if one]


async def _remove(chief, channel, title: str) -> str | None:
    try:
        asked = await (await chief.slash(channel, "remove", article=title)).final(60, settle=0.1)
        done = await (await chief.click(asked, "Remove")).final(60, settle=0.1)
    except (AssertionError, LookupError) as error:
        return f"{title} was not removed: {error}"
    return None if "Removed" in done.content_text else done.content_text
