"""What all units share: parsing in this process, a clock that stands still, an open database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.runtime.threads import Workers
from index.library import Library
from index.sandboxed import child
from index.sources import sandbox
from index.store.catalog import Catalog
from index.store.records import Records
from index.store.settings_store import SettingsStore
from tests.builders import new_database, open_library
from tests.fakes import Clock
from tests.postgres import Server


def _parse_here(name: str, module: str, data: bytes, *arguments: str) -> Any:
    reply = json.loads(child.reply(child.load(module), data, list(arguments)))
    if "found" in reply:
        return reply["found"]
    raise sandbox._error(name, reply, 0)


@pytest.fixture(autouse=True)
def parsed_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parse files in this process: a child for each, as users have it, starts in .2 s of CPU.

    Not in tests with the mark `sandboxed`.
    """
    if not request.node.get_closest_marker("sandboxed"):
        monkeypatch.setattr(sandbox, "run", _parse_here)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def catalog(tmp_path: Path, clock: Clock) -> Iterator[Catalog]:
    """An empty database; what it stores has the time of `clock`."""
    catalog = Catalog(new_database(tmp_path), clock)
    yield catalog
    catalog.close()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library, without a reader."""
    with open_library(tmp_path / "data") as library:
        yield library


@pytest.fixture
def records(catalog: Catalog) -> Records:
    return Records(catalog.database)


@pytest.fixture
def settings_store(catalog: Catalog) -> SettingsStore:
    return SettingsStore(catalog.database)


@pytest.fixture(scope="module")
def url(postgres: Server) -> str:
    """An empty database in PostgreSQL."""
    return postgres.create_empty()


@pytest.fixture
def rows(url: str) -> Callable[[str], list[Any]]:
    """Run a statement in that database and return its rows."""

    def run(statement: str) -> list[Any]:
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    return run


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers()
    yield workers
    workers.close()
