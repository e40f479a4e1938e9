"""How much was asked and refused, what people thought of answers, and tokens used."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from index.model import Space
from index.store.database import Repository, hash_of, kept
from index.store.queries import Query, replacing, upserting
from index.store.schema import gaps, questions, tokens, votes

KEPT_DAYS = 365
"""How long counts and votes stay."""

GAP_DAYS = 90
"""How long refused questions stay: they are a user's words, though not whose is kept."""

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
    """A refused question, and how often it was asked."""

    question: str
    count: int


class Questions(Repository):
    """Counts of questions, by server."""

    def count(
        self,
        space: Space,
        question: str,
        milliseconds: float,
        *,
        answered: bool,
        perhaps_there: bool | None = False,
    ) -> None:
        """Count a question, and how long its answer took; keep its words where it was refused.

        `perhaps_there` tells whether the articles may have the answer to one that was refused, None
        where there were no articles, so that it says nothing of what they lack.
        """
        today = self._since(1)
        with self._database.writing() as connection:
            step = _step(milliseconds)
            of_day = {"space": space, "day": today}
            _count(connection, questions, of_day | {"answered": int(answered), "time": step})
            if not answered and perhaps_there is not None:
                refused = {
                    "hash": hash_of(question),
                    "perhaps_there": int(perhaps_there),
                    "question": kept(question),
                }
                _count(connection, gaps, of_day | refused)
            for table, days in ((questions, KEPT_DAYS), (gaps, GAP_DAYS)):
                _OLD[table].run(connection, space=space, first=self._since(days))

    def activity(self, space: Space, days: int) -> Activity:
        """Return what was asked in a period."""
        times: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
        query = sa.select(
            questions.c.day, questions.c.answered, questions.c.time, questions.c["count"]
        ).where(questions.c.space == space, questions.c.day >= self._since(days))
        for day, answered, step, count in self._rows(query):
            times[day, answered][step] = count
        first = self._first_day(days)
        return Activity(
            tuple(_day(first + timedelta(days=n), times) for n in range(days)),
            _median(sum(times.values(), Counter())),
        )

    def gaps(
        self, space: Space, days: int, limit: int, *, perhaps_there: bool = False
    ) -> list[Gap]:
        """Return the questions refused most often in a period.

        Either those that the articles lacked or those whose answer was perhaps there. Those that
        differ in case and blanks alone are one.
        """
        question, count = sa.func.max(gaps.c.question), sa.func.sum(gaps.c["count"])
        query = (
            sa.select(question, count)
            .where(
                gaps.c.space == space,
                gaps.c.day >= self._since(days),
                gaps.c.perhaps_there == int(perhaps_there),
            )
            .group_by(gaps.c.hash)
            .order_by(count.desc(), sa.func.max(gaps.c.day).desc(), question)
            .limit(limit)
        )
        return [Gap(*row) for row in self._rows(query)]


_BY = sa.bindparam("by", type_=sa.Integer)
_COUNTED = {
    table: upserting(
        table, count=sa.case((table.c["count"] + _BY > 0, table.c["count"] + _BY), else_=0)
    )
    for table in (questions, gaps, tokens)
}
_OLD = {
    table: Query(
        sa.delete(table).where(
            table.c.space == sa.bindparam("space"), table.c.day < sa.bindparam("first")
        )
    )
    for table in (questions, gaps, tokens)
}


def _count(
    connection: sa.Connection, table: sa.Table, row: Mapping[str, object], by: int = 1
) -> None:
    """Change the count of a row, which may be new; it does not fall below 0."""
    _COUNTED[table].run(connection, **row, count=max(by, 0), by=by)


def _step(milliseconds: float) -> int:
    return round(STEPS_PER_DOUBLING * math.log2(max(milliseconds, 1.0)))


def _day(day: date, times: Mapping[tuple[str, int], Counter[int]]) -> Day:
    refused, answered = (times.get((day.isoformat(), kind), Counter()) for kind in (0, 1))
    return Day(day, answered.total(), refused.total(), _median(answered + refused))


