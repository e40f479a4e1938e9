"""Rate-limit buckets."""

from __future__ import annotations

import collections
import hashlib
import math
import time
from typing import TYPE_CHECKING

from ..limits import ApiError
from ..routes import Request
from ..waiting import now

if TYPE_CHECKING:
    from .core import Server

# (method, route): (requests, per seconds); as observed on Discord where known, else the default
DEFAULT = (50, 1.0)
BUCKETS = {
    ("POST", "/channels/{cid}/messages"): (5, 5.0),
    ("PATCH", "/channels/{cid}/messages/{mid}"): (5, 5.0),
    ("DELETE", "/channels/{cid}/messages/{mid}"): (5, 1.0),
    ("POST", "/channels/{cid}/typing"): (5, 5.0),
    ("POST", "/webhooks/{wid}/{token}"): (5, 2.0),
    ("PATCH", "/webhooks/{wid}/{token}/messages/{mid}"): (5, 2.0),
    ("PATCH", "/channels/{cid}"): (5, 15.0),
}
OF_MESSAGES = [
    (method, route)
    for method, route in BUCKETS
    if method in ("POST", "PATCH") and ("messages" in route or "token" in route)
]
MAJOR = ("cid", "gid", "wid", "token")


def too_many(after: float, globally: bool, headers: dict[str, str] | None = None) -> ApiError:
    """Make a 429 that asks for `after` seconds."""
    after = round(max(after, 0.001), 3)
    sent = {
        "Retry-After": str(math.ceil(after)),
        "X-RateLimit-Scope": "global" if globally else "user",
        **(headers or {}),
    }
    if globally:
        sent["X-RateLimit-Global"] = "true"
    more = {"retry_after": after, "global": globally}
    return ApiError(429, 0, "You are being rate limited.", headers=sent, **more)


class Buckets:
    """What is left of each bucket: (when it resets, requests left)."""

    def __init__(self, fd: Server) -> None:
        self.fd = fd
        self.state: dict[tuple[str, ...], tuple[float, int]] = {}
        self.recent: collections.deque[float] = collections.deque()  # of the global limit

    def clear(self) -> None:
        """Forget the buckets (the bot may remember them)."""
        self.state.clear()

    def take(self, rq: Request) -> dict[str, str]:
        """Count a call; return its headers, or raise a 429."""
        if rq.route.startswith("/interactions/"):
            return {}
        size, seconds = BUCKETS.get((rq.method, rq.route), DEFAULT)
        majors = (value for key, value in rq.params.items() if key in MAJOR)
        key = (rq.method, rq.route, *majors)
        reset, left = self.state.get(key, (0, 0))
        time_now, limited = now(), self.fd.rate_limits
        if time_now >= reset:
            reset, left = time_now + seconds, size
        name = hashlib.md5(f"{rq.method}{rq.route}".encode()).hexdigest()
        headers = {
            "X-RateLimit-Limit": str(size),
            "X-RateLimit-Bucket": name,
            "X-RateLimit-Reset": f"{time.time() + reset - time_now:.3f}",
            "X-RateLimit-Reset-After": f"{reset - time_now:.3f}",
        }
        self._take_global(rq, time_now)
        if not left and limited:
            raise too_many(reset - time_now, False, headers | {"X-RateLimit-Remaining": "0"})
        self.state[key] = (reset, max(0, left - 1))
        remaining = max(0, left - 1) if limited else size
        return headers | {"X-RateLimit-Remaining": str(remaining)}

    def _take_global(self, rq: Request, time_now: float) -> None:
        while self.recent and self.recent[0] < time_now - 1:
            self.recent.popleft()
        if self.fd.rate_limits and not rq.route.startswith("/webhooks/"):
            if len(self.recent) >= self.fd.global_limit:
                raise too_many(self.recent[0] + 1 - time_now, True)
            self.recent.append(time_now)

    def throttled_until(self, *majors: str) -> float:
        """Tell when the last exhausted bucket of a channel or (webhook, token) resets.

        Till then edits may still be queued in the bot.
        """
        of_webhook, last = len(majors) == 2, 0.0
        for method, route in OF_MESSAGES:
            if ("{token}" in route) == of_webhook:
                reset, left = self.state.get((method, route, *majors), (0.0, 1))
                last = max(last, 0.0 if left else reset)
        return last
