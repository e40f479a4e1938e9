"""One open database and a clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.model import Space
from index.store.catalog import Catalog

ONE, TWO = Space("1001"), Space("1002")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


class Clock:
    """Shows `now` until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def catalog(tmp_path):
    catalog = Catalog(tmp_path / "footnote.db")
    yield catalog
    catalog.close()


@pytest.fixture
def clock():
    return Clock()
