import sqlite3
from contextlib import closing

import numpy as np
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from index.errors import DamagedDatabase, SchemaTooNew, StorageError
from index.library import Library
from index.model import PUBLIC, Space
from index.models.embedder import binary_codes
from index.store import sqlite
from index.store.catalog import Catalog
from index.store.migrations import upgrade
from index.store.schema import VERSION, metadata, shared
from index.store.sqlite import APPLICATION_ID
from tests.builders import document
from tests.unit.index.store.version1 import EMBEDDER, write_version1


@pytest.fixture
def path(tmp_path):
    """A database of the first release."""
    path = tmp_path / "footnote.db"
    write_version1(path)
    return path


def rows(path, query):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def version(path):
    return rows(path, "PRAGMA user_version")[0][0]


def columns(path):
    query = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c ORDER BY 1, 2"
    return rows(path, query)


def test_articles_of_the_first_release_answer_after_the_migration(path):
    with Library.open(path.parent, EMBEDDER, chroma=False) as library:
        assert library.search("who cut the ribbon?")[0].text.startswith("The harbour opened")
        assert [a.title for a in library.list([Space("1001")])] == ["Weather"]
        same = document(source="The Gazette", published="2026-03-01")
        # Its sentences are made anew since PIPELINE 2; it is the same article all the same.
        assert [a.status for a in library.ingest([same]).added] == ["replaced"]
        assert [a.status for a in library.ingest([same]).added] == ["unchanged"]
    assert version(path) == VERSION


def test_a_migrated_database_has_the_tables_of_a_new_one(path, tmp_path):
    new = tmp_path / "new" / "footnote.db"
    for each in (path, new):
        Catalog(each).close()
    assert columns(path) == columns(new)
    assert rows(path, "PRAGMA application_id") == [(APPLICATION_ID,)]


def test_refused_questions_are_kept_as_lacked_by_the_articles(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE gaps (space TEXT NOT NULL, day TEXT NOT NULL, hash TEXT NOT NULL,"
            " question TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (space, day, hash))"
            " STRICT, WITHOUT ROWID"
        )
        connection.execute("INSERT INTO gaps VALUES ('1001', '2026-11-01', 'abc', 'Why?', 2)")
    Catalog(path).close()
    found = rows(path, "SELECT space, day, hash, perhaps_there, question, count FROM gaps")
    assert found == [("1001", "2026-11-01", "abc", 0, "Why?", 2)]
    assert rows(path, "SELECT name FROM sqlite_master WHERE name LIKE 'gaps_%'") == []


@pytest.mark.filterwarnings("ignore:.* expression-based index")  # of SQLite
def test_the_migrations_make_the_tables_that_are_described(catalog):
    with catalog.database.reading() as connection:
        options = {"include_name": lambda name, *_: not (name or "").startswith("titles")}
        context = MigrationContext.configure(connection, opts=options)  # kinds that only one has
        described = [metadata, shared] if context.dialect.name == "postgresql" else metadata
        assert compare_metadata(context, described) == []


def test_codes_are_made_anew_of_the_vectors(path):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "CREATE TABLE codes (article TEXT NOT NULL, version TEXT NOT NULL,"
            " codes BLOB NOT NULL, PRIMARY KEY (article, version)) STRICT, WITHOUT ROWID"
        )
        connection.execute("INSERT INTO codes SELECT article, version, x'00' FROM versions")
    Catalog(path).close()
    found = rows(path, "SELECT vector, codes FROM passages JOIN codes USING (article, version)")
    assert len(found) == 2
    for vector, codes in found:
        stored = np.frombuffer(vector, dtype="<f2").astype(np.float32)
        assert codes == binary_codes(stored[None]).tobytes()


def test_the_database_is_kept_as_it_was(path):
    before = rows(path, "SELECT * FROM passages")
    Catalog(path).close()
    kept = path.with_name("footnote.v1.db")
    assert version(kept) == 1
    assert rows(kept, "SELECT * FROM passages") == before
    assert rows(kept, "PRAGMA journal_mode") == [("delete",)]  # one file, to be copied as it is


def test_a_database_that_was_kept_before_is_not_overwritten(path):
    path.with_name("footnote.v1.db").write_text("precious")
    Catalog(path).close()
    assert path.with_name("footnote.v1.db").read_text() == "precious"
    assert version(path.with_name("footnote.v1-2.db")) == 1


def test_a_new_or_current_database_is_not_kept(tmp_path):
    for _ in range(2):
        Catalog(tmp_path / "footnote.db").close()
    assert [p.name for p in tmp_path.glob("*.db*")] == ["footnote.db"]


def test_a_step_that_fails_leaves_the_old_version(path, monkeypatch):
    def broken(connection):
        upgrade(connection)
        connection.exec_driver_sql("NONSENSE")

    monkeypatch.setattr(sqlite, "upgrade", broken)
    before = columns(path)
    with pytest.raises(StorageError):
        Catalog(path)
    assert version(path) == 1
    assert columns(path) == before
    assert rows(path, "PRAGMA application_id") == [(0,)]
    assert [i for (i,) in rows(path, "SELECT id FROM articles")] == ["06015350", "e4ba8013"]
    monkeypatch.undo()
    catalog = Catalog(path)
    with catalog.snapshot() as snapshot:
        assert len(snapshot.articles([PUBLIC, Space("1001")])) == 2
    catalog.close()


def test_without_a_copy_there_is_no_migration(path, monkeypatch):
    def full(*_):
        raise StorageError("footnote.v1.db", "database or disk is full")

    monkeypatch.setattr("index.store.sqlite.copy", full)
    with pytest.raises(StorageError, match="disk is full"):
        Catalog(path)
    assert version(path) == 1


def test_a_damaged_database_is_not_migrated(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET rootpage = 3 WHERE name = 'articles_by_version'"
        )
        connection.commit()
    with pytest.raises(DamagedDatabase):
        Catalog(path)
    assert version(path) == 1
    assert not list(path.parent.glob("*.v1*"))


def test_a_database_of_a_later_release_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "footnote.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        connection.execute("CREATE TABLE articles_of_tomorrow (x)")
    before = path.read_bytes()
    with pytest.raises(SchemaTooNew) as caught:
        Catalog(path)
    assert (caught.value.found, caught.value.supported) == (VERSION + 1, VERSION)
    assert path.read_bytes() == before


@pytest.mark.parametrize("user_version", [0, 1, VERSION, 75])
def test_a_database_of_another_program_is_refused_and_left_as_it_is(tmp_path, user_version):
    path = tmp_path / "footnote.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.execute(f"PRAGMA user_version = {user_version}")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="isn't a Footnote database"):
        Catalog(path)
    assert path.read_bytes() == before
