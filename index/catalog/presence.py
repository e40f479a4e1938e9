"""Who has a data folder open: any number of processes at once, or one that restores it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from index.catalog.connections import BUSY_TIMEOUT_SECONDS, PRIMARY_CODE, storage_errors
from index.errors import StorageError

FILE = "open.lock"
"""An empty SQLite database: its locks are shared or exclusive on every system, and free when a
process dies. Those of the database itself would not do: restoring puts another file in its place.
"""


class Presence:
    """Says that a process has the folder open, until it leaves or dies.

    Attributes:
        first: Whether nobody else had it open.
    """

    def __init__(self, folder: Path) -> None:
        """Enter; wait a while where it is being restored. Raises StorageError."""
        with storage_errors(folder / FILE):
            with closing(_open(folder, 0)) as connection:
                self.first = _obtain(connection, "EXCLUSIVE")
            self._connection = _open(folder, BUSY_TIMEOUT_SECONDS)
            try:
                if not _obtain(self._connection, "DEFERRED"):
                    raise StorageError(str(folder), "it is being restored; try again in a minute")
            except BaseException:
                self._connection.close()
                raise

    def leave(self) -> None:
        """Say that the folder is closed."""
        self._connection.close()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep everybody out. Raises StorageError where somebody is in."""
    with storage_errors(folder / FILE), closing(_open(folder, 0)) as connection:
        if not _obtain(connection, "EXCLUSIVE"):
            raise StorageError(str(folder), "another process has it open; stop that first")
        yield


def _open(folder: Path, timeout_seconds: float) -> sqlite3.Connection:
    return sqlite3.connect(
        folder / FILE, timeout=timeout_seconds, isolation_level=None, check_same_thread=False
    )


def _obtain(connection: sqlite3.Connection, kind: str) -> bool:
    """Hold the lock until the connection is closed; False where others hold it."""
    try:
        connection.execute(f"BEGIN {kind}")
        connection.execute("SELECT count(*) FROM sqlite_master")  # a deferred one locks here
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & PRIMARY_CODE == sqlite3.SQLITE_BUSY:
            return False
        raise
    return True
