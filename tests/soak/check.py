"""What a check is: a module of `tests.soak.checks` with these names.

TITLE   what it shows, the heading of its section in docs/reliability.md
SOAK    how many rounds `make soak` makes
SUITE   how many the tests make; 0 where other tests do the same
run     (rounds, folder) -> figures; `folder` is an empty one of its own
"""

from __future__ import annotations

import importlib
import pkgutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a section. `held` says whether it is as it has to be.

    `timed` are those that hold on a machine of its own; the test suite does not judge them, as it
    runs several checks side by side.
    """

    what: str
    seen: str
    held: bool
    timed: bool = False


@dataclass
class Rounds:
    """How often a check goes round: so many times, or until the time is over."""

    count: int
    seconds: float = float("inf")

    def __iter__(self) -> Iterator[int]:
        ends = time.monotonic() + self.seconds
        for number in range(self.count):
            if time.monotonic() > ends:
                return
            yield number


class Check(Protocol):
    """A module of `tests.soak.checks`."""

    TITLE: str
    SOAK: int
    SUITE: int

    def run(self, rounds: Rounds, folder: Path) -> Iterator[Figure]:
        """Make the rounds and yield what was seen."""
        ...


def find() -> dict[str, Check]:
    """All checks by the names of their modules."""
    from tests.soak import checks

    names = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))
    return {name: importlib.import_module(f"{checks.__name__}.{name}") for name in names}  # type: ignore[misc]


def first_few(problems: Sequence[str]) -> str:
    """Return the first three of them, counted."""
    return f"{len(problems)}: {'; '.join(problems[:3])}" if problems else "none"
