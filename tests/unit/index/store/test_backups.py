import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import DamagedDatabase, SchemaTooNew, StorageError
from index.ingest import Indexer
from index.store.backups import restore, save
from index.store.catalog import Catalog
from index.store.schema import VERSION
from index.store.sqlite import APPLICATION_ID
from tests.builders import document, long_document, open_library
from tests.fake_models import HashingEmbedder
from tests.unit.index.store.test_database import spoil
from tests.unit.index.store.version1 import write_version1

HOLD = """
import pathlib, sys
from index.store.catalog import Catalog
catalog = Catalog(pathlib.Path(sys.argv[1]) / "footnote.db")
print("open", flush=True)
sys.stdin.read()
"""


def titles(data: Path) -> list[str]:
    with open_library(data) as library:
        return sorted(article.title for article in library.list())


def files(data: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in data.glob("footnote*")}


@pytest.fixture
def data(tmp_path):
    """A closed data folder with one article."""
    data = tmp_path / "data"
    with open_library(data) as library:
        library.ingest([document()])
    return data


@pytest.fixture
def backup(data, tmp_path):
    """A backup of it."""
    file = tmp_path / "backup.db"
    assert save(data, file) == 1
    return file


def test_answers_come_from_the_restored_articles_in_every_index(data, backup):
    with open_library(data, chroma=True) as library:
        (before,) = library.list()
        library.ingest([document(title="Weather", text="It rained on the harbour's valley.")])
        library.remove(before.id)
        library.ingest([document(title="Another", text="The harbour closed on Friday.")])
        assert library._vectors.wait(30)
    restore(backup, data)
    with open_library(data, chroma=True) as library:
        assert library.list() == (before,)
        assert {h.article.id for h in library.search("harbour")} == {before.id}
        assert library._vectors.wait(30)
        assert {h.article.id for h in library.search("harbour")} == {before.id}
        assert library.ask("Who cut the ribbon?").closest == (before,)
        assert library.health().problems == ()


def test_a_backup_is_one_file_that_opens_on_its_own(backup, tmp_path):
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(backup, alone / "footnote.db")
    assert titles(alone) == ["Harbour opens"]


def test_a_backup_made_while_articles_come_is_one_moment(tmp_path):
    catalog = Catalog(tmp_path / "footnote.db")
    indexer = Indexer(catalog, HashingEmbedder())
    done = threading.Event()

    def write() -> None:
        for n in range(400):
            indexer.ingest([long_document(f"T{n % 20}", 30, subject=f"s{n}")])
            if done.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    while not titles(tmp_path):
        pass
    counts = [save(tmp_path, tmp_path / f"{n}.db") for n in range(5)]
    assert writer.is_alive()
    done.set()
    writer.join()
    catalog.close()
    assert 0 < counts[0] < counts[-1] <= 20
    for n, articles in enumerate(counts):
        with closing(sqlite3.connect(tmp_path / f"{n}.db")) as connection:
            whole = connection.execute(
                "SELECT count(*) FROM articles a WHERE passages = (SELECT count(*) FROM passages p"
                " WHERE p.article = a.id AND p.version = a.version)"
            ).fetchone()
            assert whole == (articles,)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_is_only_in_the_log_is_saved_and_kept(data, tmp_path):
    """A killed process leaves its commits in the log; here one is held open instead."""
    copied = tmp_path / "killed"
    with open_library(data) as library:
        library.ingest([document(title="Weather", text="It rained.")])
        shutil.copytree(data, copied)
    save(copied, tmp_path / "both.db")
    restored = restore(tmp_path / "both.db", copied)
    assert restored.articles == 2
    shutil.move(restored.kept, copied / "footnote.db")
    assert titles(copied) == ["Harbour opens", "Weather"]


def test_a_backup_is_overwritten_only_when_asked_to(data, backup):
    before = backup.read_bytes()
    with pytest.raises(FileExistsError):
        save(data, backup)
    assert backup.read_bytes() == before
    with open_library(data) as library:
        library.ingest([document(title="Weather", text="It rained.")])
    assert save(data, backup, overwrite=True) == 2


