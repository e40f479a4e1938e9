"""A minute of a fleet: three bots, one PostgreSQL, one Chroma, and kill -9 every ten seconds."""

import pytest

from tests import postgres
from tests.soak.check import Rounds
from tests.soak.checks import fleet

MINUTE = Rounds(6)


@pytest.mark.skipif(not postgres.binaries(), reason=postgres.NO_POSTGRES)
@pytest.mark.timeout(900)  # three minutes on a machine of its own, most of them for the starts
def test_nothing_is_lost_or_done_twice(tmp_path):
    figures = list(fleet.run(MINUTE, tmp_path))
    assert [figure for figure in figures if not (figure.held or figure.timed)] == []
    assert figures
