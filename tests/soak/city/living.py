"""People who ask now and then, for as long as it takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tests.fakediscord import FakeDiscord
from tests.fakediscord.waiting import now
from tests.soak.city.acts import Act, any_way
from tests.soak.city.town import Person, Town
from tests.soak.city.weather import connected

OFFLINE_SECONDS = 0.2
KEPT_SECONDS = 180.0
KEPT_MESSAGES = 60


@asynccontextmanager
async def living(
    town: Town, people: Sequence[Person], think: tuple[float, float]
) -> AsyncIterator[list[Act]]:
    """Have people use the bot again and again, with a time to think before each use.

    In the end all of them have had their answers.
    """
    acts: list[Act] = []
    ended = asyncio.Event()

    async def live(person: Person) -> None:
        while not await _within(ended, person.chance.uniform(*think)):
            if connected(town.world.fd):  # to others the client says that the bot is offline
                acts.append(await any_way(town, person))
            else:
                await asyncio.sleep(OFFLINE_SECONDS)

    lives = [asyncio.create_task(live(person)) for person in people]
    try:
        yield acts
    finally:
        ended.set()
        await asyncio.gather(*lives)


def forget(fd: FakeDiscord) -> None:
    """Drop what the server remembers of long ago: looking through it takes ever longer."""
    fd.requests.clear()
    for token, ix in list(fd.interactions.items()):
        if ix.t0 < now() - KEPT_SECONDS:
            del fd.interactions[token]
    for channel in fd.channels.values():
        channel.typing[:] = [one for one in channel.typing if one[0] > now() - KEPT_SECONDS]
        for id in list(channel.messages)[:-KEPT_MESSAGES]:
            del channel.messages[id]


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
