"""One scripted server for all tests of a run."""

import pytest

from index.store.usage import Tokens
from tests.llmserver.server import ScriptedServer
from tests.unit.bot.llm import builders


@pytest.fixture(scope="session")
def shared_server():
    with ScriptedServer() as server:
        yield server


@pytest.fixture
def server(shared_server):
    shared_server.requests.clear()
    shared_server.keys.clear()
    return shared_server


@pytest.fixture
def counts(catalog):
    return Tokens(catalog.database)


@pytest.fixture
async def writer(server, counts):
    # One second is little where three processes share two cores.
    writer = builders.writer(server.url, counts, timeout_seconds=60)
    yield writer
    await writer.close()
