"""kill -9 at every write of a publish."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

from index.search import bm25
from index.search.chroma import Chroma
from index.store import connections, sqlite
from tests.builders import open_library
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.processes import KILLED, SILENT_SECONDS, Child, die
from tests.soak.steps import IN_SYNC_SECONDS, publish, restart

TITLE = "kill -9 at every write of a publish"
SOAK = 280
SUITE = 8

STEPS = 3
"""Publishes of a process that is not killed before."""

VM_INSTRUCTIONS = 300
"""Of SQLite between two points inside a statement."""

Hit = Callable[[], None]
"""Called at every point; does not return from the one that kills."""


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """Kill at each kind of point in turn, each time a point further; examine after each."""
    last, problems, killed, repairs = -1, [], dict.fromkeys(KINDS, 0), [0.0]
    points = {kind: count(1, stride) for kind, stride in KINDS.items()}
    for number in rounds:
        kind = list(KINDS)[number % len(KINDS)]
        last, ended = _publish_until(folder, last, kind, next(points[kind]))
        if ended == KILLED:
            killed[kind] += 1
        elif ended:
            problems.append(f"a process ended with {ended}")
        else:  # all points were passed: from the first one again, on other articles
            points[kind] = count(1 + number % 3, KINDS[kind])
        found, seconds = restart(folder, last)
        problems += [f"after {kind}: {one}" for one in found]
        repairs.append(seconds)
    made = sum(killed.values())
    kinds = ", ".join(f"{n} {kind}" for kind, n in killed.items())
    yield Figure("killed", f"{made} times ({kinds})", made > 0)
    yield Figure("acknowledged publishes", str(last + 1), last >= 0)
    yield Figure("lost, half-visible or unrepaired", first_few(problems), not problems)
    longest = max(repairs)
    yield Figure(
        "longest until Chroma was in sync again", f"{longest:.1f} s", longest < IN_SYNC_SECONDS
    )


def _publish_until(folder: Path, last: int, kind: str, point: int) -> tuple[int, int | None]:
    """Publish in a child that kills itself; the last acknowledged step, and how it ended."""
    with Child(_publish, folder, last + 1, kind, point) as child:
        for acknowledged in child.messages(SILENT_SECONDS):
            last = acknowledged
        return last, child.process.exitcode


def _publish(send: Callable[[int], None], folder: Path, first: int, kind: str, point: int) -> None:
    numbers = count(1)

    def hit() -> None:
        if next(numbers) == point:
            die()

    with _INSTALL[kind](hit), open_library(folder, chroma=True) as library:
        for step in range(first, first + STEPS):
            publish(library, step)
            send(step)
        library._vectors.wait(SILENT_SECONDS)


def _at_statements(hit: Hit) -> Any:
    return _connections(lambda connection: connection.set_trace_callback(lambda _: hit()))


def _inside_statements(hit: Hit) -> Any:
    return _connections(
        lambda connection: connection.set_progress_handler(lambda: hit(), VM_INSTRUCTIONS)
    )


def _connections(prepare: Callable[[sqlite3.Connection], None]) -> Any:
    def connect(*args: Any) -> sqlite3.Connection:
        connection = connections.connect(*args)
        prepare(connection)
        return connection

    return mock.patch.object(sqlite, "connect", connect)


def _around_words(hit: Hit) -> Any:
    write = bm25._write

    def each(fresh: Iterable[Any]) -> Iterator[Any]:
        for one in fresh:
            hit()
            yield one
        hit()

    def around(index: Any, stale: Iterable[Any], fresh: Iterable[Any]) -> None:
        write(index, stale, each(fresh))
        hit()

    return mock.patch.object(bm25, "_write", around)


def _around_vectors(hit: Hit) -> Any:
    add = Chroma.add

    @wraps(add)
    def around(*args: Any) -> None:
        hit()
        add(*args)
        hit()

    return mock.patch.object(Chroma, "add", around)


KINDS = {"between statements": 3, "inside statements": 4, "around BM25": 1, "around Chroma": 1}
"""Kinds of points, and how many a round goes further."""

_INSTALL: dict[str, Callable[[Hit], Any]] = dict(
    zip(KINDS, (_at_statements, _inside_statements, _around_words, _around_vectors), strict=True)
)
