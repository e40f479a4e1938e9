"""Probes of every action by which something of one server might reach another."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.e2e.environment import Environment
from tests.soak.isolation.actions import ACTIONS, SHOWING_OWN, Probe
from tests.soak.isolation.servers import Server, add_servers

AT_ONCE = 8
LASTING = ("ask", "ask_the_article", "offered_titles", "offered_feeds", "following", "passages")
"""Actions that show of an article, a feed and an answer that nobody took them away."""
TRIES = 20
"""An action may turn to a page where the secret is not."""


@dataclass
class Report:
    """How many probes of each action there were, and which of them showed a secret."""

    tried: Counter[str] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)


async def probe(
    env: Environment, *, count: int, seconds: float = float("inf"), seed: int = 0
) -> Report:
    """Make `count` probes, or as many as there is time for; then look whether all is as it was.

    Raises AssertionError where an action does not show a secret to its own server.
    """
    servers = await add_servers(env)
    await _assert_shown(env, servers[:1], SHOWING_OWN)
    report, began = Report(), time.monotonic()
    rng = random.Random(seed)
    names = sorted(ACTIONS)

    async def prober(numbers: range) -> None:
        for n in numbers:
            if time.monotonic() - began > seconds:
                return
            name = names[n % len(names)]  # every action as often as the others
            own, other = rng.sample(servers, 2)
            answered = await ACTIONS[name](Probe(env, own, other, rng))
            report.tried[name] += 1
            if _shows(answered, other):
                report.leaks.append(f"{name}: {own.guild.name} saw {other.secret}")

    await asyncio.gather(*(prober(range(n, count, AT_ONCE)) for n in range(AT_ONCE)))
    await _assert_shown(env, servers, LASTING)
    return report


async def _assert_shown(env: Environment, servers: list[Server], actions: Iterable[str]) -> None:
    """Assert that actions show each server its own secret, so that it is there to be found."""

    async def one(server: Server, name: str) -> None:
        for n in range(TRIES):
            if _shows(await ACTIONS[name](Probe(env, server, server, random.Random(n))), server):
                return
        raise AssertionError(f"{name} does not show {server.secret}")

    for server in servers:
        await asyncio.gather(*(one(server, name) for name in actions))


def _shows(answered: list[object], server: Server) -> bool:
    return server.secret in json.dumps(answered, default=str, ensure_ascii=False).lower()
