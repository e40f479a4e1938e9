"""Fault switches of the websocket side, and what went over it."""

from __future__ import annotations

import asyncio
import collections
from typing import TYPE_CHECKING, Any

from ..waiting import now

if TYPE_CHECKING:
    from ..server import Server
    from .connection import Connection


class Gateway:
    """The gateway as a test sees it.

    Attributes
    ----------
    ack
        False: heartbeats are not acknowledged.
    refuse
        True: new connections are answered with 503.
    received
        The last 5,000 payloads of the bot.
    heartbeats, identifies, resumes, connects
        How many of each there were.
    """

    def __init__(self, fd: Server) -> None:
        self.fd, self.ack, self.refuse = fd, True, False
        self.unmuted = asyncio.Event()
        self.unmuted.set()
        self.connections: list[Connection] = []
        self.received: collections.deque[Any] = collections.deque(maxlen=5000)
        self.heartbeats = self.identifies = self.resumes = self.connects = 0
        self._last_start = float("-inf")

    def may_identify(self) -> bool:
        """Start a session, unless the last one of whichever shard was started too short ago."""
        time_now = now()
        if time_now < self._last_start + self.fd.identify_seconds:
            return False
        self._last_start = time_now
        return True

    def drop(self) -> None:
        """Abort the TCP connections without a close frame."""
        for connection in list(self.connections):
            if connection.request.transport:
                connection.request.transport.abort()

    def close(self, code: int = 4000) -> None:
        """Close the connections with a code."""
        for connection in self.connections:
            connection.out.put_nowait(code)

    def reconnect(self) -> None:
        """Send op 7."""
        for connection in self.connections:
            connection.op(7)

    def invalidate(self, resumable: bool = False) -> None:
        """Send op 9; not resumable: the session is forgotten."""
        for connection in self.connections:
            connection.op(9, resumable)
            if not resumable and connection.session:
                self.fd.sessions.pop(connection.session.id, None)

    def replay(self, events: int = 20) -> None:
        """Send the last events again, with the numbers that they had."""
        for connection in self.connections:
            sent = connection.session.events if connection.session else ()
            for _, payload in list(sent)[-events:]:
                connection.put(payload)

    def beat(self) -> None:
        """Send op 1: ask for a heartbeat now."""
        for connection in self.connections:
            connection.op(1)

    def mute(self, on: bool = True) -> None:
        """Make a zombie: the socket stays open, nothing (events, ACKs) is sent."""
        if on:
            self.unmuted.clear()
        else:
            self.unmuted.set()
