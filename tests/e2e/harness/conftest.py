"""One demo bot for all tests that leave it as it was."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from .environment import Environment, opened


@pytest_asyncio.fixture(loop_scope="package", scope="package")
async def shared_env() -> AsyncIterator[Environment]:
    async with opened() as env:
        yield env
        assert not env.fd.unknown_routes
        assert not [request for request in env.fd.requests if request.status == 599]


@pytest.fixture
def env(shared_env: Environment) -> Environment:
    """The shared environment, in a fresh channel."""
    shared_env.fd.clear_faults()
    shared_env.fd.buckets.clear()
    shared_env.channel = shared_env.guild.add_channel("general")
    return shared_env


@pytest.fixture
def impatient(env: Environment, monkeypatch: pytest.MonkeyPatch) -> Environment:
    """The shared environment, where interactions fail after 0.6 s."""
    assert env.fd.ack_window == 3
    monkeypatch.setattr(env.fd, "ack_window", 0.6)
    return env
