import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import is_before, newest_first
from tests.builders import article

MORNING, EVENING = "2026-11-19T08:00:00", "2026-11-19T18:00:00"


def dated(*days):
    return [article(str(n), published=day) for n, day in enumerate(days)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026-11-18", "2026-11-19"),
        ("2026-11-18T23:00:00", "2026-11-19"),
        (MORNING, EVENING),
        ("2026-11-19T20:00:00+03:00", EVENING),
    ],
)
def test_what_surely_came_before(one, other):
    one, other = dated(one, other)
    assert is_before(one, other)
    assert not is_before(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026-11-19", EVENING),
        ("2026-11-19T00:00:00Z", EVENING),
        (None, EVENING),
        (MORNING, "2026-11-19T09:00:00+01:00"),
    ],
)
def test_the_order_of_one_day_is_unknown_without_times(one, other):
    one, other = dated(one, other)
    assert not is_before(one, other)
    assert not is_before(other, one)


def test_what_is_of_one_day_stays_as_given_but_by_its_times():
    given = dated(None, MORNING, "2026-11-19", EVENING, "2026-11-20", "2026-11-20")
    assert [one.id for one in newest_first(given)] == ["4", "5", "2", "3", "1", "0"]


DAYS = st.none() | st.datetimes(timezones=st.timezones()).map(str) | st.dates().map(str)


@given(st.lists(DAYS, max_size=6))
def test_nothing_stands_behind_what_it_surely_came_after(days):
    found = newest_first(dated(*days))
    assert len(found) == len(days)
    assert not any(is_before(one, b) for n, one in enumerate(found) for b in found[n + 1 :])
