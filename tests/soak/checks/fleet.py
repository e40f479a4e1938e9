"""A fleet on PostgreSQL and Chroma whose processes are killed while people ask."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.site import Site
from tests.fakediscord.waiting import now
from tests.soak.check import Figure, Rounds
from tests.soak.fleet import judging
from tests.soak.fleet.fleet import Fleet, Plan, Process
from tests.soak.fleet.news import Desk, coming_in
from tests.soak.fleet.people import PUBLIC_ARTICLE, add_people, add_servers, asking

TITLE = "A fleet whose processes are killed while people ask"
SOAK = 60
SUITE = 4
"""All bots and a worker are killed, and both servers restarted."""

PLAN = Plan()
SUITE_PLAN = Plan(servers=18, people=60)
"""In the suite: three servers to a shard; the whole fleet takes all of two cores."""

KILL_SECONDS = 10.0
FEEDS = 12
THINK_SECONDS = (6.0, 18.0)
NEWS_SECONDS = 1.0
"""From one article that is indexed, and one that a feed has, to the next two."""


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: some seconds of questions and news, with a kill -9 at their beginning."""
    plan = PLAN if rounds.count > SUITE else SUITE_PLAN
    return iter(asyncio.run(_run(rounds, folder, plan)))


async def _run(rounds: Rounds, folder: Path, plan: Plan) -> list[Figure]:
    seeds = folder / "seeds"
    seeds.mkdir()
    (seeds / "barge.txt").write_text(PUBLIC_ARTICLE)
    async with Site() as site, Fleet(plan, folder) as fleet:
        servers = add_servers(fleet)
        people = add_people(fleet, servers)
        await fleet.start()
        desk = Desk(fleet, site)
        await desk.index_first(servers)
        await desk.add_feeds(servers[:FEEDS])
        async with (
            asking(fleet, people, THINK_SECONDS) as uses,
            coming_in(desk, servers, NEWS_SECONDS),
        ):
            kills = await _kill(fleet, rounds)
        missing, unfound = await desk.missing(), await desk.unfound()
        await desk.all_told()
        figures = [
            Figure("bots, workers, servers, people", _size(plan), held=True),
            kills,
            *judging.uses(fleet, uses),
            *await judging.records(fleet, uses),
            *judging.articles(desk, missing, unfound),
            await judging.vectors(fleet),
            judging.notified_once(
                "announced of feeds", [s.news for s in servers], desk.fed, all_named=True
            ),
            judging.notified_once("notified to subscribers", [s.alerts for s in servers], desk.fed),
            judging.isolation(servers, uses),
            *judging.logs(fleet),
        ]
        await fleet.stop()
        return [*figures, *judging.work(fleet, uses)]


def _size(plan: Plan) -> str:
    bots = f"{plan.bots} with {plan.shards_each} shards each"
    return f"{bots}, {plan.workers}, {plan.servers}, {plan.people}"


async def _kill(fleet: Fleet, rounds: Rounds) -> Figure:
    """Kill a process each round, the next that works, and restart the servers between."""
    killed: Counter[str] = Counter()
    sixth = rounds.count / 6
    restarts = {int(sixth): fleet.restart_database, int(3 * sixth): fleet.restart_chroma}
    restarts[int(5 * sixth)] = fleet.restart_database
    async with asyncio.TaskGroup() as starting:
        for number in rounds:
            ends = now() + KILL_SECONDS
            # The one whose last kill is longest ago.
            works = sorted(filter(Process.works, fleet.processes), key=lambda one: killed[one.name])
            for process in works[:1]:
                killed[process.name] += 1
                starting.create_task(process.kill())
            await asyncio.sleep(KILL_SECONDS / 2)
            if restart := restarts.get(number):
                killed[restart.__name__.removeprefix("restart_")] += 1
                await restart()
            await fleet.count_connections()
            await asyncio.sleep(max(0.0, ends - now()))
    counted = ", ".join(f"{name} {n} times" for name, n in killed.items())
    return Figure("killed", counted, bool(killed))
