"""Processes with folders of their own sync with one PostgreSQL."""

import time
from contextlib import closing, contextmanager
from unittest import mock

import psycopg
import pytest

from index.model import PUBLIC
from index.search import sync_thread
from index.search.sync_thread import SyncThread
from index.store.catalog import Catalog
from index.store.postgres import PostgresDatabase
from tests.builders import document, open_library
from tests.waiting import block_until


@pytest.fixture(autouse=True)
def only_notifications(monkeypatch):
    """Nothing is found by polling."""
    monkeypatch.setattr(sync_thread, "POLL_SECONDS", 600.0)
    monkeypatch.setattr(sync_thread, "REST_SECONDS", 0.0)


@pytest.fixture
def url(postgres):
    return postgres.create_empty()


@contextmanager
def process(folder, url):
    """A library with a folder of its own, which needs no Chroma for this."""
    chroma = mock.Mock(chroma=None, wait=lambda _: True, behind=lambda _: 0)
    with (
        mock.patch("index.library.ChromaSync", return_value=chroma),
        open_library(folder, chroma=True, database_url=url) as library,
    ):
        yield library


@pytest.fixture
def both(tmp_path, url):
    with process(tmp_path / "a", url) as one, process(tmp_path / "b", url) as two:
        yield one, two


def in_step(library, articles):
    state = library.index_state()
    return state.bm25_in_step and state.articles == articles


def test_what_one_publishes_the_other_has_before_it_is_asked(both):
    one, two = both
    (added,) = one.ingest([document()]).added
    block_until(lambda: in_step(two, 1))
    (hit, *_) = two.search("harbour opened")
    assert hit.article == added.article
    assert hit.bm25 > 0
    two.remove(added.article.id)
    block_until(lambda: in_step(one, 0))


def test_each_owns_the_indexes_of_its_folder(both, tmp_path, url):
    one, two = both
    assert one._owns
    assert two._owns
    with process(tmp_path / "a", url) as third:
        assert not third._owns
        assert third._sync_thread is None, "a guest's index is in memory, for its first question"


def test_what_came_while_the_server_was_away_is_found(both, postgres):
    one, two = both
    one.ingest([document()])
    block_until(lambda: in_step(two, 1))
    with mock.patch.object(sync_thread, "POLL_SECONDS", 0.1):
        postgres.stop()
        time.sleep(0.3)
        postgres.start()
        one.ingest([document(title="Weather", text="It rained.")])
        block_until(lambda: in_step(two, 2))


def test_without_notifications_it_polls(tmp_path, url, monkeypatch):
    monkeypatch.setattr(sync_thread, "POLL_SECONDS", 0.05)
    refused = mock.Mock(side_effect=psycopg.OperationalError("refused"))
    monkeypatch.setattr(PostgresDatabase, "_kept_open", refused)
    with process(tmp_path / "a", url) as one, process(tmp_path / "b", url) as two:
        one.ingest([document()])
        block_until(lambda: in_step(two, 1))


def test_what_fails_is_logged_and_tried_again(url, caplog):
    calls = []

    def fails():
        calls.append(1)
        raise RuntimeError("a bug")

    with closing(Catalog(url)) as catalog, closing(SyncThread(catalog.database.listener(), fails)):
        block_until(lambda: calls)
        catalog.remove([], PUBLIC, "action")
        with catalog.database.writing() as connection:
            connection.exec_driver_sql("NOTIFY footnote")
        block_until(lambda: len(calls) > 1)
    assert "a bug" in caplog.text
