"""The server: its options, its start and its end."""

from __future__ import annotations

import base64
import logging
import secrets
from collections.abc import Iterable
from typing import Self

from aiohttp import web

from .. import intents
from .http import Http
from .ratelimits import Buckets

log = logging.getLogger(__name__)


class Server(Http):
    """Discord on one loopback port, as an async context manager."""

    def __init__(
        self,
        *,
        token: str | None = None,
        name: str = "TestBot",
        host: str = "127.0.0.1",
        port: int = 0,
        ack_window: float = 3.0,
        token_ttl: float = 900.0,
        heartbeat_interval: float = 41.25,
        identify_seconds: float = 0.0,
        rate_limits: bool = True,
        global_limit: int = 50,
        privileged: Iterable[str] = tuple(intents.PRIVILEGED),
        latency: float = 0.0,
        cdn: str = "local",
        attachment_limit: int = 10 * 2**20,
    ) -> None:
        """Set the options.

        Parameters
        ----------
        token
            The bot's; made up if not given.
        port
            0: any that is free.
        ack_window, token_ttl
            Seconds that an interaction waits for its first answer, and that its token lives.
        heartbeat_interval
            Seconds between the heartbeats that the gateway asks for.
        identify_seconds
            From one start of a session to the next, of all shards and processes; what identifies
            sooner is answered with op 9. Discord wants 5 (max_concurrency 1).
        rate_limits, global_limit
            Whether there are any; calls per second over all routes.
        privileged
            Intents that are switched on in the developer portal.
        latency
            Seconds added to each REST call and each event.
        cdn
            "local", or "discord": attachments have URLs of cdn.discordapp.com.
        attachment_limit
            Bytes of one file.
        """
        super().__init__(name)
        self.host, self.port = host, port
        self.ack_window, self.token_ttl = ack_window, token_ttl
        self.heartbeat_interval, self.latency = heartbeat_interval, latency
        self.identify_seconds = identify_seconds
        self.rate_limits, self.global_limit = rate_limits, global_limit
        self.privileged = set(privileged)
        self.cdn, self.attachment_limit = cdn, attachment_limit
        self.requests, self.errors, self.unknown_routes, self.faults = [], [], [], []
        self.buckets = Buckets(self)
        id = base64.b64encode(self.bot.id.encode()).decode().rstrip("=")
        self.token = token or f"{id}.Gfake0.{secrets.token_urlsafe(28)}"
        self.app_flags = 1 << 15 if "members" in self.privileged else 0
        self.app_flags |= 1 << 19 if "message_content" in self.privileged else 0

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(
            self._app(), access_log=None, shutdown_timeout=0.5, handler_cancellation=False
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, self.host, self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.url, self.ws_url = (f"{scheme}://{self.host}:{self.port}" for scheme in ("http", "ws"))
        self.ws_url += "/ws/"
        return self

    async def __aexit__(self, *exc: object) -> None:
        self.gateway.mute(False)
        self.gateway.drop()
        await self._runner.cleanup()
        for what in sorted(set(self.unknown_routes)):
            log.error("UNKNOWN ROUTE was called: %s", what)
