"""Limits on how often members may ask, and on requests to Discord."""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import TypeAlias

import aiohttp

from bot.errors import TooSoon
from bot.server_settings import MAX_COOLDOWN_SECONDS, ServerSettings

KEPT = 10_000
"""Members and servers; beyond this those whose time has passed are forgotten."""


Asker: TypeAlias = tuple[int, int | None]
"""A server and its member, or None for all of them."""


class Cooldowns:
    """When each member and server last asked; kept in memory, as no cooldown is long.

    What was asked before the process began is in the database: see `Services.recall_cooldowns`.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = clock()
        self._last: dict[Asker, float] = {}

    def unsure(
        self, guild_id: int | None, user_id: int, settings: ServerSettings
    ) -> Iterator[tuple[Asker, int]]:
        """Yield who may have to wait since before the process began, and for how many seconds."""
        running = self._clock() - self._began
        for asker, seconds in _waits(guild_id, user_id, settings).items():
            if seconds > running and asker not in self._last:
                yield asker, seconds

    def recall(self, asker: Asker, seconds_ago: float) -> None:
        """Note when somebody last asked an earlier process; infinity for never."""
        self._last.setdefault(asker, self._clock() - seconds_ago)

    def take(self, guild_id: int | None, user_id: int, settings: ServerSettings) -> None:
        """Count a question. Raises TooSoon, in which case nothing changes."""
        self.check(guild_id, user_id, settings)
        now = self._clock()
        waits = _waits(guild_id, user_id, settings)
        self._last |= {key: now for key, seconds in waits.items() if seconds}
        if len(self._last) > KEPT:
            recent = now - MAX_COOLDOWN_SECONDS
            self._last = {key: at for key, at in self._last.items() if at > recent}

    def check(self, guild_id: int | None, user_id: int, settings: ServerSettings) -> None:
        """Raise TooSoon where a question would not be let through; nothing changes."""
        for key, seconds in _waits(guild_id, user_id, settings).items():
            left = self._last.get(key, -math.inf) + seconds - self._clock()
            if left > 0:
                raise TooSoon(math.ceil(left), server=key[1] is None)


def _waits(guild_id: int | None, user_id: int, settings: ServerSettings) -> dict[Asker, int]:
    """Return how many seconds a member and their server have to wait between questions."""
    if guild_id is None:
        return {}
    return {
        (guild_id, user_id): settings.member_cooldown_seconds,
        (guild_id, None): settings.server_cooldown_seconds,
    }


MOST_OVERHEARD = 20
"""Questions a minute of one server that are looked up though nobody asked the bot. People
who talk fast in a channel where every message is read would else keep all others waiting. At the
113 ms that a question took on 2 cores (docs/figures.md) these are 2 seconds of a minute."""


class Overheard:
    """Counts, by server, the questions of the last minute that were looked up unasked."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: dict[int, deque[float]] = {}

    def take(self, guild_id: int) -> bool:
        """Count one more; return False, and do not, where there were too many."""
        now = self._clock()
        times = self._times.setdefault(guild_id, deque(maxlen=MOST_OVERHEARD))
        if len(times) == MOST_OVERHEARD and now - times[0] < 60:
            return False
        times.append(now)
        return True


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
        """Reserve the next slot and return in how many seconds it is."""
        now = self._clock()
        full = len(self._sent) == self._sent.maxlen
        at = max(now, self._sent[0] + 1.0) if full else now
        self._sent.append(at)
        return at - now

    async def wait(
        self, _: aiohttp.ClientSession, __: SimpleNamespace, params: aiohttp.TraceRequestStartParams
    ) -> None:
        """Wait for the turn of a request, as a trace's `on_request_start`."""
        if not _UNLIMITED.search(params.url.path) and (seconds := self.take()) > 0:
            await asyncio.sleep(seconds)
