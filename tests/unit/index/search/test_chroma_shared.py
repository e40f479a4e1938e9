"""Processes that share a Chroma server: one writes, all read."""

from contextlib import closing

import pytest

from index.model import PUBLIC
from index.search import chroma as chroma_module
from index.search import sync as sync_module
from index.search.chroma import CLOUD_RESULTS, ChromaAccess, ChromaPlace
from index.search.codes import CodeIndex
from index.search.hybrid import Dense, Scope
from index.search.sync import ChromaSync, Status
from index.store.catalog import Catalog
from tests import chroma as chroma_server
from tests.builders import document, long_document
from tests.fake_models import HashingEmbedder
from tests.unit.index.search.test_chroma_sync import add, stop
from tests.waiting import WAIT_SECONDS, block_until

pytestmark = pytest.mark.model

EMBEDDER = HashingEmbedder()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = chroma_server.Server(tmp_path_factory.mktemp("server") / "data")
    yield server
    server.end()


@pytest.fixture
def place(request, tmp_path):
    if getattr(request, "param", None) == "postgresql":
        return request.getfixturevalue("postgres").create()
    return tmp_path / "footnote.db"


@pytest.fixture
def catalog(place):
    with closing(Catalog(place)) as catalog:
        yield catalog


@pytest.fixture
def start(catalog, server, tmp_path, monkeypatch):
    """Start a process's sync with the server, whose database is the test's own."""
    for name in ("RETRY_SECONDS", "BUSY_RETRY_SECONDS", "QUIET_SECONDS"):
        monkeypatch.setattr(sync_module, name, 0.2)
    started = []

    def start():
        lock = catalog.database.lock("vectors")
        where = ChromaPlace(tmp_path / "chroma", server.url)
        sync = ChromaSync(catalog, where, lock, EMBEDDER.name, EMBEDDER.dimension)
        started.append(sync)
        sync.wake()
        return sync

    yield start
    for sync in started:
        stop(sync)
    with closing(chroma_module.Chroma(ChromaPlace(tmp_path, server.url), "any", 1)) as chroma:
        for collection in chroma._client.list_collections():
            chroma._client.delete_collection(collection.name)


def near(catalog, sync, words="word1 number 7 left quay"):
    """The ids of the passages that are nearest, as one process finds them by Chroma."""
    question = EMBEDDER.embed([words])[0]
    with catalog.snapshot() as snapshot:
        assert sync.behind(snapshot) == 0
        no_codes = CodeIndex(EMBEDDER.name, EMBEDDER.dimension)
        scope = Scope.all_of(snapshot, [PUBLIC])
        return [one[:2] for one in Dense(no_codes, sync).search(snapshot, scope, question, 10)]


def reads_all(catalog, sync):
    with catalog.snapshot() as snapshot:
        return sync.status is Status.IN_STEP and sync.behind(snapshot) == 0


def test_one_writes_and_all_read(catalog, start):
    add(catalog, *(long_document(f"T{n}", 30, f"word{n}") for n in range(3)))
    one = start()
    assert one.wait(WAIT_SECONDS)
    two = start()
    block_until(lambda: reads_all(catalog, two))
    assert (one.chroma.writes, two.chroma.writes) == (True, False)
    assert near(catalog, one) == near(catalog, two) != []

    (added,) = add(catalog, document(title="Weather", text="It rained."))
    one.wake()
    block_until(lambda: reads_all(catalog, two))
    assert near(catalog, two, "It rained.")[0][0] == (added.id, added.version)


@pytest.mark.parametrize("place", ["sqlite", "postgresql"], indirect=True)
def test_another_process_writes_on(catalog, start):
    add(catalog, document())
    one = start()
    assert one.wait(WAIT_SECONDS)
    two = start()
    block_until(lambda: reads_all(catalog, two))
    stop(one)
    block_until(lambda: two.chroma and two.chroma.writes)
    add(catalog, document(title="Weather", text="It rained."))
    two.wake()
    block_until(lambda: reads_all(catalog, two))
    assert len(near(catalog, two)) == 2


def test_a_server_that_lost_everything_is_filled_again(catalog, start, server):
    add(catalog, document())
    one = start()
    assert one.wait(WAIT_SECONDS)
    two = start()
    block_until(lambda: reads_all(catalog, two))
    server.begin_anew()
    block_until(lambda: not reads_all(catalog, two) or two.chroma.reached < 0)
    block_until(lambda: reads_all(catalog, one) and reads_all(catalog, two))
    assert len(near(catalog, two)) == 1


def test_what_another_model_wrote_is_not_read(server, tmp_path):
    where = ChromaPlace(tmp_path, server.url)
    with closing(chroma_module.Chroma(where, "other", 3)) as other:
        other.reach(7)
        with closing(chroma_module.Chroma(where, "hashing", 64, writes=False)) as reader:
            assert reader.reached == chroma_module.NEVER
        with closing(chroma_module.Chroma(where, "other", 3, writes=False)) as reader:
            assert reader.reached == 7
            other.lack(5)
            reader.sync_reached()
            assert reader.reached == 4


def test_tenant_database_and_key_are_sent(server, tmp_path):
    access = ChromaAccess("newsroom", "articles", "k3y")
    with closing(chroma_module.Chroma(ChromaPlace(tmp_path, server.url), "m", 3)) as usual:
        admin = usual._client._admin_client
        admin.create_tenant(access.tenant)
        admin.create_database(access.database, access.tenant)
    with closing(chroma_module.Chroma(ChromaPlace(tmp_path, server.url, access), "m", 3)) as own:
        session = own._client._server._session
        assert session.headers["X-Chroma-Token"] == access.key
        assert own.most == CLOUD_RESULTS
        own.reach(1)
        assert own._client.list_collections()[0].name == chroma_module.MARK
    assert access.key not in repr(access)
