from datetime import UTC, datetime, timedelta

import pytest

from bot.cogs.feeds.checking import INTERVAL, LONGEST, PATIENCE, next_check

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def wait(*given, chance=0.0):
    return next_check(NOW, *given, chance=lambda: chance) - NOW


def test_a_check_that_went_well_is_followed_by_another_a_little_sooner_or_later():
    assert wait() == INTERVAL
    assert wait(chance=1.0) == INTERVAL * 0.8


def test_each_failure_doubles_the_time_up_to_a_day():
    assert [wait(n) / INTERVAL for n in range(4)] == [1, 2, 4, 8]
    assert wait(7) == wait(1_000_000) == LONGEST


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (timedelta(hours=3), timedelta(hours=3)),
        (timedelta(seconds=5), 2 * INTERVAL),
        (timedelta(days=-3), 2 * INTERVAL),
        (timedelta(days=3_000), PATIENCE),
    ],
)
def test_a_site_may_ask_for_more_time_within_reason(asked, expected):
    assert wait(1, NOW + asked) == expected
