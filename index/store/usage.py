"""How much was asked and refused, and how many tokens were used."""

from __future__ import annotations

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from index.model import Space
from index.store.database import Clock, Database, utc_now
from index.store.votes import KEPT_DAYS, first_day, hash_of, kept

GAP_DAYS = 90
"""How long refused questions stay: they are somebody's words, though not told whose."""

STEPS_PER_DOUBLING = 8
"""Times are counted on a scale of such steps, from 1 ms up; a median is exact to 5 %."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day (UTC); `median_ms` is None where nothing was asked."""

    day: date
    answered: int
    refused: int
    median_ms: float | None


@dataclass(frozen=True, slots=True)
class Activity:
    """Every day of a period, oldest first, and the median over all of it."""

    days: tuple[Day, ...]
    median_ms: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the articles did not answer, and how often it was asked."""

    question: str
    count: int


class Questions:
    """Counted by server; a period is the last so many days (UTC), today included."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def count(self, space: Space, question: str, milliseconds: float, *, answered: bool) -> None:
        """Count a question, and how long its answer took; keep its words where it was refused."""
        today = self._clock().date().isoformat()
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO questions VALUES (?, ?, ?, ?, 1)"
                " ON CONFLICT DO UPDATE SET count = count + 1",
                (space, today, answered, _step(milliseconds)),
            )
            if not answered:
                connection.execute(
                    "INSERT INTO gaps VALUES (?, ?, ?, ?, 1)"
                    " ON CONFLICT DO UPDATE SET count = count + 1",
                    (space, today, hash_of(question), kept(question)),
                )
            for table, days in (("questions", KEPT_DAYS), ("gaps", GAP_DAYS)):
                connection.execute(
                    f"DELETE FROM {table} WHERE space = ? AND day < ?",  # noqa: S608
                    (space, self._first(days)),
                )

    def activity(self, space: Space, days: int) -> Activity:
        """What was asked in a period."""
        times: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
        first = first_day(self._clock, days)
        with self._database.reading() as connection:
            for day, answered, step, count in connection.execute(
                "SELECT day, answered, time, count FROM questions WHERE space = ? AND day >= ?",
                (space, first.isoformat()),
            ):
                times[day, answered][step] = count
        return Activity(
            tuple(_day(first + timedelta(days=n), times) for n in range(days)),
            _median(sum(times.values(), Counter())),
        )

    def gaps(self, space: Space, days: int, limit: int) -> list[Gap]:
        """The questions refused most often in a period.

        Those that differ in case and blanks alone are one.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT max(question), sum(count) FROM gaps WHERE space = ? AND day >= ?"
                " GROUP BY hash ORDER BY 2 DESC, max(day) DESC, 1 LIMIT ?",
                (space, self._first(days), limit),
            )
            return [Gap(*row) for row in rows]

    def _first(self, days: int) -> str:
        return first_day(self._clock, days).isoformat()


def _step(milliseconds: float) -> int:
    return round(STEPS_PER_DOUBLING * math.log2(max(milliseconds, 1.0)))


def _day(day: date, times: Mapping[tuple[str, int], Counter[int]]) -> Day:
    refused, answered = (times.get((day.isoformat(), kind), Counter()) for kind in (0, 1))
    return Day(day, answered.total(), refused.total(), _median(answered + refused))


def _median(steps: Counter[int]) -> float | None:
    """The middle one of times counted by step, in milliseconds."""
    before = 0
    for step in sorted(steps):
        before += steps[step]
        if 2 * before >= steps.total():
            return float(2 ** (step / STEPS_PER_DOUBLING))
    return None


class Tokens:
    """Counted by server; a day is one of UTC."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def reserve(self, space: Space, count: int, most: int | None = None) -> bool:
        """Count tokens that are about to be used; False, and none, where that is over the most.

        Two that ask at once do not share what is left.
        """
        with self._database.writing() as connection:
            if most is not None and self._used(connection, space) + count > most:
                return False
            self._add(connection, space, self._today(), count)
            connection.execute(
                "DELETE FROM tokens WHERE space = ? AND day < ?",
                (space, first_day(self._clock, KEPT_DAYS).isoformat()),
            )
        return True

    def correct(self, space: Space, change: int) -> None:
        """Count what was used beyond what was reserved, or (below 0) was not."""
        with self._database.writing() as connection:
            self._add(connection, space, self._today(), change)

    def today(self, space: Space) -> int:
        """What was used today."""
        with self._database.reading() as connection:
            return self._used(connection, space)

    def days(self, space: Space, days: int) -> dict[date, int]:
        """What was used in the last so many days, today included; days without use are left out."""
        first = first_day(self._clock, days).isoformat()
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT day, count FROM tokens WHERE space = ? AND day >= ? ORDER BY day",
                (space, first),
            )
            return {date.fromisoformat(day): count for day, count in rows}

    def _today(self) -> str:
        return self._clock().date().isoformat()

    def _used(self, connection: sqlite3.Connection, space: Space) -> int:
        row = connection.execute(
            "SELECT count FROM tokens WHERE space = ? AND day = ?", (space, self._today())
        ).fetchone()
        return int(row[0]) if row else 0

    @staticmethod
    def _add(connection: sqlite3.Connection, space: Space, day: str, count: int) -> None:
        connection.execute(
            "INSERT INTO tokens VALUES (?, ?, max(?, 0))"
            " ON CONFLICT DO UPDATE SET count = max(count + ?, 0)",
            (space, day, count, count),
        )
