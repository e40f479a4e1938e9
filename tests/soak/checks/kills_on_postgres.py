"""kill -9 at every write of a publish, with the articles in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests import postgres
from tests.soak import kills
from tests.soak.check import Figure, Rounds
from tests.soak.kills import Hit, Kind, around, around_vectors, around_words

TITLE = "kill -9 at every write of a publish, in PostgreSQL"
SOAK = 200
SUITE = 6

_CALLS = (
    (psycopg.Cursor, "execute"),
    (psycopg.Cursor, "executemany"),
    (psycopg.Connection, "commit"),
)


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """Kill at each kind of point in turn, each time a point further; examine after each."""
    with postgres.running(postgres.binaries()) as server:
        yield from kills.run(rounds, folder, KINDS, database_url=server.create())


@contextmanager
def _around_statements(hit: Hit) -> Iterator[None]:
    with ExitStack() as patched:
        for owner, name in _CALLS:
            patched.enter_context(around(owner, name, hit))
        yield


KINDS = {
    "around statements": Kind(17, _around_statements),  # of which a publish has 50
    "around BM25": Kind(1, around_words),
    "around Chroma": Kind(1, around_vectors),
}
