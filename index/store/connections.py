"""Connections to an SQLite file, and who has its folder open."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout

from index import strings
from index.errors import DamagedDatabase, StorageError

BUSY_TIMEOUT_SECONDS = 30
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
UNWRITABLE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)

PRIMARY_CODE = 0xFF
"""The bits of an extended result code that say what kind it is (sqlite.org/rescode.html)."""


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Open a database that is there ("ro", "rw") or may have to be made ("rwc")."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_TIMEOUT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")  # the acknowledged survives power loss
    except BaseException:
        connection.close()
        raise
    return connection


def make_folder(folder: Path) -> None:
    """Make a folder where there is none. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise StorageError(str(folder), strings.NO_FOLDER) from error
    except OSError as error:
        raise StorageError(str(folder), error.strerror or str(error)) from error


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Raise DamagedDatabase or StorageError, with the path, for what SQLite raises."""
    try:
        yield
    except (sqlite3.Error, sa.exc.DBAPIError, sa.exc.ResourceClosedError) as error:
        cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & PRIMARY_CODE
        kind = DamagedDatabase if code in DAMAGE else StorageError
        reason = str(cause)
        if code in UNWRITABLE and path.parent.is_dir() and not os.access(path.parent, os.W_OK):
            reason = strings.READ_ONLY_FOLDER  # SQLite says "unable to open database file"
        raise kind(str(path), reason) from error


def damage(connection: sqlite3.Connection, check: str = "quick_check") -> list[str]:
    """Return what SQLite finds wrong with the file; empty if sound. Reads every page.

    "quick_check" took 60 ms of CPU for 100 MB, "integrity_check", which also compares each index
    with its table, 80 ms.
    """
    found = [line for (line,) in connection.execute(f"PRAGMA {check}")]
    return [] if found == ["ok"] else found


FILE = "open.lock"
"""An empty SQLite database: its locks are shared or exclusive on every system, and free when a
process dies. Those of the database itself would not do: restoring puts another file in its place.
"""


class Presence:
    """Mark the folder as open by this process, until it is closed or the process dies.

    Attributes:
        first: Whether no other process had it open.
    """

    def __init__(self, folder: Path) -> None:
        """Enter; wait up to BUSY_TIMEOUT_SECONDS for a restore to end. Raises StorageError."""
        with storage_errors(folder / FILE):
            with closing(_open(folder, 0)) as connection:
                self.first = _obtain(connection, "EXCLUSIVE")
            self._connection = _open(folder, BUSY_TIMEOUT_SECONDS)
            try:
                if not _obtain(self._connection, "DEFERRED"):
                    raise StorageError(str(folder), strings.BEING_RESTORED)
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        """Release the folder."""
        self._connection.close()


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Lock the folder for this process alone. Raises StorageError where another has it open."""
    with storage_errors(folder / FILE), closing(_open(folder, 0)) as connection:
        if not _obtain(connection, "EXCLUSIVE"):
            raise StorageError(str(folder), strings.IN_USE)
        yield


def _open(folder: Path, timeout_seconds: float) -> sqlite3.Connection:
    return sqlite3.connect(
        folder / FILE, timeout=timeout_seconds, isolation_level=None, check_same_thread=False
    )


def _obtain(connection: sqlite3.Connection, kind: str) -> bool:
    """Hold the lock until the connection is closed; return False where others hold it."""
    try:
        connection.execute(f"BEGIN {kind}")
        connection.execute("SELECT count(*) FROM sqlite_master")  # a deferred one locks here
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & PRIMARY_CODE == sqlite3.SQLITE_BUSY:
            return False
        raise
    return True


class Ownership:
    """A lock in a data folder that one process holds, freed by the system if the process dies."""

    def __init__(self, data: Path, name: str = "index.lock") -> None:
        """By default it is the lock on the folder's indexes."""
        self._lock = FileLock(data / name, timeout=0, thread_local=False)

    def obtain(self) -> bool:
        """Hold it from now on, unless another process does."""
        if not self._lock.is_locked:
            try:
                self._lock.acquire()
            except Timeout:
                return False
        return True

    def release(self) -> None:
        """Let another process hold it."""
        self._lock.release()
