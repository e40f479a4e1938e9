import shutil

from index.ingest import Indexer
from index.model import PUBLIC
from index.search.bm25 import Bm25Index
from index.search.held import STALE_SECONDS
from index.search.sync import Bm25Sync
from index.store.snapshot import Snapshot
from tests.builders import document
from tests.fake_models import HashingEmbedder
from tests.fakes import Clock

LATER = "The harbour closed on Friday."


def add(catalog, text):
    indexer = Indexer(catalog, HashingEmbedder())
    (added,) = indexer.ingest([document(text=text, origin="/h")]).added
    return added.article.id, added.article.version


def bring_in_step(sync, catalog, **how):
    with catalog.snapshot() as snapshot:
        return sync.sync(snapshot, **how)


def found(bm25):
    hits = bm25.search("harbour", [PUBLIC], ["en"], limit=10)
    return {version for version, _, _ in hits}


def test_a_question_asked_before_a_newer_one_finds_its_own_version(catalog):
    bm25 = Bm25Index(None)
    sync = Bm25Sync(bm25)
    first = add(catalog, "The harbour opened on Monday.")
    with catalog.snapshot() as older:
        assert sync.sync(older)
        second = add(catalog, LATER)
        with catalog.snapshot() as newer:
            assert sync.sync(newer)
        assert not sync.sync(older)
        assert found(bm25) == {first, second}
        with catalog.snapshot() as newer:
            assert not sync.sync(newer)


def test_only_what_changed_is_read_again(catalog, monkeypatch):
    bm25 = Bm25Index(None)
    sync = Bm25Sync(bm25)
    first = add(catalog, "The harbour opened on Monday.")
    with catalog.snapshot() as snapshot:
        sync.sync(snapshot)
        seen = snapshot.generation
    asked = []
    changes = Snapshot.changes
    monkeypatch.setattr(
        Snapshot, "changes", lambda self, after=-1: asked.append(after) or changes(self, after)
    )
    catalog.remove([first[0]], PUBLIC)
    with catalog.snapshot() as snapshot:
        assert sync.sync(snapshot)
        assert not sync.sync(snapshot)
    assert asked == [seen]


def test_a_question_does_not_wait_long_for_what_another_thread_indexes(catalog, monkeypatch):
    monkeypatch.setattr("index.search.sync.WAIT_SECONDS", 0.01)
    sync = Bm25Sync(Bm25Index(None))
    add(catalog, "The harbour opened on Monday.")
    bring_in_step(sync, catalog, wait=False)
    add(catalog, LATER)
    with catalog.snapshot() as snapshot:
        with sync._lock:
            assert not sync.sync(snapshot, wait=False)
            assert not sync.in_step(snapshot)
        assert sync.sync(snapshot, wait=False)


def test_what_was_removed_while_closed_leaves_the_index(catalog, tmp_path):
    sync = Bm25Sync(Bm25Index(tmp_path / "lexical"))
    first = add(catalog, "The harbour opened on Monday.")
    bring_in_step(sync, catalog)
    catalog.remove([first[0]], PUBLIC)
    bm25 = Bm25Index(tmp_path / "lexical")
    sync = Bm25Sync(bm25)
    sync._held._clock = time = Clock(0.0)
    bring_in_step(sync, catalog)
    time.now = STALE_SECONDS
    other = add(catalog, "Nothing else.")
    bring_in_step(sync, catalog)
    assert first not in sync.versions
    assert found(bm25) == {other}


def test_a_folder_that_cannot_be_written_is_left_for_memory(catalog, tmp_path):
    bm25 = Bm25Index(tmp_path / "lexical")
    sync = Bm25Sync(bm25)
    first = add(catalog, "The harbour opened on Monday.")
    bring_in_step(sync, catalog)
    shutil.rmtree(tmp_path / "lexical")
    (tmp_path / "lexical").write_text("no folder")
    second = add(catalog, LATER)
    assert bring_in_step(sync, catalog)
    assert found(bm25) == {second}
    assert sync.versions == {second: 1}
    assert first not in sync.versions


def test_an_index_without_one_of_its_files_is_made_anew(catalog, tmp_path):
    add(catalog, LATER)
    with catalog.snapshot() as snapshot:
        Bm25Sync(Bm25Index(tmp_path / "lexical")).sync(snapshot)
        for file in (tmp_path / "lexical").glob("*.pos"):
            file.unlink()
        bm25 = Bm25Index(tmp_path / "lexical")
        assert bm25.contents() == {}
        Bm25Sync(bm25).sync(snapshot)
    assert len(found(bm25)) == 1


def test_a_folder_that_cannot_be_made_is_no_obstacle(tmp_path):
    (tmp_path / "lexical").write_text("no folder")
    assert Bm25Index(tmp_path / "lexical").contents() == {}