@pytest.mark.parametrize("name", ["footnote.db", "footnote.db-wal"])
def test_a_backup_never_replaces_the_index_itself(data, name):
    before = files(data)
    with pytest.raises(StorageError, match="the index itself"):
        save(data, data / ".." / "data" / name, overwrite=True)
    assert files(data) == before


def test_a_damaged_index_makes_no_backup_and_spoils_none(data, backup):
    before = backup.read_bytes()
    spoil(data / "footnote.db")
    with pytest.raises(DamagedDatabase):
        save(data, backup, overwrite=True)
    assert backup.read_bytes() == before
    assert [p.name for p in backup.parent.glob("backup*")] == ["backup.db"]


def test_there_is_nothing_to_save_in_an_empty_folder(tmp_path):
    with pytest.raises(StorageError, match="no index yet"):
        save(tmp_path, tmp_path / "backup.db")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_is_restored_into_a_new_folder(backup, tmp_path):
    restored = restore(backup, tmp_path / "new")
    assert (restored.articles, restored.kept) == (1, None)
    assert titles(tmp_path / "new") == ["Harbour opens"]


def test_what_was_there_is_kept_each_time(data, backup):
    kept = [restore(backup, data).kept.name for _ in range(2)]
    assert kept == ["footnote.replaced.db", "footnote.replaced-2.db"]
    assert restore(data / kept[0], data).articles == 1


def test_a_damaged_index_is_replaced_and_kept(data, backup):
    spoil(data / "footnote.db")
    (data / "footnote.db-wal").write_bytes(b"left behind")
    before = files(data)
    restored = restore(backup, data)
    assert restored.kept.read_bytes() == before["footnote.db"]
    assert titles(data) == ["Harbour opens"]


def test_a_backup_of_the_first_release_is_brought_up_to_date(tmp_path):
    write_version1(tmp_path / "old.db")
    assert restore(tmp_path / "old.db", tmp_path / "data").articles == 2
    Catalog(tmp_path / "data" / "footnote.db").close()
    assert (tmp_path / "data" / "footnote.v1.db").exists()


def cut_short(file):
    file.write_bytes(file.read_bytes()[:-4096])


def no_database(file):
    file.write_text("Dear diary, " * 1000)


def empty(file):
    file.write_bytes(b"")


def newer(file):
    run(file, f"PRAGMA user_version = {VERSION + 1}")


def foreign(file):
    file.unlink()
    run(file, "CREATE TABLE bookmarks (url TEXT)", "PRAGMA user_version = 75")


def without_tables(file):
    file.unlink()
    run(file, f"PRAGMA application_id = {APPLICATION_ID}", f"PRAGMA user_version = {VERSION}")


def run(file, *statements):
    with closing(sqlite3.connect(file)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (cut_short, "it's damaged"),
        (spoil, "it's damaged"),
        (no_database, "it isn't a backup of Footnote"),
        (empty, "it's empty"),
        (newer, "has schema"),
        (foreign, "isn't a Footnote database"),
        (without_tables, "no such table"),
    ],
)
def test_what_cannot_be_restored_is_refused_and_nothing_is_lost(data, backup, change, error):
    change(backup)
    before = files(data)
    with pytest.raises((StorageError, SchemaTooNew), match=error) as caught:
        restore(backup, data)
    assert caught.value.path == str(backup)
    assert not isinstance(caught.value, DamagedDatabase)  # whose remedy is another backup
    assert files(data) == before


def test_nothing_is_restored_while_another_process_has_the_folder_open(data, backup):
    before = files(data)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, data], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StorageError, match="another process has it open"):
            restore(backup, data)
        assert save(data, backup, overwrite=True) == 1
        other.kill()
    assert before.items() <= files(data).items()
    assert restore(backup, data).articles == 1


def test_a_folder_that_is_being_restored_is_not_opened(data, monkeypatch):
    from index.store import connections

    monkeypatch.setattr(connections, "BUSY_TIMEOUT_SECONDS", 0.1)
    with connections.exclusive(data), pytest.raises(StorageError, match="being restored"):
        Catalog(data / "footnote.db")
    assert titles(data) == ["Harbour opens"]
