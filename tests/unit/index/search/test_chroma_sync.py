import sqlite3
import time
from contextlib import closing
from types import SimpleNamespace

import numpy as np
import pytest

from index.ingest import Indexer
from index.model import PUBLIC
from index.search import chroma
from index.search import sync as sync_module
from index.search.chroma import ChromaPlace, LastStop, last_stop
from index.search.codes import CodeIndex
from index.search.hybrid import Dense, Scope
from index.search.probe import probe
from index.search.sync import ChromaSync, Status
from index.store.connections import Ownership
from index.store.database import DATABASE
from tests.builders import document, long_document
from tests.fake_models import HashingEmbedder
from tests.waiting import WAIT_SECONDS, block_until

EMBEDDER = HashingEmbedder()


def add(catalog, *documents):
    return [a.article for a in Indexer(catalog, EMBEDDER).ingest(documents).added]


def stop(sync):
    """Close as the library does."""
    sync.close()
    sync._ownership.release()


@pytest.fixture
def start(catalog, tmp_path):
    """Start syncing; with `waits` until Chroma has all."""
    started = []

    def start(*, waits=True):
        place = ChromaPlace(tmp_path / "chroma")
        sync = ChromaSync(catalog, place, Ownership(tmp_path), EMBEDDER.name, EMBEDDER.dimension)
        started.append(sync)
        sync.wake()
        assert not waits or sync.wait(WAIT_SECONDS)
        return sync

    yield start
    for sync in started:
        stop(sync)


def dense(snapshot, sync=None):
    codes = CodeIndex(EMBEDDER.name, EMBEDDER.dimension)
    codes.sync(snapshot)
    return Dense(codes, sync)


def everything(snapshot):
    return Scope.all_of(snapshot, [PUBLIC])


def test_chroma_and_exact_search_agree(catalog, start):
    articles = add(catalog, document(), *(long_document(f"T{n}", 30, f"word{n}") for n in range(3)))
    sync = start()
    question = EMBEDDER.embed(["word1 number 7 left quay"])[0]
    with catalog.snapshot() as snapshot:
        near = dense(snapshot, sync).search(snapshot, everything(snapshot), question, 10)
        exact = dense(snapshot).search(snapshot, Scope.of(articles), question, 10)
    assert near == exact  # to the last digit


def test_what_chroma_does_not_hold_yet_is_searched_exactly(catalog, start):
    add(catalog, document())
    sync = start()
    add(catalog, document(title="Weather", text="It rained."))
    with catalog.snapshot() as snapshot:
        articles = snapshot.articles([PUBLIC])
        question = EMBEDDER.embed(["It rained."])[0]
        found = dense(snapshot, sync).search(snapshot, everything(snapshot), question, 10)
    assert {key[0] for key, _, _ in found} == {a.id for a in articles}


def test_no_snapshot_is_held_while_chroma_is_written(catalog, start, tmp_path, monkeypatch):
    articles = add(catalog, *(document(f"T{n}", f"Number {n} left.") for n in range(3)))
    write, busy = chroma.Chroma.add, []

    def write_and_remove(self, *given):
        write(self, *given)
        if not busy:
            catalog.remove([articles[1].id], PUBLIC)
        with closing(sqlite3.connect(tmp_path / DATABASE, timeout=0)) as other:
            busy.append(other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])

    monkeypatch.setattr(chroma.Chroma, "add", write_and_remove)
    sync = start()
    assert busy == [0, 0]
    with catalog.snapshot() as snapshot:
        question = EMBEDDER.embed(["Number 1 left."])[0]
        found = dense(snapshot, sync).search(snapshot, everything(snapshot), question, 10)
    assert {key[0] for key, _, _ in found} == {articles[0].id, articles[2].id}


@pytest.mark.parametrize("passages", [0, 9], ids=["a bulk", "some news"])
def test_a_bulk_gives_way_to_questions(catalog, start, monkeypatch, passages):
    rests: list[float] = []
    monkeypatch.setattr(sync_module, "BULK_PASSAGES", passages)
    monkeypatch.setattr(sync_module, "GIVE_WAY_SECONDS", 7.0)
    monkeypatch.setattr(sync_module.time, "sleep", rests.append)
    add(catalog, document(), document("Weather", "It rained."))
    sync = start(waits=False)
    with catalog.snapshot() as snapshot:
        dense(snapshot, sync).search(snapshot, everything(snapshot), EMBEDDER.embed(["Rain"])[0], 1)
    sync._asked += 60.0  # as if others asked on
    assert sync.wait(30)
    assert rests.count(7.0) == (0 if passages else 2)


def test_a_stream_of_news_passes_before_chroma_is_written_to(catalog, start, monkeypatch):
    monkeypatch.setattr(sync_module, "QUIET_SECONDS", 0.5)
    add(catalog, document())
    sync = start(waits=False)
    for _ in range(10):
        time.sleep(0.1)
        assert sync.chroma is None
        sync.wake()
    block_until(lambda: sync.status is Status.IN_STEP)


