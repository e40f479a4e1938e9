"""How soon a member, or a server, may ask again."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from bot.server_settings import MAX_COOLDOWN_SECONDS, ServerSettings

KEPT = 10_000
"""Members and servers; beyond this those whose time has passed are forgotten."""


class TooSoon(Exception):
    """A question came before its time.

    Attributes:
        seconds: How long to wait, rounded up. server: Whether all members of the server wait.
    """

    def __init__(self, seconds: int, *, server: bool) -> None:
        super().__init__(f"{seconds} seconds too soon")
        self.seconds = seconds
        self.server = server


class Cooldowns:
    """When each was last let through; forgotten when the bot stops, as no cooldown is long."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[tuple[int, int | None], float] = {}

    def take(self, guild_id: int | None, user_id: int, settings: ServerSettings) -> None:
        """Let a question through, or not. Raises TooSoon, after which nothing has changed."""
        if guild_id is None:
            return
        waits = {
            (guild_id, user_id): settings.member_cooldown_seconds,
            (guild_id, None): settings.server_cooldown_seconds,
        }
        now = self._clock()
        for key, seconds in waits.items():
            left = self._last.get(key, -math.inf) + seconds - now
            if left > 0:
                raise TooSoon(math.ceil(left), server=key[1] is None)
        self._last |= {key: now for key, seconds in waits.items() if seconds}
        if len(self._last) > KEPT:
            recent = now - MAX_COOLDOWN_SECONDS
            self._last = {key: at for key, at in self._last.items() if at > recent}
