"""Faults of Discord: calls that fail, connections that break."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from tests.fakediscord import FakeDiscord

REST_FAULTS: tuple[Mapping[str, Any], ...] = (
    {"status": 429, "retry_after": 0.7},
    {"status": 503},
    {"reset": "before"},
    {"status": 429, "retry_after": 0.7, "globally": True},
    {"status": 502},
    {"reset": "midway"},
    {"status": 0, "delay": 1.0},
    {"status": 500},
    {"reset": "after"},
    {"status": 0, "after": 1.5},
)
"""Faults of REST calls, as `FakeDiscord.fault` takes them."""

CALLS_PER_FAULT = 3
"""Calls that meet each of them."""

BACK_SECONDS = 90.0


def fail_calls(fd: FakeDiscord, number: int) -> None:
    """Let the next few calls meet a fault."""
    fd.fault(times=CALLS_PER_FAULT, **REST_FAULTS[number % len(REST_FAULTS)])


def _end_session(fd: FakeDiscord) -> None:
    """Close with 4009, session timed out: a RESUME is refused."""
    fd.gateway.close(4009)
    fd.sessions.clear()


GATEWAY_FAULTS: tuple[tuple[str, Callable[[FakeDiscord], None]], ...] = (
    ("dropped", lambda fd: fd.gateway.drop()),
    ("op 9, not resumable", lambda fd: fd.gateway.invalidate(resumable=False)),
    ("op 7", lambda fd: fd.gateway.reconnect()),
    ("4009", _end_session),
    ("op 9, resumable", lambda fd: fd.gateway.invalidate(resumable=True)),
    ("op 9, not resumable", lambda fd: fd.gateway.invalidate(resumable=False)),
)
"""Half of them can be resumed."""


async def disconnect(fd: FakeDiscord, number: int) -> None:
    """Break the connection in one of the ways, and wait until the bot is back."""
    connects = fd.gateway.connects
    GATEWAY_FAULTS[number % len(GATEWAY_FAULTS)][1](fd)
    async with asyncio.timeout(BACK_SECONDS):
        while fd.gateway.connects == connects or not connected(fd):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


def connected(fd: FakeDiscord) -> bool:
    """Whether what happens now reaches the bot, at once or when it resumes."""
    return bool(fd.sessions)


def name(number: int) -> str:
    """What `disconnect` does with this number."""
    return GATEWAY_FAULTS[number % len(GATEWAY_FAULTS)][0]
