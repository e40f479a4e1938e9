"""Connections to PostgreSQL that stay open: one to hold a lock, one to listen.

A pooler that gives each transaction another session (PgBouncer's mode "transaction") cannot be
between.
"""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector
from typing import Any
from zlib import crc32

import psycopg
from psycopg import sql

log = logging.getLogger(__name__)


class _Session:
    """A connection that is kept for one purpose alone."""

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]]) -> None:
        self._connect = connect
        self._connection: psycopg.Connection[Any] | None = None

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


OURS = 0x466F6F74
"""The first of a lock's two numbers ("Foot"); the second is made of its name."""

_HELD = """SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
AND pid = pg_backend_pid() AND classid = %s AND objid = %s"""


class AdvisoryLock(_Session):
    """A lock that one process of all machines holds; the server frees it when the session ends.

    Thread-safe; every call blocks.
    """

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]], name: str) -> None:
        super().__init__(connect)
        self._name = name
        self._key = (OURS, crc32(name.encode()) & 0x7FFFFFFF)
        self._mutex = threading.Lock()
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
        super()._drop()


class Listener(_Session):
    """Waits for notifications (NOTIFY); where none can come, waiting takes its whole time.

    What is sent while there is no connection is lost, so callers must also poll now and then.
    """

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]], channel: str) -> None:
        super().__init__(connect)
        self._channel = channel
        self._waking, self._woken = socket.socketpair()

    def wait(self, seconds: float) -> list[str]:
        """Return notifications once there are any; none at `wake` or after so many seconds.

        After connecting it is one "", as others may have been missed.
        """
        try:
            if self._connection is None:
                self._connection = self._connect()
                listen = sql.SQL("LISTEN {}").format(sql.Identifier(self._channel))
                self._connection.execute(listen)
                return [""]
            self._select(seconds)
            self._connection.pgconn.consume_input()
            return [one.extra.decode() for one in iter(self._connection.pgconn.notifies, None)]
        except psycopg.Error as error:
            log.debug("not listening: %s", type(error).__name__)
            self._drop()
            self._select(seconds)
            return []

    def wake(self) -> None:
        """Make `wait` return, in whichever thread it is."""
        self._waking.send(b"\0")

    def close(self) -> None:
        """Listen no longer."""
        self._drop()
        self._waking.close()
        self._woken.close()

    def _select(self, seconds: float) -> None:
        with DefaultSelector() as selector:
            selector.register(self._woken, EVENT_READ)
            if self._connection is not None:
                selector.register(self._connection, EVENT_READ)
            selector.select(seconds)


AGAIN_SECONDS = 1.0
"""Between two attempts to connect, or two checks that the connection still stands."""


class ListenerThread:
    """Listens in a thread of its own, from now until it is closed."""

    def __init__(self, listener: Listener, notified: Callable[[str], None]) -> None:
        """`notified` is called, in the thread, with each notification; see Listener.wait."""
        self._listener = listener
        self._notified = notified
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="listening", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening, and wait until the thread has ended."""
        self._closed = True
        self._listener.wake()
        self._thread.join()
        self._listener.close()

    def _run(self) -> None:
        while not self._closed:
            for notice in self._listener.wait(AGAIN_SECONDS):
                self._notified(notice)
