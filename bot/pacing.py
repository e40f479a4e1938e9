"""Requests to Discord in turn: more than it takes in a second are better not sent at all."""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from collections.abc import Callable
from types import SimpleNamespace

import aiohttp

MOST_A_SECOND = 45
"""Discord takes 50 of a bot in a second (https://discord.com/developers/docs/topics/rate-limits).

discord.py knows that limit only once it is hit: of 150 messages that came at once, 23 were never
answered, as their requests were refused five times over among all those that were sent again.
"""

_UNLIMITED = re.compile(r"/(?:interactions|webhooks|attachments|ws)/|/gateway")
"""What Discord counts apart, or not at all. Answers to interactions must not wait for the rest."""


class Pacing:
    """Has each request wait until fewer than `most` were sent in the second before it."""

    def __init__(
        self, most: int = MOST_A_SECOND, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._sent = deque[float](maxlen=most)
        self._clock = clock

    def take(self) -> float:
        """Take the next place in the line, and return in how many seconds its turn is."""
        now = self._clock()
        full = len(self._sent) == self._sent.maxlen
        at = max(now, self._sent[0] + 1.0) if full else now
        self._sent.append(at)
        return at - now

    async def wait(
        self,
        _: aiohttp.ClientSession,
        __: SimpleNamespace,
        params: aiohttp.TraceRequestStartParams,
    ) -> None:
        """Wait for the turn of a request, as a trace's `on_request_start`."""
        if not _UNLIMITED.search(params.url.path) and (seconds := self.take()) > 0:
            await asyncio.sleep(seconds)
