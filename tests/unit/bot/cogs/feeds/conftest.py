from types import SimpleNamespace

import pytest

from bot.services import Services
from tests.builders import open_library


@pytest.fixture
def site():
    """What fetches; modules whose tests fetch have one of their own."""
    return SimpleNamespace()


@pytest.fixture
def services(tmp_path, site, workers):
    """Of a real library."""
    with open_library(tmp_path) as library:
        yield Services(library, workers, site)
