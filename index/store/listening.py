"""What processes with one PostgreSQL database tell each other by NOTIFY."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable
from selectors import EVENT_READ, DefaultSelector
from typing import Any

import psycopg
from psycopg import sql

log = logging.getLogger(__name__)


class Listener:
    """A connection that listens; where that is not possible, waiting takes its whole time.

    What is told while there is no connection is not heard, so whoever waits must look for itself
    now and then. A pooler that gives each transaction another session (PgBouncer's mode
    "transaction") cannot be between.
    """

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]], channel: str) -> None:
        """`connect` makes the connection, which is kept for listening alone."""
        self._connect = connect
        self._channel = channel
        self._connection: psycopg.Connection[Any] | None = None
        self._waking, self._woken = socket.socketpair()

    def wait(self, seconds: float) -> list[str]:
        """Return what was told, once something was, at `wake`, or after so many seconds.

        After connecting that is "", as something may have been told before.
        """
        try:
            if self._connection is None:
                self._connection = self._connect()
                listen = sql.SQL("LISTEN {}").format(sql.Identifier(self._channel))
                self._connection.execute(listen)
                return [""]
            self._select(seconds)
            self._connection.pgconn.consume_input()
            return [told.extra.decode() for told in iter(self._connection.pgconn.notifies, None)]
        except psycopg.Error as error:
            log.debug("not listening: %s", type(error).__name__)
            self._drop()
            self._select(seconds)
            return []

    def wake(self) -> None:
        """Have `wait` return, in whichever thread."""
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

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


AGAIN_SECONDS = 1.0
"""Between two attempts to connect, or two looks whether the connection still stands."""


class Hearing:
    """Listens in a thread of its own, from now until it is closed."""

    def __init__(self, listener: Listener, heard: Callable[[str], None]) -> None:
        """`heard` is called, in the thread, with what was told; see Listener.wait."""
        self._listener = listener
        self._heard = heard
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
            for told in self._listener.wait(AGAIN_SECONDS):
                self._heard(told)
