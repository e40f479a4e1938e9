"""Made-up statistics, the same every time; as a program, the picture of docs/discord.md.

python -m tests.unit.bot.cogs.stats.sample docs/plots/stats.png
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

from bot.cogs.stats.chart import draw
from bot.cogs.stats.reader import DayStats, Stats

TODAY = date(2026, 11, 24)


def sample(days: int, *, busy: float = 1.0, seed: int = 7) -> Stats:
    """A server with quiet weekends, some days on which nobody asks, and a slow day now and then."""
    chance = random.Random(seed)
    every = [_day(chance, TODAY - timedelta(days=days - 1 - n), busy) for n in range(days)]
    medians = sorted(day.median_ms for day in every if day.median_ms)
    return Stats(tuple(every), medians[len(medians) // 2] if medians else None)


def _day(chance: random.Random, day: date, busy: float) -> DayStats:
    weekend = day.weekday() >= 5
    asked = round(busy * max(0.0, chance.gauss(5 if weekend else 17, 5)))
    asked = 0 if weekend and chance.random() < 0.3 else asked
    refused = sum(chance.random() < 0.25 for _ in range(asked))
    votes = sum(chance.random() < 0.3 for _ in range(asked))
    unhelpful = sum(chance.random() < 0.25 for _ in range(votes))
    median = chance.lognormvariate(4.7, 0.25) * (4 if chance.random() < 0.04 else 1)
    return DayStats(
        day, asked - refused, refused, votes - unhelpful, unhelpful, median if asked else None
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(draw(sample(30).days))
