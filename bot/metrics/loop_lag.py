"""How long whatever is due in the event loop has to wait for its turn."""

from __future__ import annotations

import asyncio
import math

from prometheus_client import CollectorRegistry, Gauge, Histogram

TICK_SECONDS = 0.01
"""Stalls are measured to this; a hundred ticks a second take under 1 % of a core."""

WINDOW_SECONDS = 60.0

BUCKETS = (
    *(0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.075),
    *(0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 1.0, 2.5, 5.0),
)
"""Seconds; p99 is to be under 0.05, the maximum under 0.25."""


class LoopLag:
    """Sleeps a tick at a time, and notes how late it wakes."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._lag = Histogram(
            "footnote_event_loop_lag_seconds",
            "Lateness of ticks that are due every 10 ms.",
            buckets=BUCKETS,
            registry=registry,
        )
        self._largest = 0.0
        self._window = self._window_before = 0.0
        self._window_ends = 0.0
        for name, help_text, read in (
            ("max", "Largest lateness since the start.", lambda: self._largest),
            ("recent_max", "Largest lateness of the last one to two minutes.", self._recent),
        ):
            gauge = Gauge(f"footnote_event_loop_lag_{name}_seconds", help_text, registry=registry)
            gauge.set_function(read)

    async def run(self) -> None:
        """Measure until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + TICK_SECONDS
            await asyncio.sleep(TICK_SECONDS)
            now = loop.time()
            self.note(now - due, now)

    def note(self, lateness: float, now: float) -> None:
        """Note a tick that came so many seconds late, with those that it held up.

        A stall delays one tick by all of it, the next would have been a tick less late, and so on:
        counting the first alone would tell of many short waits and one long (coordinated omission).
        """
        self._largest = max(self._largest, lateness)
        if now >= self._window_ends:
            # What was measured before a gap of more than a window is not recent.
            gap = now >= self._window_ends + WINDOW_SECONDS
            self._window_before = 0.0 if gap else self._window
            self._window, self._window_ends = 0.0, now + WINDOW_SECONDS
        self._window = max(self._window, lateness)
        for held_up in range(max(math.ceil(lateness / TICK_SECONDS), 1)):
            self._lag.observe(max(lateness - held_up * TICK_SECONDS, 0.0))

    def _recent(self) -> float:
        return max(self._window, self._window_before)
