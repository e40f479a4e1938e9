"""Probes of every way in which something of one server might reach another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.world import World
from tests.soak.check import Figure, Rounds
from tests.soak.isolation import Report, probe

TITLE = "Nothing of a server reaches another"
SOAK = 10_000
SUITE = 50
"""The end-to-end tests make more, of every way."""

LONGEST_SECONDS = 3_600.0


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round is a probe."""

    async def go() -> Report:
        async with World(folder) as world:
            seconds = min(rounds.seconds, LONGEST_SECONDS)
            return await probe(world, count=rounds.count, seconds=seconds)

    report = asyncio.run(go())
    tried = f"{report.tried.total():,} by {len(report.tried)} ways"
    yield Figure("probes", tried, report.tried.total() > 0)
    crossed = "; ".join(report.crossed[:3]) or "none"
    yield Figure("what crossed", crossed, not report.crossed)
