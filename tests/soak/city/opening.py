"""The bot with its seeds in a town, for as long as a check lasts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.e2e.world import World
from tests.soak.city import newsroom
from tests.soak.city.town import Town, settle
from tests.soak.command import new_data


def data_in(folder: Path) -> Path:
    """The data folder of a check, as `new_data` makes it."""
    return folder / "data"


def seeds_in(folder: Path) -> Path:
    """The seeds folder of a check."""
    return folder / "seeds"


@asynccontextmanager
async def opened(folder: Path, **environment: str) -> AsyncIterator[Town]:
    """Start the bot with data and seeds in `folder`, and have people join."""
    newsroom.open_seeds(seeds_in(folder))
    environment["FOOTNOTE_SEEDS"] = str(seeds_in(folder))
    async with World(new_data(folder), **environment) as world:
        yield await settle(world)