def _median(steps: Counter[int]) -> float | None:
    """Return the median of times counted by step, in milliseconds."""
    before = 0
    for step in sorted(steps):
        before += steps[step]
        if 2 * before >= steps.total():
            return float(2 ** (step / STEPS_PER_DOUBLING))
    return None


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes counted."""

    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Complaint:
    """A question whose answer did not help, all votes on it, and the reasons given."""

    question: str
    votes: Tally
    reasons: tuple[str, ...]


_HELPFUL = sa.func.count().filter(votes.c.helpful == 1)
_UNHELPFUL = sa.func.count().filter(votes.c.helpful == 0)


class Votes(Repository):
    """Votes by server and user."""

    def put(
        self,
        space: Space,
        message: str,
        who: str,
        question: str,
        *,
        helpful: bool,
        reason: str | None = None,
    ) -> None:
        """Take a user's vote on an answer, in place of an earlier one.

        The words are kept only where it did not help.
        """
        vote = {
            "message": message,
            "who": who,
            "space": space,
            "helpful": int(helpful),
            "hash": hash_of(question),
            "question": None if helpful else kept(question),
            "reason": None if helpful else reason and kept(reason),
            "at": self._now(),
        }
        old = sa.delete(votes).where(votes.c.space == space, votes.c.at < self._since(KEPT_DAYS))
        with self._database.writing() as connection:
            replacing(votes).run(connection, **vote)
            connection.execute(old)

    def of(self, message: str, who: str) -> bool | None:
        """Tell whether an answer helped, by a user's vote; None where there is none."""
        query = sa.select(votes.c.helpful).where(votes.c.message == message, votes.c.who == who)
        return next((bool(row.helpful) for row in self._rows(query)), None)

    def days(self, space: Space, days: int) -> Mapping[date, Tally]:
        """Count the votes of each day of a period that had any."""
        day = sa.func.substr(votes.c.at, 1, 10).label("day")
        query = sa.select(day, _HELPFUL, _UNHELPFUL).where(self._of(space, days)).group_by("day")
        return {date.fromisoformat(day): Tally(*counts) for day, *counts in self._rows(query)}

    def complaints(self, space: Space, days: int, limit: int) -> list[Complaint]:
        """Return a period's questions whose answers did not help, the most such votes first.

        Questions that differ in case and blanks alone are one.
        """
        worst = (
            sa.select(votes.c.hash, sa.func.max(votes.c.question), _HELPFUL, _UNHELPFUL)
            .where(self._of(space, days))
            .group_by(votes.c.hash)
            .having(_UNHELPFUL > 0)
            .order_by(_UNHELPFUL.desc(), sa.func.max(votes.c.at).desc())
            .limit(limit)
        )
        given = sa.select(votes.c.hash, votes.c.reason).where(
            self._of(space, days), votes.c.reason.is_not(None)
        )
        with self._database.reading() as connection:
            found = connection.execute(worst).all()
            reasons: dict[str, list[str]] = defaultdict(list)
            for hash_, reason in connection.execute(
                given.where(votes.c.hash.in_([row[0] for row in found]))
            ):
                reasons[hash_].append(reason)
        return [
            Complaint(question, Tally(*counts), tuple(reasons[hash_]))
            for hash_, question, *counts in found
        ]

    def _of(self, space: Space, days: int) -> sa.ColumnElement[bool]:
        return sa.and_(votes.c.space == space, votes.c.at >= self._since(days))


class Tokens(Repository):
    """Tokens that a language model read and wrote, by server."""

    def reserve(self, space: Space, count: int, most: int | None = None) -> bool:
        """Count tokens before they are used; False, and none, where that is over the most.

        Two that ask at once do not share what is left.
        """
        with self._database.writing() as connection:
            if most is not None and self.today(space) + count > most:
                return False
            _count(connection, tokens, self._today(space), count)
            _OLD[tokens].run(connection, space=space, first=self._since(KEPT_DAYS))
        return True

    def correct(self, space: Space, change: int) -> None:
        """Count what was used beyond what was reserved, or (below 0) was not."""
        with self._database.writing() as connection:
            _count(connection, tokens, self._today(space), change)

    def today(self, space: Space) -> int:
        """Return what was used today."""
        return sum(self.days(space, 1).values())

    def days(self, space: Space, days: int) -> dict[date, int]:
        """Return what was used on each day of a period that had any use."""
        query = sa.select(tokens.c.day, tokens.c["count"]).where(
            tokens.c.space == space, tokens.c.day >= self._since(days)
        )
        rows = self._rows(query.order_by(tokens.c.day))
        return {date.fromisoformat(day): count for day, count in rows}

    def _today(self, space: Space) -> dict[str, object]:
        return {"space": space, "day": self._since(1)}