def test_what_waits_for_a_pause_is_counted(catalog, start, monkeypatch):
    add(catalog, document())
    sync = start()
    monkeypatch.setattr(sync_module, "QUIET_SECONDS", 60.0)
    with catalog.snapshot() as snapshot:
        assert sync.behind(snapshot) == 0
    (added,) = add(catalog, document(title="Weather", text="It rained."))
    sync.wake()
    with catalog.snapshot() as snapshot:
        assert sync.behind(snapshot) == added.passages
    assert sync.wait(30)
    with catalog.snapshot() as snapshot:
        assert sync.behind(snapshot) == 0


def test_however_long_the_stream_it_is_written_in_the_end(catalog, start, monkeypatch):
    monkeypatch.setattr(sync_module, "QUIET_SECONDS", 30.0)
    monkeypatch.setattr(sync_module, "MOST_POSTPONED_SECONDS", 0.2)
    add(catalog, document())
    sync = start(waits=False)
    block_until(lambda: sync.status is Status.IN_STEP)


def test_whoever_waits_for_chroma_need_not_wait_for_a_pause(catalog, start, monkeypatch):
    monkeypatch.setattr(sync_module, "QUIET_SECONDS", 60.0)
    add(catalog, document())
    assert start(waits=False).wait(30)


def test_what_another_process_leaves_behind_is_written_at_once(
    catalog, start, tmp_path, monkeypatch
):
    monkeypatch.setattr(sync_module, "BUSY_RETRY_SECONDS", 0.1)
    monkeypatch.setattr(sync_module, "QUIET_SECONDS", 600.0)
    other = Ownership(tmp_path)
    assert other.obtain()
    add(catalog, document())
    sync = start(waits=False)
    block_until(lambda: sync.status is Status.OTHER_PROCESS)
    other.release()
    block_until(lambda: sync.status is Status.IN_STEP)
    stop(sync)


def fail(*_, **__):
    raise RuntimeError("query failed")


def lose(chroma):
    """Take vectors away without the sync knowing."""
    collection = chroma._collections[PUBLIC]
    collection.delete(ids=collection.get(include=[])["ids"][:1])


def refuse(chroma):
    """Make every query fail."""
    chroma._collections = {PUBLIC: SimpleNamespace(query=fail)}


@pytest.mark.parametrize("harm", [lose, refuse])
def test_a_failing_chroma_is_replaced_by_exact_search_and_repaired(catalog, start, harm):
    add(catalog, document(), document(title="Weather", text="It rained."))
    question = EMBEDDER.embed(["It rained."])[0]
    sync = start()
    broken = sync.chroma
    harm(broken)
    with catalog.snapshot() as snapshot:
        scope = everything(snapshot)
        assert len(dense(snapshot, sync).search(snapshot, scope, question, 10)) == 2
        assert sync.chroma is not broken
        assert sync.wait(30)
        assert len(sync.chroma.search(PUBLIC, question, 10)) == 2


def test_chroma_is_not_opened_before_there_is_news(catalog, tmp_path):
    place = ChromaPlace(tmp_path / "chroma")
    sync = ChromaSync(catalog, place, Ownership(tmp_path), EMBEDDER.name, EMBEDDER.dimension)
    assert sync.wait(0)
    sync.close()
    assert not place.folder.exists()


def test_a_clean_stop_is_recorded(catalog, start, tmp_path):
    add(catalog, document())
    sync = start()
    assert last_stop(tmp_path / "chroma") is LastStop.KILLED
    sync.close()
    assert last_stop(tmp_path / "chroma") is LastStop.CLEAN


def test_after_a_clean_stop_the_folder_is_opened_without_a_probe(catalog, start, monkeypatch):
    add(catalog, document())
    stop(start(waits=False))
    monkeypatch.setattr(chroma.subprocess, "run", fail)
    start()


def test_a_folder_that_was_changed_while_closed_is_rebuilt_unopened(catalog, start, tmp_path):
    add(catalog, document(), long_document("Barges", 60))
    sync = start()
    stop(sync)
    (header,) = (tmp_path / "chroma").rglob("header.bin")
    header.write_bytes(header.read_bytes()[:50])
    sync = start()
    assert not header.exists()
    assert sum(n for *_, n in sync.chroma.versions) == sum(a.passages for a in _articles(catalog))


def test_a_folder_of_another_model_is_emptied(catalog, start, tmp_path):
    (article,) = add(catalog, document())
    place = ChromaPlace(tmp_path / "chroma")
    other = chroma.Chroma(place, "other", 3)
    other.add(PUBLIC, [((article.id, article.version), 0)], np.eye(1, 3, dtype=np.float32))
    other.close()
    sync = start()
    question = EMBEDDER.embed(["harbour"])[0]
    assert len(sync.chroma.search(PUBLIC, question, 10)) == article.passages


def test_after_an_unclean_stop_a_damaged_folder_is_rebuilt(catalog, start, tmp_path):
    add(catalog, document(), long_document("Barges", 60))
    sync = start()
    stop(sync)
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    (tmp_path / "chroma.sealed").unlink()
    sync = start()
    assert sum(n for *_, n in sync.chroma.versions) == sum(a.passages for a in _articles(catalog))


def test_the_probe_passes_a_sound_folder(catalog, start, tmp_path):
    add(catalog, long_document("Barges", 60))
    stop(start())
    assert probe(tmp_path / "chroma")


def _articles(catalog):
    with catalog.snapshot() as snapshot:
        return snapshot.articles([PUBLIC])
