"""kill -9 at every write of a publish."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from index.store import connections, sqlite
from tests.soak import kills
from tests.soak.check import Figure, Rounds
from tests.soak.kills import Hit, Kind, around_vectors, around_words

TITLE = "kill -9 at every write of a publish"
SOAK = 280
SUITE = 8

VM_INSTRUCTIONS = 300
"""Of SQLite between two points inside a statement."""


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """Kill at each kind of point in turn, each time a point further; examine after each."""
    return kills.run(rounds, folder, KINDS)


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


KINDS = {
    "between statements": Kind(3, _at_statements),
    "inside statements": Kind(4, _inside_statements),
    "around BM25": Kind(1, around_words),
    "around Chroma": Kind(1, around_vectors),
}
