"""The connection to Discord's gateway: whether it stands, and what became of those before."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge


class GatewayMeter:
    """Told of what discord.py dispatches, see `bot.cogs.metering`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.connected = False
        """Whether events come: from READY or RESUMED on, until the connection is lost."""

        up = Gauge("footnote_gateway_connected", "1 while events come.", registry=registry)
        up.set_function(lambda: float(self.connected))
        self._last_event = Gauge(
            "footnote_gateway_last_event_timestamp_seconds",
            "When the last event came.",
            registry=registry,
        )
        self._sessions = Counter(
            "footnote_gateway_sessions", "Sessions begun, the first included.", registry=registry
        )
        self._resumes = Counter(
            "footnote_gateway_resumes",
            "Connections after which a session went on without losing an event.",
            registry=registry,
        )
        self._disconnects = Counter(
            "footnote_gateway_disconnects", "Connections lost.", registry=registry
        )

    def event(self, name: str) -> None:
        """Note an event by Discord's name for it."""
        self._last_event.set(time.time())
        if name == "READY":
            self._sessions.inc()
        elif name == "RESUMED":
            self._resumes.inc()
        else:
            return
        self.connected = True

    def disconnected(self) -> None:
        """Note that there is no connection; attempts that fail tell so again."""
        if self.connected:
            self._disconnects.inc()
        self.connected = False
