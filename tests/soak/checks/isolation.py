"""Probes of every action by which something of one server might reach another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.environment import Environment
from tests.soak.check import Figure, Rounds
from tests.soak.isolation import Report, probe

TITLE = "Nothing of a server reaches another"
SOAK = 10_000
SUITE = 0
"""tests/e2e/test_isolation.py makes the probes."""

LONGEST_SECONDS = 3_600.0


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round is a probe."""

    async def go() -> Report:
        async with Environment(folder) as env:
            seconds = min(rounds.seconds, LONGEST_SECONDS)
            return await probe(env, count=rounds.count, seconds=seconds)

    return figures(asyncio.run(go()))


def figures(report: Report) -> Iterator[Figure]:
    """Return what is reported of the probes."""
    tried = f"{report.tried.total():,} by {len(report.tried)} actions"
    yield Figure("probes", tried, report.tried.total() > 0)
    leaks = "; ".join(report.leaks[:3]) or "none"
    yield Figure("what another server saw", leaks, not report.leaks)
