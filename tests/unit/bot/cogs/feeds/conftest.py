"""Feeds are parsed in this process: a child for each check takes most of the time otherwise."""

import pytest

from tests.unit.index.sources.assertions import in_process


@pytest.fixture(autouse=True)
def _parsed_here():
    """tests/unit/index/sources/test_sandbox.py has a feed parsed in a child."""
    with in_process():
        yield
