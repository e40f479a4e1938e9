"""Fifty people in twenty servers, all at once and again, while articles come in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.world import until
from tests.soak.check import Figure, Rounds
from tests.soak.city import inside as city_inside
from tests.soak.city import newsroom as city_newsroom
from tests.soak.city import timing as city_timing
from tests.soak.city.acts import Act, any_way
from tests.soak.city.opening import data_in, opened, seeds_in
from tests.soak.city.town import Town
from tests.soak.examining import some

TITLE = "All ask at once while articles are indexed"
SOAK = 20
SUITE = 1

THINK_SECONDS = 5.0
"""From the last answer to a wave of questions to the next wave."""

A_ROUND = 25
UPLOADED, ADDED = 10, 7
"""Articles of a round by /index file and by `footnote add`; the rest by the seeds folder."""

FOUND_SECONDS = 120.0


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: some articles come in each of three ways, while waves of questions go on."""
    return iter(asyncio.run(_run(rounds, folder)))


async def _run(rounds: Rounds, folder: Path) -> list[Figure]:
    port = city_inside.free_port()
    async with opened(folder, METRICS_PORT=str(port)) as town:
        before = await city_inside.lags(port)
        publishing = asyncio.create_task(_publish(rounds, town, folder))
        acts = await _waves(town, publishing)
        articles, problems = await publishing
        late = city_inside.lag(before, await city_inside.lags(port))
        town.world.faultless()
    return [
        Figure("articles indexed meanwhile", str(articles), articles > 0),
        Figure("articles lost or not indexed", some(problems), not problems),
        city_timing.uses(acts),
        city_timing.acknowledgements(acts),
        city_timing.answers(acts),
        city_timing.unanswered(acts),
        late,
    ]


async def _waves(town: Town, publishing: asyncio.Task[object]) -> list[Act]:
    """Have all ask at the same moment, and again some time after the last was answered."""
    acts: list[Act] = []
    while True:
        acts += await asyncio.gather(*(any_way(town, person) for person in town.people))
        await asyncio.wait([publishing], timeout=THINK_SECONDS)
        if publishing.done():
            return acts


async def _publish(rounds: Rounds, town: Town, folder: Path) -> tuple[int, list[str]]:
    """Have articles come in; how many, and what went wrong."""
    data, seeds = data_in(folder), seeds_in(folder)
    problems: list[str] = []
    last = 0
    for number in rounds:
        numbers = range(last, last := last + A_ROUND)
        hall = town.halls[number % len(town.halls)]
        city_newsroom.write(seeds, numbers[UPLOADED + ADDED :])
        beside = city_newsroom.add_beside(
            data, seeds.with_name(f"beside{number}"), numbers[UPLOADED:][:ADDED]
        )
        told, _ = await asyncio.gather(city_newsroom.upload(hall, numbers[:UPLOADED]), beside)
        problems += [told] if told else []
    try:
        await until(lambda: city_newsroom.published(data) >= set(range(last)), FOUND_SECONDS)
    except TimeoutError:
        missing = set(range(last)) - city_newsroom.published(data)
        problems.append(f"{len(missing)} articles are missing: {sorted(missing)[:5]}")
    return last, problems
