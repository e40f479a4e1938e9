"""An identified session of the bot."""

from __future__ import annotations

import collections
import json
import secrets
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..model import Guild
    from ..server import Server
    from .connection import Connection

KEPT_EVENTS = 20_000  # that a RESUME can ask for


class Session:
    """One identified shard; survives its connection until invalidated."""

    def __init__(self, fd: Server, intents: int, shard: list[int]) -> None:
        self.id = secrets.token_hex(16)
        self.fd, self.intents, self.shard = fd, intents, shard
        self.seq = 0
        self.events: collections.deque[tuple[int, str]] = collections.deque(maxlen=KEPT_EVENTS)
        self.conn: Connection | None = None

    def send(self, event: str, data: Any) -> None:
        """Dispatch an event; one that cannot be sent now is kept for a RESUME."""
        self.seq += 1
        payload = json.dumps({"op": 0, "s": self.seq, "t": event, "d": data})
        self.events.append((self.seq, payload))
        if self.conn:
            self.conn.put(payload)

    def covers(self, guild: Guild | None) -> bool:
        """Tell whether a guild's events (or those of DMs) belong to this shard."""
        number, count = self.shard
        return number == (int(guild.id) >> 22) % count if guild else number == 0
