import asyncio
import time

import pytest
from prometheus_client import CollectorRegistry

from bot.metrics.meters import WINDOW_SECONDS, LoopLag


@pytest.fixture
def registry():
    return CollectorRegistry()


@pytest.fixture
def lag(registry):
    return LoopLag(registry)


def sample(registry, name, **labels):
    return registry.get_sample_value(f"footnote_event_loop_lag_{name}", labels)


async def test_a_blocked_loop_is_noticed(registry, lag):
    measuring = asyncio.create_task(lag.run())
    await asyncio.sleep(0.05)
    time.sleep(0.3)  # noqa: ASYNC251 - what must not happen
    await asyncio.sleep(0.05)
    measuring.cancel()
    assert 0.28 < sample(registry, "max_seconds") < 2
    assert sample(registry, "recent_max_seconds") == sample(registry, "max_seconds")
    late = sample(registry, "seconds_count") - sample(registry, "seconds_bucket", le="0.1")
    assert late >= 18, "each tick that the stall held up counts"


def test_a_stall_counts_for_every_tick_that_it_held_up(registry, lag):
    lag.note(0.095, now=1)
    assert sample(registry, "seconds_count") == 10
    assert sample(registry, "seconds_bucket", le="0.05") == 5
    assert sample(registry, "seconds_sum") == pytest.approx(0.5)


def test_a_tick_in_time_counts_once(registry, lag):
    lag.note(0.0004, now=1)
    assert sample(registry, "seconds_count") == 1
    assert sample(registry, "seconds_bucket", le="0.001") == 1


def test_the_largest_stays_and_the_recent_one_passes(registry, lag):
    lag.note(0.5, now=0)
    lag.note(0.001, now=WINDOW_SECONDS + 1)
    assert sample(registry, "recent_max_seconds") == 0.5
    lag.note(0.002, now=2 * WINDOW_SECONDS + 2)
    assert sample(registry, "recent_max_seconds") == 0.002
    assert sample(registry, "max_seconds") == 0.5
