"""What SQLite and PostgreSQL have in common, and the base of what keeps records in either."""

from __future__ import annotations

import hashlib
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa

if TYPE_CHECKING:
    from index.store.sessions import Listener

DATABASE = "footnote.db"
"""The name of SQLite's file in a data folder."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, with its zone: the clock that is used where no other is given."""
    return datetime.now(UTC)


class Lock(Protocol):
    """What one process of several holds; it is freed if the process dies. Its calls block."""

    def obtain(self) -> bool:
        """Hold it from now on, unless another process does; False also where it was lost."""

    def release(self) -> None:
        """Let another process hold it."""


class Database(ABC):
    """The truth, in SQLite or PostgreSQL. Thread-safe, and safe between processes.

    Attributes:
        name: What errors call it: the file, or the address without its password.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._write_lock = threading.RLock()
        self._under_way: sa.Connection | None = None

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Read one moment of the database, from the first query on and however long it takes."""
        with self._errors(), self._reader() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Write in one transaction, alone: all of it, or after an error nothing.

        Inside a transaction of the same thread it is part of that one.
        """
        with self._write_lock, self._errors():
            if self._under_way is not None:
                yield self._under_way
                return
            with self._transaction() as connection:
                self._under_way = connection
                try:
                    yield connection
                finally:
                    self._under_way = None

    @abstractmethod
    def close(self) -> None:
        """Close all connections."""

    @abstractmethod
    def lock(self, name: str) -> Lock:
        """Return a lock that one of all processes with this database holds at a time."""

    def listener(self) -> Listener | None:
        """Return a listener to other processes' changes; None if only questions check for them."""
        return None

    @abstractmethod
    def damage(self) -> list[str]:
        """Return what is wrong with the database; empty where nothing is found."""

    @abstractmethod
    def _errors(self) -> AbstractContextManager[None]:
        """Raise DamagedDatabase or StorageError for what the database raises."""

    @abstractmethod
    def _reader(self) -> AbstractContextManager[sa.Connection]:
        """Return a connection whose transaction is one moment."""

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[sa.Connection]:
        """Begin to write as the only one of all processes; commit at the end."""


class Repository:
    """Base of what keeps records in the database; a period ends today (UTC)."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def _rows(self, statement: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with self._database.reading() as connection:
            return connection.execute(statement).all()

    def _execute(self, statement: sa.Executable) -> None:
        with self._database.writing() as connection:
            connection.execute(statement)

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
