from unittest.mock import Mock

import pytest

from bot.services import Services
from index.store.records import Records
from tests.builders import refusal


@pytest.fixture
def services(catalog, workers):
    """Of a library that finds nothing, over a real database."""
    library = Mock(records=Records(catalog.database))
    library.ask.return_value = refusal(question="Who?")
    return Services(library, workers, None)
