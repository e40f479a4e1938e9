import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from index.errors import DamagedDatabase, StorageError
from index.ingest import Indexer
from index.model import PUBLIC
from index.store import sqlite
from index.store.catalog import Catalog
from tests.builders import long_document
from tests.fake_models import HashingEmbedder

KILLED = """
import os, pathlib, sys
from index.store.catalog import Catalog
from tests.unit.index.store.test_database import fill
catalog = Catalog(pathlib.Path(sys.argv[1]))
fill(catalog)
os._exit(9)
"""


def fill(catalog):
    for n in range(4):
        Indexer(catalog, HashingEmbedder()).ingest([long_document(f"T{n}", 60)])


@pytest.fixture
def path(tmp_path):
    """A closed database with some articles."""
    path = tmp_path / "footnote.db"
    catalog = Catalog(path)
    fill(catalog)
    catalog.close()
    return path


def spoil(path):
    """Overwrite the first page of the texts, as a failing disk would."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'versions'"
        (page,) = connection.execute(query).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)


def read_everything(catalog):
    with catalog.snapshot() as snapshot:
        for article in snapshot.articles([PUBLIC]):
            snapshot.text(article)
            snapshot.passages(article)


def test_a_file_that_is_no_database_is_damaged(tmp_path):
    path = tmp_path / "footnote.db"
    path.write_bytes(b"not a database, but long enough to look like a file" * 40)
    with pytest.raises(DamagedDatabase, match=r"footnote\.db"):
        Catalog(path)


def test_a_file_that_was_cut_short_is_damaged_whatever_its_size(path, monkeypatch):
    monkeypatch.setattr(sqlite, "ALWAYS_CHECKED_BYTES", 0)
    os.truncate(path, path.stat().st_size - 4096)
    with pytest.raises(DamagedDatabase, match="malformed"):
        Catalog(path)


def test_a_spoilt_page_is_found_at_the_start_of_a_small_database(path):
    spoil(path)
    with pytest.raises(DamagedDatabase):
        Catalog(path)


def test_a_large_database_is_read_through_after_an_unclean_stop_only(path, monkeypatch):
    monkeypatch.setattr(sqlite, "ALWAYS_CHECKED_BYTES", 0)
    spoil(path)
    Catalog(path).close()
    path.with_name("footnote.db-wal").write_bytes(b"left behind")
    with pytest.raises(DamagedDatabase):
        Catalog(path)


def test_damage_met_while_reading_is_named_as_such(path, monkeypatch):
    monkeypatch.setattr(sqlite, "ALWAYS_CHECKED_BYTES", 0)
    spoil(path)
    catalog = Catalog(path)
    with pytest.raises(DamagedDatabase):
        read_everything(catalog)
    catalog.close()


def test_what_a_killed_process_committed_is_there(tmp_path, monkeypatch, caplog):
    path = tmp_path / "footnote.db"
    killed = subprocess.run([sys.executable, "-c", KILLED, path], check=False)
    assert killed.returncode == 9
    checked = []
    monkeypatch.setattr(sqlite, "damage", lambda _: checked.append("read through") or [])
    monkeypatch.setattr(sqlite, "ALWAYS_CHECKED_BYTES", 0)
    catalog = Catalog(path)
    with catalog.snapshot() as snapshot:
        assert len(snapshot.articles([PUBLIC])) == 4
    assert checked == ["read through"]
    Catalog(path).close()  # beside the first, whose log it must not take for one left behind
    assert checked == ["read through"]
    catalog.close()


def test_a_read_only_folder_is_a_storage_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        Catalog(tmp_path / "file" / "footnote.db")


def test_a_file_deleted_meanwhile_is_an_error_and_not_an_empty_index(path):
    catalog = Catalog(path)
    path.unlink()
    with pytest.raises(StorageError), catalog.snapshot():
        pass
    assert not path.exists()
    catalog.close()


def test_a_transaction_that_fails_leaves_nothing(path):
    catalog = Catalog(path)
    with pytest.raises(StorageError, match="no such table"):
        run(catalog, "DELETE FROM articles", "DELETE FROM nowhere")
    catalog.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (4,)


def run(catalog, *statements):
    with catalog.database.writing() as writer:
        for statement in statements:
            writer.exec_driver_sql(statement)
