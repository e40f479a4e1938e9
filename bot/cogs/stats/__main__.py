"""The process that draws: days as JSON in, a PNG out."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Any

from bot.cogs.stats.chart import draw
from bot.cogs.stats.reader import DayStats


def _day(fields: dict[str, Any]) -> DayStats:
    return DayStats(**fields | {"day": date.fromisoformat(fields["day"])})


if __name__ == "__main__":
    sys.stdout.buffer.write(draw([_day(fields) for fields in json.load(sys.stdin)]))
