"""What a process takes of the machine, sampled."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from tests.soak.check import Figure

MOST_MEMORY_GROWTH = 0.05
MOST_MORE = 4.0
"""Open files or threads at the end, by the fit: those of one question more."""

JUDGED_SECONDS = 300.0
"""Memory over a shorter time tells of filling caches, not of leaks."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One moment of a process."""

    at: float
    memory_mb: float
    files: int
    threads: int


def sample(pid: int) -> Sample:
    """Look at a process now."""
    process = Path(f"/proc/{pid}")
    pages = int((process / "statm").read_text().split()[1])
    return Sample(
        time.monotonic(),
        pages * 4096 / 2**20,
        len(list((process / "fd").iterdir())),
        len(list((process / "task").iterdir())),
    )


def fit(points: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The values at the first and the last x, on the line of the median slope (Theil and Sen)."""
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(points, 2) if b[0] > a[0]]
    slope = statistics.median(slopes) if slopes else 0.0
    start = statistics.median(y - slope * (x - points[0][0]) for x, y in points)
    return start, start + slope * (points[-1][0] - points[0][0])


def growth(samples: Sequence[Sample]) -> list[Figure]:
    """How memory, files and threads went; `samples` are those after the warm-up."""
    lasted = samples[-1].at - samples[0].at

    def ends(of: Callable[[Sample], float]) -> tuple[float, float]:
        return fit([(one.at, of(one)) for one in samples])

    first, last = ends(lambda one: one.memory_mb)
    grown = (last - first) / first
    most = max(one.memory_mb for one in samples)
    seen = f"{first:.0f} MB to {last:.0f} MB by the fit ({grown:+.1%}), {most:.0f} MB at most"
    short = lasted < JUDGED_SECONDS
    held = grown < MOST_MEMORY_GROWTH or short
    figures = [Figure(f"memory over {lasted / 60:.0f} minutes after the warm-up", seen, held)]
    for what, (first, last) in {
        "open files": ends(lambda one: one.files),
        "threads": ends(lambda one: one.threads),
    }.items():
        figures.append(
            Figure(what, f"{first:.0f} to {last:.0f}", short or last - first <= MOST_MORE)
        )
    return figures
