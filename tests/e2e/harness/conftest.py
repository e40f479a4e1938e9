"""One demo bot for all tests that leave it as it was."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from .world import World, opened


@pytest_asyncio.fixture(loop_scope="package", scope="package")
async def shared_world() -> AsyncIterator[World]:
    async with opened() as world:
        yield world
        assert not world.fd.unknown_routes
        assert not [request for request in world.fd.requests if request.status == 599]


@pytest.fixture
def world(shared_world: World) -> World:
    """The shared world, in a fresh channel."""
    shared_world.fd.clear_faults()
    shared_world.fd.buckets.clear()
    shared_world.channel = shared_world.guild.add_channel("general")
    return shared_world


@pytest.fixture
def impatient(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The shared world, where interactions fail after 0.6 s."""
    assert world.fd.ack_window == 3
    monkeypatch.setattr(world.fd, "ack_window", 0.6)
    return world
