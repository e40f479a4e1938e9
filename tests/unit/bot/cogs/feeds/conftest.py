from types import SimpleNamespace

import pytest

from bot.services import Services


@pytest.fixture
def site():
    """What fetches; modules whose tests fetch have one of their own."""
    return SimpleNamespace()


@pytest.fixture
def services(library, site, workers):
    """Of a real library."""
    return Services(library, workers, site)
