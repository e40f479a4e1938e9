"""How many tokens a language model read and wrote, by space and day."""

from __future__ import annotations

import sqlite3
from datetime import date

from index.catalog.database import Clock, Database, utc_now
from index.catalog.votes import KEPT_DAYS, first_day
from index.model import Space


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
