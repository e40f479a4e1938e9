"""Statistics of a server's questions and votes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.model import Space
    from index.store.usage import Complaint, Gap, Questions, Tokens, Votes

MIN_DAYS, MAX_DAYS, DEFAULT_DAYS = 1, 365, 30

GAPS, COMPLAINTS = 8, 5
"""How many of each are shown."""


@dataclass(frozen=True, slots=True)
class DayStats:
    """One day (UTC); `median_ms` is None if nothing was asked."""

    day: date
    answered: int
    refused: int
    helpful: int
    unhelpful: int
    median_ms: float | None


@dataclass(frozen=True, slots=True)
class Stats:
    """Every day of a period, oldest first, and what stands out in the whole period.

    `gaps` are refused questions that the articles seem not to cover, `not_found` those whose topic
    they have. `tokens` counts those of the language model, 0 without one.
    """

    days: tuple[DayStats, ...]
    median_ms: float | None
    gaps: tuple[Gap, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    tokens: int = 0
    not_found: tuple[Gap, ...] = ()

    @property
    def answered(self) -> int:
        """Questions answered."""
        return sum(day.answered for day in self.days)

    @property
    def refused(self) -> int:
        """Questions refused."""
        return sum(day.refused for day in self.days)

    @property
    def asked(self) -> int:
        """All questions."""
        return self.answered + self.refused

    @property
    def helpful(self) -> int:
        """Votes that an answer helped."""
        return sum(day.helpful for day in self.days)

    @property
    def unhelpful(self) -> int:
        """Votes that an answer did not help."""
        return sum(day.unhelpful for day in self.days)


def read_stats(
    questions: Questions, votes: Votes, tokens: Tokens, space: Space, days: int
) -> Stats:
    """Return a server's last `days` days, today included; blocks for a moment."""
    activity = questions.activity(space, days)
    voted = votes.days(space, days)
    return Stats(
        tuple(
            DayStats(
                day.day,
                day.answered,
                day.refused,
                voted[day.day].helpful if day.day in voted else 0,
                voted[day.day].unhelpful if day.day in voted else 0,
                day.median_ms,
            )
            for day in activity.days
        ),
        activity.median_ms,
        tuple(questions.gaps(space, days, GAPS)),
        tuple(votes.complaints(space, days, COMPLAINTS)),
        sum(tokens.days(space, days).values()),
        tuple(questions.gaps(space, days, GAPS, perhaps_there=True)),
    )
