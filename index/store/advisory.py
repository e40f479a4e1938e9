"""A lock on a PostgreSQL database that one process of all machines holds."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from zlib import crc32

import psycopg

log = logging.getLogger(__name__)

OURS = 0x466F6F74
"""The first of a lock's two numbers ("Foot"); the second is made of its name."""

_HELD = """SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
AND pid = pg_backend_pid() AND classid = %s AND objid = %s"""

Connect = Callable[[], "psycopg.Connection[Any]"]


class AdvisoryLock:
    """A lock of a session, which the server frees once the connection or the process ends.

    Thread-safe; every call blocks. A pooler that gives each transaction another session
    (PgBouncer's mode "transaction") cannot be between.
    """

    def __init__(self, connect: Connect, name: str) -> None:
        """`connect` makes the connection, which is kept for the lock alone."""
        self._connect = connect
        self._name = name
        self._key = (OURS, crc32(name.encode()) & 0x7FFFFFFF)
        self._mutex = threading.Lock()
        self._connection: psycopg.Connection[Any] | None = None
        self._held = False

    def obtain(self) -> bool:
        """Hold it from now on, unless another process does; False also where it was lost."""
        with self._mutex:
            before = self._held
            try:
                self._held = self._ask()
            except psycopg.Error as error:
                log.debug("lock %s: %s", self._name, type(error).__name__)
                self._drop()
            if before and not self._held:
                log.warning("the database no longer gives this process the lock %s", self._name)
            return self._held

    def release(self) -> None:
        """Let another process hold it."""
        with self._mutex:
            if self._held and self._connection is not None:
                with suppress(psycopg.Error):  # closing alone frees it a moment later
                    self._connection.execute("SELECT pg_advisory_unlock_all()")
            self._drop()

    def _ask(self) -> bool:
        """Ask the server: a connection that still stands here may have ended there."""
        if self._connection is None:
            self._connection = self._connect()
        wanted = _HELD if self._held else "SELECT pg_try_advisory_lock(%s, %s)"
        (found,) = self._connection.execute(wanted, self._key).fetchone() or (False,)
        return bool(found)

    def _drop(self) -> None:
        self._held = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None
