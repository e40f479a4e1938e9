"""Times of many acts, as figures."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from tests.soak.check import Figure
from tests.soak.city.acts import TOLD_TO_WAIT, Act
from tests.soak.examining import some

DISCORD_SECONDS = 3.0
"""Within which Discord wants to hear of an interaction."""


def at(percent: float, values: Iterable[float]) -> float:
    """A percentile, by the nearest rank; nan of none."""
    ordered = sorted(values)
    if not ordered:
        return math.nan
    return ordered[min(len(ordered), math.ceil(percent / 100 * len(ordered))) - 1]


def spread(values: Sequence[float]) -> str:
    """The figures of times in seconds."""
    p50, p99 = at(50, values), at(99, values)
    return f"p50 {p50:.2f} s, p99 {p99:.2f} s, most {max(values, default=math.nan):.2f} s"


def acknowledgements(acts: Sequence[Act], *, p99: float = 1.0, most: float = 2.5) -> Figure:
    """How long it was until the first sign of life; `p99` and `most` are the bounds."""
    times = [act.acknowledged for act in acts if act.acknowledged is not None]
    held = bool(times) and at(99, times) < p99 and max(times) < most
    return Figure("acknowledged after", spread(times), held, timed=bool(times))


def answers(acts: Sequence[Act]) -> Figure:
    """How long it was until the answer."""
    times = [act.answered for act in acts if act.answered is not None]
    return Figure("answered after", spread(times), bool(times))


def uses(acts: Sequence[Act]) -> Figure:
    """What was done."""
    ways = ", ".join(f"{n} {way}" for way, n in Counter(a.way for a in acts).most_common())
    return Figure("uses", f"{len(acts):,} ({ways})", bool(acts))


def unanswered(acts: Sequence[Act]) -> Figure:
    """Which answers are missing, twice there, of another server, or were put off."""
    found = [problem for act in acts if (problem := wrong(act))]
    found += [f"{act.way}: told to wait" for act in acts if TOLD_TO_WAIT in act.said]
    return Figure("answers lost, double, wrong or of another server", some(found), not found)


def unaccounted(acts: Sequence[Act], log: str) -> Figure:
    """Which uses ended without an answer, and without a line of the log that names them."""
    lost = [act for act in acts if act.answered is None]
    silent = [act for act in lost if act.where not in log]
    seen = f"{len(lost)} of them logged, not: {some([f'{a.way}: {a.problem}' for a in silent])}"
    return Figure("unanswered", seen if lost else "none", not silent)


def wrong(act: Act) -> str | None:
    """What is not as it has to be with one use."""
    return act.problem or (f"{act.way}: {act.copies} answers" if act.copies > 1 else None)
