"""Fifty people in twenty servers, all at once and again, while articles come in."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from tests.soak.check import Figure, Rounds, first_few
from tests.soak.simulation import articles, timing
from tests.soak.simulation.actions import Result, random_action
from tests.soak.simulation.servers import SUITE_SERVERS, Simulation, seeds_in, started
from tests.waiting import free_port, until

TITLE = "All ask at once while articles are indexed"
SOAK = 20
SUITE = 1

THINK_SECONDS = 5.0
"""From the last answer to a wave of questions to the next wave."""

SUITE_USERS = 15

UPLOADED, ADDED, SEEDED = 10, 7, 8
"""Articles of a round by /index file, by `footnote add` and by the seeds folder."""
SUITE_ARTICLES = (3, 2, 2)

FOUND_SECONDS = 120.0


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: some articles come in each of three ways, while waves of questions go on."""
    return iter(asyncio.run(_run(rounds, folder)))


async def _run(rounds: Rounds, folder: Path) -> list[Figure]:
    port = free_port()
    suite = rounds.count <= SUITE
    size = {"servers": SUITE_SERVERS, "users": SUITE_USERS} if suite else {}
    numbers = SUITE_ARTICLES if suite else (UPLOADED, ADDED, SEEDED)
    async with started(folder, **size, METRICS_PORT=str(port)) as sim:
        before = await timing.lags(port)
        publishing = asyncio.create_task(_publish(rounds, sim, folder, numbers))
        results = await _waves(sim, publishing)
        count, problems = await publishing
        late = timing.lag(before, await timing.lags(port))
        sim.env.assert_no_errors()
    return [
        Figure("articles indexed meanwhile", str(count), count > 0),
        Figure("articles lost or not indexed", first_few(problems), not problems),
        timing.actions(results),
        timing.acknowledgements(results),
        timing.answers(results),
        timing.unanswered(results),
        late,
    ]


async def _waves(sim: Simulation, publishing: asyncio.Task[object]) -> list[Result]:
    """Have all ask at the same moment, and again some time after the last was answered."""
    results: list[Result] = []
    while True:
        results += await asyncio.gather(*(random_action(sim, user) for user in sim.users))
        await asyncio.wait([publishing], timeout=THINK_SECONDS)
        if publishing.done():
            return results


async def _publish(
    rounds: Rounds, sim: Simulation, folder: Path, counts: tuple[int, int, int]
) -> tuple[int, list[str]]:
    """Have so many articles come in each way and round; how many, and what went wrong."""
    data, seeds = folder / "data", seeds_in(folder)
    problems: list[str] = []
    last = 0
    uploaded, added, _ = counts
    for number in rounds:
        numbers = range(last, last := last + sum(counts))
        server = sim.servers[number % len(sim.servers)]
        articles.write(seeds, numbers[uploaded + added :])
        adding = articles.add_by_command_line(
            data, seeds.with_name(f"beside{number}"), numbers[uploaded:][:added]
        )
        problem, _ = await asyncio.gather(articles.upload(server, numbers[:uploaded]), adding)
        problems += [problem] if problem else []
    try:
        await until(lambda: articles.published(data) >= set(range(last)), FOUND_SECONDS)
    except TimeoutError:
        missing = set(range(last)) - articles.published(data)
        problems.append(f"{len(missing)} articles are missing: {sorted(missing)[:5]}")
    return last, problems
