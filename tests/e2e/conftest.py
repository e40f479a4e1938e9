"""One bot process for all tests that leave it running."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import pytest_asyncio

from tests.e2e.environment import RUN_ON_LOOPBACK, Environment


@pytest.fixture(scope="session")
def new_data(tmp_path_factory, model_cache):
    """Make data folders that share the converted model, which takes long to make."""

    def make():
        data = tmp_path_factory.mktemp("data")
        (data / "models").symlink_to(model_cache, target_is_directory=True)
        return data

    return make


# Not for the session: the loop of its Discord stands still while tests without a loop run.
@pytest_asyncio.fixture(loop_scope="session", scope="package")
async def shared(new_data):
    async with Environment(new_data()) as env:
        yield env
        env.assert_no_errors()


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def polling(new_data):
    """A bot of the module's own, as the shared one reaches no site on loopback."""
    async with Environment(new_data(), run=RUN_ON_LOOPBACK) as env:
        yield env
        env.assert_no_errors()


@pytest.fixture
def env(shared):
    shared.clear_faults()
    return shared


@pytest.fixture
def server(env):
    """A server of its own for each test."""
    guild = env.add_server("Library")
    return SimpleNamespace(
        guild=guild,
        channel=guild.add_channel("general"),
        manager=guild.add_member("Manager", permissions="manage_guild"),
        member=guild.add_member("Member"),
    )
