import sqlite3
from contextlib import closing

import pytest

from index.errors import StorageError
from index.model import PUBLIC, Space
from index.store import moving
from index.store.catalog import Catalog
from index.store.database import DATABASE
from index.store.moving import move
from index.store.records import Records
from index.store.schema import metadata
from tests.builders import document, long_document, open_library
from tests.unit.index.store.version1 import write_version1


@pytest.fixture
def data(tmp_path):
    """A data folder with something in most tables."""
    with open_library(tmp_path) as library:
        library.ingest([long_document(f"T{n}", 30, subject=f"s{n}") for n in range(4)])
        library.ingest([document("One\0two. Ferry \U0001f6a2.")], Space("7"), action="a")
        library.records.note("11", PUBLIC, "7", "who?", None, 12.0)
        library.records.settings.write(Space("7"), "k", [1], "7")
        library.records.subscriptions.put(PUBLIC, "7", "ferries", digest=True)
    return tmp_path


def moved(data, url):
    found = {}
    move(data, url, found.__setitem__)
    return found


def test_all_tables_are_there_and_the_file_is_as_it_was(data, postgres):
    url, before = postgres.create(), (data / DATABASE).read_bytes()
    rows = moved(data, url)
    assert rows.keys() == metadata.tables.keys() - {"counters"}
    assert (rows["articles"], rows["follows"], rows["replies"]) == (5, 1, 1)
    assert (data / DATABASE).read_bytes() == before
    assert not list(data.glob("moving-*"))
    with open_library(data) as old, open_library(data / "new", database_url=url) as new:
        assert new.list() == old.list()
        assert new.search("s3") == old.search("s3")
        assert [a.status for a in new.ingest([long_document("T0", 30, subject="s0")]).added] == [
            "unchanged"
        ]


def test_ids_go_on_after_those_that_were_copied(data, postgres):
    url = postgres.create()
    moved(data, url)
    with closing(Catalog(url)) as catalog:
        subscriptions = Records(catalog.database).subscriptions
        added = subscriptions.put(PUBLIC, "8", "bridges", digest=False).subscription
        assert added.id > subscriptions.by("7")[0].id


def test_one_that_was_stopped_goes_on(data, postgres, monkeypatch):
    url, copied = postgres.create(), []
    monkeypatch.setattr(moving, "BATCH", 2)
    insert = moving.sa.insert

    def stopped(table):
        copied.append(table.name)
        if copied.count("passages") == 3:
            raise KeyboardInterrupt
        return insert(table)

    monkeypatch.setattr(moving.sa, "insert", stopped)
    with pytest.raises(KeyboardInterrupt):
        moved(data, url)
    monkeypatch.setattr(moving.sa, "insert", insert)
    left = data / "moving-killed"
    left.mkdir()
    (left / DATABASE).write_text("of a call that was killed")
    with pytest.raises(StorageError, match="isn't complete yet"):
        open_library(data, database_url=url)
    assert moved(data, url)["articles"] == 5
    assert not left.exists()
    with open_library(data, database_url=url) as complete:
        assert len(complete.list()) == 4
    assert moved(data, url)["articles"] == 5  # and once more, with nothing left to do


def test_a_database_with_other_articles_is_left_alone(data, postgres, tmp_path):
    url = postgres.create()
    with open_library(tmp_path / "other", database_url=url) as other:
        other.ingest([document(title="Other")])
        with pytest.raises(StorageError, match="other articles"):
            moved(data, url)
        assert [article.title for article in other.list()] == ["Other"]
    with open_library(tmp_path / "other", database_url=url) as other:
        assert other.list()


def test_a_folder_that_is_open_is_not_moved(data, postgres):
    with open_library(data), pytest.raises(StorageError):
        moved(data, postgres.create())


def test_a_file_of_the_first_release_is_moved_and_stays_one(tmp_path, postgres):
    write_version1(tmp_path / DATABASE)
    assert moved(tmp_path, postgres.create())["articles"] == 2
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)


def test_there_is_nothing_to_move(tmp_path, postgres):
    with pytest.raises(StorageError):
        moved(tmp_path, postgres.create())
