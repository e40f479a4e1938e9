"""The database file: connections, migrations, copies, and what its errors mean."""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from index import strings
from index.errors import DamagedDatabase, StorageError
from index.store import schema
from index.store.connections import Presence, connect, damage, immediate, storage_errors

log = logging.getLogger(__name__)


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


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the database to the newest version, in one transaction.

    One that holds something is first copied to `footnote.v1.db` beside it (after its version).
    Raises SchemaTooNew; StorageError for another program's database, or where a step fails.
    """
    found = schema.version(connection, path)  # before anything is changed
    connection.execute("PRAGMA journal_mode = WAL")
    if found == schema.VERSION:
        return
    with immediate(connection):
        found = schema.version(connection, path)  # another process may have been quicker
        if 0 < found < schema.VERSION:
            _keep(path, found)
        for statements in schema.MIGRATIONS[found:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")


def _keep(path: Path, version: int) -> None:
    kept = unused(path.with_stem(f"{path.stem}.v{version}"))
    copy(path, kept)
    log.info("%s: schema %d becomes %d; %s is as it was", path, version, schema.VERSION, kept)


DATABASE = "footnote.db"
"""Its name in a data folder."""

ALWAYS_CHECKED_BYTES = 50_000_000
"""Up to this size (25,000 passages) every page is read at every start, which takes 30 ms."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, with its zone: the clock that is used where no other is given."""
    return datetime.now(UTC)


class Database:
    """Thread-safe, and safe between processes."""

    def __init__(self, path: Path) -> None:
        """Open or create the file, and bring it up to date.

        Damage shows in its header and length; all of it is read where it is small or where the
        last process was killed. Raises SchemaTooNew, StorageError.
        """
        self.path = path
        self._write_lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise StorageError(str(path.parent), strings.NO_FOLDER) from error
        except OSError as error:
            raise StorageError(str(path.parent), error.strerror or str(error)) from error
        with ExitStack() as undo, storage_errors(path):
            self._presence = Presence(path.parent)
            undo.callback(self._presence.leave)
            to_check = self._presence.first and _worth_checking(path)
            self._writer = connect(path, "rwc")
            undo.callback(self._writer.close)
            if to_check and (found := damage(self._writer)):
                raise DamagedDatabase(str(path), found[0])
            prepare(self._writer, path)
            undo.pop_all()

    def close(self) -> None:
        """Close the writing connection, and let the file be restored."""
        with self._write_lock:
            self._writer.close()
            self._presence.leave()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read one moment of the database, however long it takes."""
        with storage_errors(self.path):
            connection = connect(self.path)
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction: all of it, or after an error nothing.

        Inside a transaction of the same thread it is part of that one.
        """
        with self._write_lock, storage_errors(self.path):
            if self._writer.in_transaction:
                yield self._writer
                return
            with immediate(self._writer):
                yield self._writer


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


class Table:
    """Base of what keeps records in the database; a period ends today (UTC)."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def _rows(self, query: str, *values: object) -> list[Any]:
        with self._database.reading() as connection:
            return connection.execute(query, values).fetchall()

    def _execute(self, statement: str, *values: object) -> None:
        with self._database.writing() as connection:
            connection.execute(statement, values)

    def _now(self) -> str:
        return self._clock().isoformat()

    def _first_day(self, days: int) -> date:
        """Return the first day of the period of so many days."""
        return self._clock().date() - timedelta(days=days - 1)

    def _since(self, days: int) -> str:
        return self._first_day(days).isoformat()


MAX_CHARS = 500
"""Of a user's words that are kept."""


def kept(words: str) -> str:
    """Return what is kept of a user's words: their beginning, without lone surrogates."""
    return words[:MAX_CHARS].encode("utf-8", "replace").decode()


def hash_of(words: str) -> str:
    """Name a question or topic whatever its case and blanks (16 hex digits)."""
    folded = " ".join(words.casefold().split())
    return hashlib.sha256(folded.encode("utf-8", "replace")).hexdigest()[:16]
