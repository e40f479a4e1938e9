"""The open database: one connection that writes, as many as needed that read."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from index.catalog.connections import connect, damage, immediate, storage_errors
from index.catalog.migrating import prepare
from index.catalog.presence import Presence
from index.errors import DamagedDatabase, StorageError

DATABASE = "footnote.db"
"""Its name in a data folder."""

ALWAYS_CHECKED_BYTES = 50_000_000
"""Up to this size (25,000 passages) every page is read at every start, which takes 30 ms."""

log = logging.getLogger(__name__)


Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of whatever is not told another."""
    return datetime.now(UTC)


class Database:
    """Thread-safe, and safe between processes."""

    def __init__(self, path: Path) -> None:
        """Open or create the file, and bring it up to date.

        A damaged one is told by its header and length at once; all of it is read where it is
        small or where the last process was killed. Raises SchemaTooNew, StorageError.
        """
        self.path = path
        self._write_lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(str(path), str(error)) from error
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
        """One moment of the database, however long it is read."""
        with storage_errors(self.path):
            connection = connect(self.path)
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it, or after an error nothing."""
        with self._write_lock, storage_errors(self.path), immediate(self._writer):
            yield self._writer


def _worth_checking(path: Path) -> bool:
    """Tell whether to read every page of a database that nobody has open.

    Closing empties the write-ahead log; where one is left, a process or the machine went down.
    """
    killed = _size(path.with_name(f"{path.name}-wal")) > 0
    if killed:
        log.info("%s was not closed when it was last used; checking it", path)
    return killed or _size(path) <= ALWAYS_CHECKED_BYTES


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
