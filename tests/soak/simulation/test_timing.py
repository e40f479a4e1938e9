import math

import pytest

from tests.soak.simulation import timing
from tests.soak.simulation.actions import Result


def result(acknowledged=0.1, answered=1.0, **more) -> Result:
    return Result("/ask", more.pop("logged_as", "77"), acknowledged, answered, "said", **more)


def test_percentiles():
    assert timing.at(50, [3.0, 1.0, 2.0]) == 2.0
    assert timing.at(99, range(1, 101)) == 99
    assert math.isnan(timing.at(50, []))


@pytest.mark.parametrize(
    ("times", "held"),
    [
        ([0.9] * 100, True),
        ([0.9] * 98 + [1.1] * 2, False),
        ([0.1] * 999 + [2.6], False),
        ([], False),
    ],
)
def test_acknowledgements_have_two_bounds(times, held):
    assert timing.acknowledgements([result(time) for time in times]).held is held


def test_what_was_put_off_or_answered_twice_is_not_answered():
    assert timing.unanswered([result()]).held
    assert not timing.unanswered([result(copies=2)]).held
    assert not timing.unanswered([result(problem="no visible response")]).held
    put_off = Result("/ask", "77", 0.1, 1.0, "100 questions are ahead of yours.")
    assert not timing.unanswered([put_off]).held


def test_what_is_not_answered_has_to_be_in_the_log():
    lost = result(answered=None, logged_as="123", problem="no response")
    assert timing.unaccounted([result(), lost], "interaction 123 is gone: 10062").held
    assert not timing.unaccounted([result(), lost], "interaction 124 is gone: 10062").held


def test_the_lag_is_of_the_time_in_between():
    before = {0.01: 10.0, 0.05: 10.0, 0.25: 10.0, math.inf: 11.0}
    after = {0.01: 1000.0, 0.05: 1009.0, 0.25: 1010.0, math.inf: 1011.0}
    figure = timing.lag(before, after)
    assert figure.held
    assert figure.seen == "p99 under 10 ms, most under 250 ms (1,000 ticks)"
    assert not timing.lag(before, after | {math.inf: 1012.0}).held
    assert not timing.lag(after, after).held
