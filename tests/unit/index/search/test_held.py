import pytest

from index.search.held import STALE_SECONDS, Held
from tests.fakes import Clock


@pytest.fixture
def clock():
    return Clock(0.0)


@pytest.fixture
def held(clock):
    held: Held[str] = Held(clock)
    held.put("a", "1", 2)
    return held


def test_what_is_held_is_counted(held):
    held.put("a", "2", 3)
    assert [*held] == [("a", "1", 2), ("a", "2", 3)]
    assert held.passages("a", "2") == 3
    assert held.passages("a", "3") == held.passages("b", "1") == 0
    held.drop("a", "1")
    held.drop("a", "2")
    assert held.articles() == [*held] == []


def test_replaced_versions_stay_for_those_who_still_read_them(held, clock):
    held.set_current("a", "2")
    clock.now = STALE_SECONDS - 0.1
    held.set_current("a", "2")
    assert held.stale
    assert held.expired() == []
    clock.now = STALE_SECONDS
    assert held.expired() == [("a", "1")]
    held.drop("a", "1")
    assert not held.stale


def test_a_removed_article_has_no_current_version(held, clock):
    held.set_current("a", None)
    clock.now = STALE_SECONDS
    assert held.expired() == [("a", "1")]


def test_a_version_that_came_back_is_not_stale(held, clock):
    held.set_current("a", None)
    held.set_current("a", "1")
    clock.now = STALE_SECONDS
    assert held.expired() == []


def test_those_replaced_first_expire_first(held, clock):
    held.put("b", "1", 1)
    held.set_current("b", None)
    clock.now = 30.0
    held.set_current("a", None)
    clock.now = STALE_SECONDS
    assert held.expired() == [("b", "1")]
