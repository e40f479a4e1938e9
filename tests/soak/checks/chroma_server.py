"""A Chroma server that is killed, hangs, and comes back empty."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from index.library import Library
from index.search import sync
from tests import chroma
from tests.builders import open_library
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.steps import ARTICLES, lost, publish

TITLE = "Chroma server down, hanging, and back without its data"
SOAK = 12
SUITE = 1

RETRY_SECONDS = 0.5
"""Instead of 30, as there are many rounds."""

ANSWERED_SECONDS = 10.0
READY_SECONDS = 60.0


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: all is well, the server goes or hangs, and is back with nothing in it."""
    problems: list[str] = []
    waits, back = [0.0], [0.0]
    made = 0
    server = chroma.Server(folder / "server")
    try:
        with (
            mock.patch.object(sync, "RETRY_SECONDS", RETRY_SECONDS),
            open_library(folder / "data", chroma=True, chroma_url=server.url) as library,
        ):
            for step in range(ARTICLES):
                publish(library, step)
            last = ARTICLES - 1
            for number in rounds:
                made += 1
                _in_step(library, problems)
                server.stop(hang=number % 2 == 1)
                began = time.monotonic()
                library.search("vessel")
                waits.append(time.monotonic() - began)
                publish(library, last := last + 1)
                problems += [f"without it: {one}" for one in lost(library, last, more=False)]
                server.begin_anew()
                began = time.monotonic()
                _in_step(library, problems)
                back.append(time.monotonic() - began)
                problems += [f"with it again: {one}" for one in lost(library, last, more=False)]
    finally:
        server.end()
    yield Figure("killed or made to hang, in turn", str(made), made > 0)
    yield Figure("lost or not recovered", first_few(problems), not problems)
    longest = max(waits)
    answered_in_time = longest < ANSWERED_SECONDS
    yield Figure("longest question meanwhile", f"{longest:.1f} s", answered_in_time, timed=True)
    yield Figure("longest until it held all again", f"{max(back):.1f} s", held=True)


def _in_step(library: Library, problems: list[str]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not (library._vectors.wait(1.0) and library._vectors.chroma):
        if time.monotonic() > deadline:
            problems.append(f"Chroma is {library._vectors.described}")
            return
        time.sleep(0.1)
