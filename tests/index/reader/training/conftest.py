"""What tests of training share."""

from __future__ import annotations

import pytest

from index.reader.training.swaps import Swaps
from tests.index.reader.training import given


@pytest.fixture(scope="session")
def swaps() -> Swaps:
    """Swaps for the questions of the made-up set."""
    return Swaps(given.all_items())
