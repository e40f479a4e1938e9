"""`python -m tests.soak.isolation [PROBES [SECONDS]]`: nothing of a server reaches another."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.world import World
from tests.soak.houses import House, settle
from tests.soak.ways import SHOWN, WAYS, Probe

PROBES = 10_000
AT_ONCE = 8
LASTING = ("ask", "ask_the_article", "offered_titles", "offered_feeds", "following", "passages")
"""Ways that show of an article, a feed and an answer that nobody took them away."""
TRIES = 20
"""A way may turn to a page where the secret is not."""


@dataclass
class Report:
    """How many probes of each way there were, and which of them got through."""

    tried: Counter[str] = field(default_factory=Counter)
    crossed: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __str__(self) -> str:
        return (
            f"isolation: {self.tried.total():,} probes, {len(self.tried)} ways, "
            f"{len(self.crossed)} crossed, {self.seconds:.0f} s"
        )


async def probe(
    world: World, *, count: int = PROBES, seconds: float = float("inf"), seed: int = 0
) -> Report:
    """Try `count` ways, or as many as there is time for; then look whether all is as it was.

    Raises AssertionError where a way does not show a secret to those whose it is.
    """
    houses = await settle(world)
    first, *_ = houses
    await _shown_at_home(world, [first], SHOWN)
    report, began = Report(), time.monotonic()
    chance = random.Random(seed)
    names = sorted(WAYS)

    async def prober(numbers: range) -> None:
        for n in numbers:
            if time.monotonic() - began > seconds:
                return
            name = names[n % len(names)]  # every way as often as the others
            own, other = chance.sample(houses, 2)
            answered = await WAYS[name](Probe(world, own, other, chance))
            report.tried[name] += 1
            if other.secret in json.dumps(answered, default=str, ensure_ascii=False).lower():
                report.crossed.append(f"{name}: {own.guild.name} saw {other.secret}")

    await asyncio.gather(*(prober(range(n, count, AT_ONCE)) for n in range(AT_ONCE)))
    await _shown_at_home(world, houses, LASTING)
    report.seconds = time.monotonic() - began
    return report


async def _shown_at_home(world: World, houses: list[House], ways: Iterable[str]) -> None:
    """Assert that ways show each house its own secret, so that it is there to be found."""

    async def one(house: House, name: str) -> None:
        for n in range(TRIES):
            answered = await WAYS[name](Probe(world, house, house, random.Random(n)))
            if house.secret in json.dumps(answered, default=str, ensure_ascii=False).lower():
                return
        raise AssertionError(f"{name} does not show {house.secret}")

    for house in houses:
        await asyncio.gather(*(one(house, name) for name in ways))


async def main(count: int = PROBES, seconds: float = float("inf")) -> int:
    """Probe a bot of its own; return the exit code."""
    with tempfile.TemporaryDirectory() as data:
        async with World(Path(data)) as world:
            report = await probe(world, count=count, seconds=seconds)
            world.faultless()
    print(report, *report.crossed, sep="\n")
    return 1 if report.crossed else 0


if __name__ == "__main__":
    given = [int(number) for number in sys.argv[1:]]
    sys.exit(asyncio.run(main(*given)))
