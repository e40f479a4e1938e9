"""Two processes with data folders of their own carry one bot, over one PostgreSQL."""

import shutil
import time
from contextlib import closing
from zlib import crc32

import psycopg
import pytest
import pytest_asyncio

from index.search.chroma import Chroma, ChromaPlace
from index.store.catalog import Catalog
from index.store.sessions import OURS
from tests import chroma
from tests.e2e import light_bot
from tests.e2e.environment import (
    NATO,
    NATO_WORDS,
    ROOT,
    RUN_ON_LOOPBACK,
    Environment,
    done,
    index,
    words,
)
from tests.e2e.test_shards import LEADS, STRIKE, posted, server_of, two_shards
from tests.fake_models import HashingEmbedder
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")
END = "Dockers at the harbour of Orm ended their strike over pay on Friday."
TAKEOVER_SECONDS = 30


@pytest.fixture
def seeds(tmp_path):
    """The articles, which both machines have at one path."""
    return shutil.copytree(ROOT / "seeds", tmp_path / "seeds")


@pytest_asyncio.fixture(loop_scope="session")
async def fleet(new_data, postgres, seeds):
    """The environment, whose own bot has shard 0 and leads, and the process with shard 1."""
    shared = {"DATABASE_URL": postgres.create(), "FOOTNOTE_SEEDS": str(seeds)}
    env = Environment(new_data(), ready=False, run=RUN_ON_LOOPBACK, SHARDS="0/2", **shared)
    async with two_shards(env, FOOTNOTE_DATA=str(new_data())) as found:
        yield found


def registrations(env):
    return sum(r.method == "PUT" and r.path.endswith("/commands") for r in env.fd.requests)


async def test_two_machines_carry_one_bot(fleet, seeds):
    """One test, as each start takes seconds."""
    env, second = fleet
    _, channel, manager = server_of(env, 1)
    assert NATO_WORDS in words(await manager.ask(channel, f"{env.at} {NATO}"))
    own = channel.guild.add_channel("strike")
    await done(manager.slash(own, "follow", topic="harbour strike", channel=own))

    (seeds / "strike.txt").write_text(f"Strike at Orm\n\n{STRIKE}\n")
    await env.bot.wait_log("strike.txt: added as article")
    asked = f"{env.at} Who went on strike at the harbour of Orm?"
    assert "Dockers" in words(await manager.ask(channel, asked))
    assert len(await posted(own, 1)) == 1
    assert LEADS not in second.log_text

    await env.bot.kill()
    killed = time.monotonic()
    await until(lambda: LEADS in second.log_text)
    assert time.monotonic() - killed < TAKEOVER_SECONDS
    (seeds / "end.txt").write_text(f"Strike at Orm ends\n\n{END}\n")
    await until(lambda: "end.txt: added as article" in second.log_text)
    assert len(await posted(own, 2)) == 2
    assert registrations(env) == 1


@pytest.fixture
def server(tmp_path):
    server = chroma.Server(tmp_path / "chroma")
    yield server
    server.end()


@pytest.fixture
def url(postgres):
    return postgres.create()


@pytest.fixture
def has_all(url, server, tmp_path):
    """Tell whether the Chroma server has all passages of the database."""
    kind = HashingEmbedder()
    place = ChromaPlace(tmp_path, server.url)
    with (
        closing(Catalog(url)) as catalog,
        closing(Chroma(place, kind.name, kind.dimension, writes=False)) as there,
    ):

        def has_all():
            there.sync_reached()
            with catalog.snapshot() as snapshot:
                return not snapshot.passages_after(there.reached, kind.name)

        yield has_all


def writer(url):
    """The session of the database whose process writes to the Chroma server."""
    with psycopg.connect(url) as connection:
        query = "SELECT pid FROM pg_locks WHERE classid = %s AND objid = %s AND granted"
        return connection.execute(query, [OURS, crc32(b"vectors") & 0x7FFFFFFF]).fetchone()


async def test_another_bot_writes_to_a_shared_chroma_server(new_data, url, server, has_all):
    shared = {"DATABASE_URL": url, "CHROMA_URL": server.url}
    env = Environment(new_data(), ready=False, run=light_bot.RUN, SHARDS="0/2", **shared)
    async with two_shards(env, light_bot.RUN, FOOTNOTE_DATA=str(new_data())):
        await until(has_all)
        first = writer(url)
        await env.bot.kill()
        _, channel, manager = server_of(env, 1)
        await index(env, manager, channel, "Strike", STRIKE)
        await until(has_all, TAKEOVER_SECONDS)
        assert writer(url) not in (None, first)
