"""Users who ask now and then while a check goes on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tests.fakediscord import FakeDiscord
from tests.fakediscord.waiting import now
from tests.soak.simulation.actions import Result, random_action
from tests.soak.simulation.faults import connected
from tests.soak.simulation.servers import Simulation, User

OFFLINE_SECONDS = 0.2
KEPT_SECONDS = 180.0
KEPT_MESSAGES = 60


@asynccontextmanager
async def asking(
    sim: Simulation, users: Sequence[User], think: tuple[float, float]
) -> AsyncIterator[list[Result]]:
    """Have users use the bot again and again, `think` seconds (from, to) before each use.

    At the end all of them have had their answers.
    """
    results: list[Result] = []
    ended = asyncio.Event()

    async def use(user: User) -> None:
        while not await within(ended, user.rng.uniform(*think)):
            if connected(sim.env.fd):  # to others the client says that the bot is offline
                results.append(await random_action(sim, user))
            else:
                await asyncio.sleep(OFFLINE_SECONDS)

    tasks = [asyncio.create_task(use(user)) for user in users]
    try:
        yield results
    finally:
        ended.set()
        await asyncio.gather(*tasks)


def prune(fd: FakeDiscord) -> None:
    """Drop what the server remembers of long ago: looking through it takes ever longer."""
    fd.requests.clear()
    for token, ix in list(fd.interactions.items()):
        if ix.t0 < now() - KEPT_SECONDS:
            del fd.interactions[token]
    for channel in fd.channels.values():
        channel.typing[:] = [one for one in channel.typing if one[0] > now() - KEPT_SECONDS]
        for id in list(channel.messages)[:-KEPT_MESSAGES]:
            del channel.messages[id]


async def within(event: asyncio.Event, seconds: float) -> bool:
    """Wait for an event; False where it does not come in time."""
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
