"""What a site lets robots read: robots.txt (RFC 9309)."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeAlias

from cachetools import TTLCache
from yarl import URL

MAX_BYTES = 500 * 1024
"""Of a robots.txt; what is beyond counts for nothing (RFC 9309, 2.5)."""

KEPT_BYTES = 8_000_000
"""Of all that are kept, so that many sites together take no more memory than this."""

KEPT_SECONDS = 3_600.0

ALL_ROBOTS = "*"

MonotonicClock: TypeAlias = Callable[[], float]

_Rule: TypeAlias = tuple[bool, str]

_TOKEN = re.compile(r"[A-Za-z_-]+|\*")

_LINE = re.compile(r"\s*([A-Za-z-]+)\s*:\s*([^#]*)")


class Robots:
    """The robots.txt of the sites that were asked of late, for one robot.

    `read` fetches one and returns its bytes, b"" where there is none; what it raises is passed on.
    """

    def __init__(
        self,
        robot: str,
        read: Callable[[URL], Awaitable[bytes]],
        clock: MonotonicClock = time.monotonic,
    ) -> None:
        self._robot = robot
        self._read = read
        self._kept: TTLCache[URL, bytes] = TTLCache(KEPT_BYTES, KEPT_SECONDS, clock, _size)

    async def allow(self, url: URL) -> bool:
        """Tell whether the site lets the robot read a page."""
        text = await self._of(url.origin())
        # In a thread, as a hostile one takes a while to go through.
        return not text or await asyncio.to_thread(allows, text, self._robot, url.raw_path_qs)

    async def _of(self, site: URL) -> bytes:
        text = self._kept.get(site)
        if text is None:
            text = (await self._read(site / "robots.txt"))[:MAX_BYTES]
            self._kept[site] = text
        return text


def allows(text: bytes, robot: str, path: str) -> bool:
    """Tell whether a robots.txt lets a robot read a path with its query, percent-encoded.

    The longest rule that matches decides, between equals the one that allows.
    """
    found = [
        (len(pattern), allowed)
        for allowed, pattern in _rules(text, robot.casefold())
        if _matches(pattern, path)
    ]
    return path == "/robots.txt" or max(found, default=(0, True))[1]


def _rules(text: bytes, robot: str) -> list[_Rule]:
    """Return the rules of all groups that name the robot, else of those for all robots."""
    by_robot: dict[str, list[_Rule]] = {}
    named: list[str] = []
    open_group = False
    for key, value in _lines(text):
        if key == "user-agent":
            token = _TOKEN.match(value)
            named = [*(named if open_group else ()), token[0].casefold() if token else ""]
            by_robot.setdefault(named[-1], [])
            open_group = True
        elif key in ("allow", "disallow"):
            open_group = False
            if value:
                for name in named:
                    by_robot[name].append((key == "allow", _normal(value)))
    return by_robot.get(robot, by_robot.get(ALL_ROBOTS, []))


def _lines(text: bytes) -> Iterator[tuple[str, str]]:
    for line in re.split(r"[\r\n]+", text.decode("utf-8-sig", "replace")):
        if match := _LINE.match(line):
            yield match[1].lower(), match[2].strip()


def _normal(pattern: str) -> str:
    """Write a pattern as links are written: what has no need to be percent-encoded is not."""
    pattern = pattern if pattern.startswith("/") else f"/{pattern}"
    if pattern.isascii() and "%" not in pattern:
        return pattern
    return URL(f"http://site{pattern}").raw_path_qs


def _matches(pattern: str, path: str) -> bool:
    """Tell whether a path begins with a pattern: * is any run, a $ at the end the end.

    No regular expression: those of a hostile site could take for ever.
    """
    whole = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for part in others[:-1] if whole else others:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if whole and others:
        return path.endswith(others[-1]) and len(path) - len(others[-1]) >= at
    return not whole or at == len(path)


def _size(text: bytes) -> int:
    """Return what keeping it takes, more or less."""
    return len(text) + 500
