"""A clock that stands still, an open database and the threads of a bot."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.runtime.threads import Workers
from index.store.catalog import Catalog
from tests.builders import new_database
from tests.fakes import Clock
from tests.postgres import Server


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def catalog(tmp_path: Path, clock: Clock) -> Iterator[Catalog]:
    """An empty database; what it stores has the time of `clock`."""
    catalog = Catalog(new_database(tmp_path), clock)
    yield catalog
    catalog.close()


@pytest.fixture(scope="module")
def url(postgres: Server) -> str:
    """An empty database in PostgreSQL."""
    return postgres.create_empty()


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers()
    yield workers
    workers.close()
