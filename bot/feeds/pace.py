"""When a feed is checked next."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

INTERVAL = timedelta(minutes=15)
LONGEST = timedelta(days=1)
"""Between two checks of a feed that fails and fails."""

PATIENCE = timedelta(days=7)
"""How far off a time may be that a site names."""

JITTER = 0.2
"""The share of the time that chance may take away, so that feeds added together drift apart."""


def next_check(
    now: datetime,
    failures: int = 0,
    retry_after: datetime | None = None,
    chance: Callable[[], float] = random.random,
) -> datetime:
    """Return when: sooner by up to JITTER, later with each failure, never before the site allows.

    `failures` counts those since the last check that went well; `chance` draws from 0 to 1.
    """
    doubled = INTERVAL * (1 << min(failures, 7))  # which is more than LONGEST in the end
    wait = min(doubled, LONGEST) * (1 - JITTER * chance())
    if retry_after is None:
        return now + wait
    return max(now + wait, min(retry_after, now + PATIENCE))
