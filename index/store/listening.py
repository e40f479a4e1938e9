"""Hear from a PostgreSQL server that another process has published or removed something."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from selectors import EVENT_READ, DefaultSelector
from typing import Any

import psycopg

from index.store.current import CHANNEL

log = logging.getLogger(__name__)


class Listener:
    """A connection that listens; where that is not possible, waiting takes its whole time."""

    def __init__(self, connect: Callable[[], psycopg.Connection[Any]]) -> None:
        """`connect` makes the connection, which is kept for listening alone."""
        self._connect = connect
        self._connection: psycopg.Connection[Any] | None = None
        self._waking, self._woken = socket.socketpair()

    def wait(self, seconds: float) -> None:
        """Return once something has changed, at `wake`, or after so many seconds."""
        try:
            if self._connection is None:
                self._connection = self._connect()
                self._connection.execute(f"LISTEN {CHANNEL}")
                return  # what changed before was not heard
            self._select(seconds)
            self._connection.pgconn.consume_input()
            while self._connection.pgconn.notifies():
                pass
        except psycopg.Error as error:
            log.debug("not listening: %s", type(error).__name__)
            self._drop()
            self._select(seconds)

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
