"""The database as an SQLite file: opening, upgrading and copying it."""

from __future__ import annotations

import errno
import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from index import strings
from index.errors import DamagedDatabase, SchemaTooNew, StorageError
from index.store.connections import (
    Ownership,
    Presence,
    connect,
    damage,
    make_folder,
    storage_errors,
)
from index.store.database import Database
from index.store.migrations import upgrade
from index.store.schema import VERSION

log = logging.getLogger(__name__)

APPLICATION_ID = 0x466F6F74
"""What says that a file is Footnote's ("Foot", in SQLite's header), from schema 2 on."""


def copy(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, over whatever `target` is.

    Raises DamagedDatabase where the source is, StorageError, OSError; then `target` is untouched.
    """
    with partial(target) as unfinished:
        duplicate(source, unfinished)
        put(unfinished, target)


def duplicate(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment into a new file, and check that."""
    with storage_errors(source), closing(connect(source, "ro")) as old:
        old.execute("PRAGMA schema_version")  # reads the header: is it a database at all
        with storage_errors(target.parent), closing(sqlite3.connect(target)) as new:
            old.backup(new)  # in one step: writers go on, and do not make it start again
            new.execute("PRAGMA journal_mode = DELETE")  # one file, on a read-only disk as well
    with storage_errors(source), closing(connect(target, "ro")) as copied:
        if found := damage(copied, "integrity_check"):
            raise DamagedDatabase(str(source), found[0])


@contextmanager
def partial(target: Path) -> Iterator[Path]:
    """Yield a path beside `target` for a file that is to become it; delete what is left there."""
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.partial")
    _delete(unfinished)
    try:
        yield unfinished
    finally:
        _delete(unfinished)


def _delete(unfinished: Path) -> None:
    unfinished.unlink(missing_ok=True)
    # SQLite leaves its journal where the disk was full.
    unfinished.with_name(f"{unfinished.name}-journal").unlink(missing_ok=True)


def put(unfinished: Path, target: Path) -> None:
    """Give a file its name, for good: it is there after a power loss as well."""
    unfinished.replace(target)
    if os.name == "posix":  # elsewhere a folder cannot be opened
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def unused(path: Path) -> Path:
    """Return the path or, where it is taken, the first free of `name-2.db`, `name-3.db`."""
    if not path.exists():
        return path
    names = (path.with_stem(f"{path.stem}-{n}") for n in count(2))
    return next(name for name in names if not name.exists())


def version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the database's version, 0 while it is empty.

    Raises SchemaTooNew for one of a later release, StorageError for another program's.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if found == 0 and not tables:
        return 0
    if application != APPLICATION_ID and not (found == 1 and {"articles", "counters"} <= tables):
        raise StorageError(str(path), strings.OTHER_DATABASE)
    if found > VERSION:
        raise SchemaTooNew(str(path), found, VERSION)
    return int(found)


def prepare(connection: sa.Connection, path: Path) -> None:
    """Bring the database to the newest version, in one transaction.

    One that holds something is first copied to `footnote.v1.db` beside it (after its version).
    Raises SchemaTooNew; StorageError for another program's database, or where a step fails.
    """
    driver = _driver(connection)
    found = version(driver, path)  # before anything is changed
    driver.execute("PRAGMA journal_mode = WAL")
    if found == VERSION:
        return
    with connection.begin():
        found = version(driver, path)  # another process may have been quicker
        if 0 < found < VERSION:
            _keep(path, found)
        upgrade(connection)
        driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        driver.execute(f"PRAGMA user_version = {VERSION}")  # which releases before Alembic read


def _keep(path: Path, version: int) -> None:
    kept = unused(path.with_stem(f"{path.stem}.v{version}"))
    copy(path, kept)
    log.info("%s: schema %d becomes %d; %s is as it was", path, version, VERSION, kept)


ALWAYS_CHECKED_BYTES = 50_000_000
"""Up to this size (25,000 passages) every page is read at every start, which takes 30 ms."""

POOLED = 4
"""Connections for reading that stay open; a question needs one. Opening one takes as long as 15
small queries, as SQLite reads the schema then."""


class SqliteDatabase(Database):
    """A file."""

    def __init__(self, path: Path) -> None:
        """Open or create the file, and bring it up to date.

        Damage shows in its header and length; all of it is read where it is small or where the
        last process was killed. Raises SchemaTooNew, StorageError.
        """
        super().__init__(str(path))
        self.path = path
        make_folder(path.parent)
        with ExitStack() as undo, storage_errors(path):
            self._presence = Presence(path.parent)
            undo.callback(self._presence.close)
            to_check = self._presence.first and _worth_checking(path)
            self._readers = _engine(lambda: connect(path), "BEGIN", sa.QueuePool)
            self._writer = _engine(
                lambda: connect(path, "rwc"), "BEGIN IMMEDIATE", sa.NullPool
            ).connect()
            undo.callback(self._writer.close)
            if to_check and (found := damage(_driver(self._writer))):
                raise DamagedDatabase(str(path), found[0])
            prepare(self._writer, path)
            undo.pop_all()

    def close(self) -> None:
        """Close all connections, and let the file be restored."""
        with self._write_lock:
            self._readers.dispose()
            self._writer.close()
            self._presence.close()

    def lock(self, name: str) -> Ownership:
        """Return a lock in the folder: whoever has the database open has that."""
        return Ownership(self.path.parent, f"{name}.lock")

    def damage(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty when it is sound."""
        with self.reading() as connection:
            return damage(_driver(connection))

    def _errors(self) -> AbstractContextManager[None]:
        return storage_errors(self.path)

    def _reader(self) -> AbstractContextManager[sa.Connection]:
        # A connection that stayed open reads a file that was deleted.
        if not self.path.exists():
            raise StorageError(self.name, os.strerror(errno.ENOENT))
        return self._readers.begin()

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        with self._writer.begin():
            yield self._writer


def _engine(
    creator: Callable[[], sqlite3.Connection], begin: str, pool: type[sa.Pool]
) -> sa.Engine:
    """Make an engine whose transactions start as given, instead of when sqlite3 thinks it best.

    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#enabling-non-legacy-sqlite-transactional-modes-with-the-sqlite3-or-aiosqlite-driver
    """
    sizes = {"pool_size": POOLED, "max_overflow": -1} if pool is sa.QueuePool else {}
    engine = sa.create_engine(
        "sqlite://", creator=creator, poolclass=pool, hide_parameters=True, **sizes
    )
    # Not by exec_driver_sql(), which takes as long as ten small queries.
    sa.event.listen(engine, "begin", lambda connection: _driver(connection).execute(begin))
    return engine


def _driver(connection: sa.Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _worth_checking(path: Path) -> bool:
    """Tell whether to read every page of a database that no process has open.

    Closing empties the write-ahead log; where one is left, a process or the machine went down.
    """
    killed = _size(path.with_name(f"{path.name}-wal")) > 0
    if killed:
        log.info("%s was not closed when it was last used; checking it", path)
    return killed or _size(path) <= ALWAYS_CHECKED_BYTES


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
