from datetime import UTC, datetime, timedelta

import pytest

from index.model import Space
from index.store.usage import Tokens
from tests.fakes import Clock

ONE, OTHER = Space("1"), Space("2")


@pytest.fixture
def clock():
    return Clock(datetime(2026, 11, 24, 23, 50, tzinfo=UTC))


@pytest.fixture
def tokens(catalog, clock):
    return Tokens(catalog.database, clock)


def test_tokens_are_counted_by_space(tokens):
    assert tokens.reserve(ONE, 100)
    assert tokens.reserve(ONE, 50)
    assert (tokens.today(ONE), tokens.today(OTHER)) == (150, 0)


def test_no_more_than_the_most_is_reserved(tokens):
    assert tokens.reserve(ONE, 900, 1_000)
    assert not tokens.reserve(ONE, 101, 1_000)
    assert tokens.today(ONE) == 900
    assert tokens.reserve(ONE, 100, 1_000)


def test_what_was_reserved_is_corrected_and_never_below_nothing(tokens):
    tokens.reserve(ONE, 900)
    tokens.correct(ONE, -500)
    assert tokens.today(ONE) == 400
    tokens.correct(ONE, -500)
    assert tokens.today(ONE) == 0
    tokens.correct(OTHER, -5)
    assert tokens.today(OTHER) == 0


def test_a_new_day_begins_at_nothing_and_old_ones_go(tokens, clock):
    tokens.reserve(ONE, 900, 1_000)
    yesterday = clock.now.date()
    clock.now += timedelta(minutes=20)
    assert tokens.reserve(ONE, 800, 1_000)
    assert tokens.days(ONE, 7) == {yesterday: 900, clock.now.date(): 800}
    assert tokens.days(ONE, 1) == {clock.now.date(): 800}
    clock.now += timedelta(days=365)
    tokens.reserve(ONE, 1)
    assert tokens.days(ONE, 1_000) == {clock.now.date(): 1}
