import pytest

from bot.errors import TooSoon
from bot.runtime import rate_limits as cooldowns
from bot.runtime.rate_limits import MOST_OVERHEARD, Cooldowns, Overheard
from bot.server_settings import MAX_COOLDOWN_SECONDS, ServerSettings
from tests.fakes import Clock

GUILD, OTHER, ANN, BO = 1, 2, 7, 8
MEMBER = ServerSettings(member_cooldown_seconds=30)
SERVER = ServerSettings(server_cooldown_seconds=10)


@pytest.fixture
def clock():
    return Clock(100.0)


@pytest.fixture
def given(clock):
    return Cooldowns(clock)


def test_without_a_limit_nobody_waits(given):
    for _ in range(3):
        given.take(GUILD, ANN, ServerSettings())


def test_a_member_waits_and_others_do_not(given, clock):
    given.take(GUILD, ANN, MEMBER)
    given.take(GUILD, BO, MEMBER)
    given.take(OTHER, ANN, MEMBER)
    clock.now += 0.5
    with pytest.raises(TooSoon) as caught:
        given.take(GUILD, ANN, MEMBER)
    assert (caught.value.seconds, caught.value.server) == (30, False)
    clock.now += 29.5
    given.take(GUILD, ANN, MEMBER)


def test_a_server_waits_together(given, clock):
    given.take(GUILD, ANN, SERVER)
    given.take(OTHER, ANN, SERVER)
    with pytest.raises(TooSoon) as caught:
        given.take(GUILD, BO, SERVER)
    assert caught.value.server
    clock.now += 10
    given.take(GUILD, BO, SERVER)


def test_who_is_told_to_wait_does_not_wait_longer_for_having_asked(given, clock):
    both = ServerSettings(member_cooldown_seconds=30, server_cooldown_seconds=10)
    given.take(GUILD, ANN, both)
    clock.now += 9
    with pytest.raises(TooSoon):
        given.take(GUILD, BO, both)
    clock.now += 1
    given.take(GUILD, BO, both)


def test_direct_messages_have_no_limit(given):
    given.take(None, ANN, MEMBER)
    given.take(None, ANN, MEMBER)


def test_what_is_kept_is_bounded(given, clock, monkeypatch):
    monkeypatch.setattr(cooldowns, "KEPT", 10)
    for user in range(10):
        given.take(GUILD, user, MEMBER)
    clock.now += MAX_COOLDOWN_SECONDS
    given.take(GUILD, 99, MEMBER)
    assert len(given._last) == 1


def test_a_check_lets_nothing_through_and_counts_nothing(given, clock):
    given.check(GUILD, ANN, MEMBER)
    given.take(GUILD, ANN, MEMBER)
    with pytest.raises(TooSoon):
        given.check(GUILD, ANN, MEMBER)
    given.check(GUILD, BO, MEMBER)
    given.check(GUILD, BO, MEMBER)


def test_a_server_is_overheard_so_often_a_minute(clock):
    heard = Overheard(clock)
    assert all(heard.take(GUILD) for _ in range(MOST_OVERHEARD))
    assert not heard.take(GUILD)
    assert heard.take(OTHER)
    clock.now += 60
    assert heard.take(GUILD)
