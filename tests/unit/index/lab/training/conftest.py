"""What tests of training share."""

from __future__ import annotations

import pytest

from index.lab.training.swaps import Swaps
from tests.unit.index.lab.training import given


@pytest.fixture(scope="session")
def swaps() -> Swaps:
    """Swaps for the questions of the made-up set."""
    return Swaps(given.all_items())
