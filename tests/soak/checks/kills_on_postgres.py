"""kill -9 around every statement of a publish, with the articles in PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg

from tests import postgres
from tests.builders import open_library
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.processes import KILLED, SILENT_SECONDS, Child, die
from tests.soak.steps import lost, publish

TITLE = "kill -9 around every statement of a publish, in PostgreSQL"
SOAK = 200
SUITE = 5

STEPS = 3
"""Publishes of a process that is not killed before."""

STRIDE = 17
"""Points that a round goes further; a publish has 50: before and after each statement."""

_CALLS = (
    (psycopg.Cursor, "execute"),
    (psycopg.Cursor, "executemany"),
    (psycopg.Connection, "commit"),
)


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """Kill a point further each round; examine what the next process finds."""
    last, killed, problems, points = -1, 0, [], count(1, STRIDE)
    with postgres.running(postgres.binaries()) as server:
        url = server.create()
        for number in rounds:
            with Child(_publish, folder, url, last + 1, next(points)) as child:
                for acknowledged in child.messages(SILENT_SECONDS):
                    last = acknowledged
                ended = child.process.exitcode
            if ended == KILLED:
                killed += 1
            elif ended:
                problems.append(f"a process ended with {ended}")
            else:  # all points were passed: from the first ones again
                points = count(1 + number % STRIDE, STRIDE)
            with open_library(folder, database_url=url) as library:
                problems += lost(library, last)
    yield Figure("killed", f"{killed} times", killed > 0)
    yield Figure("acknowledged publishes", str(last + 1), last >= 0)
    yield Figure("lost or half-visible", first_few(problems), not problems)


def _publish(send: Callable[[int], None], folder: Path, url: str, first: int, point: int) -> None:
    numbers = count(1)

    def hit() -> None:
        if next(numbers) == point:
            die()

    with ExitStack() as patched, open_library(folder, database_url=url) as library:
        for owner, name in _CALLS:
            patched.enter_context(mock.patch.object(owner, name, _around(owner, name, hit)))
        for step in range(first, first + STEPS):
            publish(library, step)
            send(step)


def _around(owner: type, name: str, hit: Callable[[], None]) -> Any:
    call = getattr(owner, name)

    @wraps(call)
    def around(*args: Any, **options: Any) -> Any:
        hit()
        found = call(*args, **options)
        hit()
        return found

    return around
