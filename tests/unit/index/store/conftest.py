"""The catalog of every test in this folder, in SQLite and in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.store.catalog import Catalog
from index.store.subscriptions import Subscriptions
from tests.builders import new_database
from tests.fakes import Clock


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where an empty database is."""
    if request.param == "sqlite":
        return tmp_path / "footnote.db"
    return request.getfixturevalue("postgres").create_empty()


@pytest.fixture
def catalog(place: Path | str, clock: Clock) -> Iterator[Catalog]:
    """An empty database; what it stores has the time of `clock`."""
    if isinstance(place, Path):
        new_database(place.parent)
    catalog = Catalog(place, clock)
    yield catalog
    catalog.close()


@pytest.fixture
def subscriptions(catalog: Catalog, clock: Clock) -> Subscriptions:
    return Subscriptions(catalog.database, clock)
