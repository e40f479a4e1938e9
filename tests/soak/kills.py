"""kill -9 at every write of a publish, whatever the articles are in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

from index.search import bm25
from index.search.chroma import Chroma
from tests.builders import open_library
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.processes import KILLED, SILENT_SECONDS, Child, die
from tests.soak.steps import IN_SYNC_SECONDS, publish, restart

STEPS = 3
"""Publishes of a process that is not killed before."""

Hit = Callable[[], None]
"""Called at every point; does not return from the one that kills."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Points of a kind: `install` has them hit while it is entered, `stride` is a round's step."""

    stride: int
    install: Callable[[Hit], Any]


def run(
    rounds: Rounds, folder: Path, kinds: Mapping[str, Kind], **database: str
) -> Iterator[Figure]:
    """Kill at each kind of point in turn, each time a point further; examine after each."""
    last, problems, killed, repairs = -1, [], dict.fromkeys(kinds, 0), [0.0]
    points = {name: count(1, kind.stride) for name, kind in kinds.items()}
    for number in rounds:
        turn, chosen = divmod(number, len(kinds))
        name, kind = list(kinds.items())[chosen]
        with Child(_publish, folder, last + 1, kind, next(points[name]), database) as child:
            for acknowledged in child.messages(SILENT_SECONDS):
                last = acknowledged
            ended = child.process.exitcode
        if ended == KILLED:
            killed[name] += 1
        elif ended:
            problems.append(f"a process ended with {ended}")
        else:  # all points were passed: from the first ones again, on other articles
            points[name] = count(1 + turn % kind.stride, kind.stride)
        found, seconds = restart(folder, last, **database)
        problems += [f"after {name}: {one}" for one in found]
        repairs.append(seconds)
    made = ", ".join(f"{n} {name}" for name, n in killed.items())
    yield Figure("killed", f"{sum(killed.values())} times ({made})", any(killed.values()))
    yield Figure("acknowledged publishes", str(last + 1), last >= 0)
    yield Figure("lost, half-visible or unrepaired", first_few(problems), not problems)
    longest = max(repairs)
    yield Figure(
        "longest until Chroma was in sync again", f"{longest:.1f} s", longest < IN_SYNC_SECONDS
    )


def _publish(
    send: Callable[[int], None],
    folder: Path,
    first: int,
    kind: Kind,
    point: int,
    database: Mapping[str, str],
) -> None:
    numbers = count(1)

    def hit() -> None:
        if next(numbers) == point:
            die()

    with kind.install(hit), open_library(folder, chroma=True, **database) as library:
        for step in range(first, first + STEPS):
            publish(library, step)
            send(step)
        library._vectors.wait(SILENT_SECONDS)


def around_words(hit: Hit) -> Any:
    """Hit before and after each version that BM25 is given, and its commit."""
    write = bm25._write

    def each(fresh: Iterable[Any]) -> Iterator[Any]:
        for one in fresh:
            hit()
            yield one
        hit()

    def wrapped(*given: Any) -> None:
        *before, fresh = given
        write(*before, each(fresh))
        hit()

    return mock.patch.object(bm25, "_write", wrapped)


def around_vectors(hit: Hit) -> Any:
    """Hit before and after each batch that Chroma is given."""
    return around(Chroma, "add", hit)


def around(owner: type, name: str, hit: Hit) -> Any:
    """Hit before and after each call of a method."""
    call = getattr(owner, name)

    @wraps(call)
    def wrapped(*args: Any, **options: Any) -> Any:
        hit()
        found = call(*args, **options)
        hit()
        return found

    return mock.patch.object(owner, name, wrapped)
