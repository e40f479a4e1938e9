"""A few rounds of every check."""

import gc

import pytest

from tests.soak.check import Rounds, find
from tests.soak.checks import full_disk as checks_full_disk

CHECKS = {name: check for name, check in find().items() if check.SUITE}


@pytest.fixture(autouse=True)
def collected():
    """Have what killed servers and processes left open closed in the test that killed them."""
    yield
    gc.collect()


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.timeout(900)  # up to three minutes on a machine of its own, more on a busy one
@pytest.mark.parametrize("name", CHECKS)
def test_all_of_it_holds(name, tmp_path):
    if name == "full_disk" and not checks_full_disk.possible():
        pytest.skip("needs unshare and mount")
    check = CHECKS[name]
    figures = list(check.run(Rounds(check.SUITE), tmp_path))
    assert [figure for figure in figures if not (figure.held or figure.timed)] == []
    assert figures
