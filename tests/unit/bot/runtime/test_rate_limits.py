import math

import aiohttp
import pytest
from yarl import URL

from bot.client import FootnoteBot
from bot.errors import TooSoon
from bot.runtime import rate_limits as cooldowns
from bot.runtime.rate_limits import MOST_A_SECOND, MOST_OVERHEARD, Cooldowns, Overheard, Pacing
from bot.server_settings import MAX_COOLDOWN_SECONDS, ServerSettings
from bot.services import Services
from index.store.connections import Ownership
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


def test_asking_too_soon_does_not_prolong_the_wait(given, clock):
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


def test_what_an_earlier_process_was_asked_counts_once_it_is_recalled(given, clock):
    both = ServerSettings(member_cooldown_seconds=30, server_cooldown_seconds=10)
    member, server = (GUILD, ANN), (GUILD, None)
    assert list(given.unsure(None, ANN, both)) == []
    assert list(given.unsure(GUILD, ANN, both)) == [(member, 30), (server, 10)]
    given.recall(member, 20.0)
    given.recall(server, math.inf)
    assert list(given.unsure(GUILD, ANN, both)) == []
    with pytest.raises(TooSoon) as caught:
        given.take(GUILD, ANN, both)
    assert (caught.value.seconds, caught.value.server) == (10, False)
    given.take(GUILD, BO, both)
    clock.now += 30
    assert list(given.unsure(GUILD, 99, both)) == []


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


CHANNEL = "https://discord.com/api/v10/channels/1/messages"


def test_as_many_as_a_second_takes_go_at_once_the_others_a_second_later_each(clock):
    pacing = Pacing(3, clock)
    assert [pacing.take() for _ in range(8)] == [0, 0, 0, 1, 1, 1, 2, 2]


def test_no_second_has_more_whenever_it_begins(clock):
    pacing, sent = Pacing(3, clock), []
    for step in (0.0, 0.5, 0.1, 0.1, 0.2, 0.0, 0.9, 0.05):
        clock.now += step
        sent.append(clock.now + pacing.take())
    assert all(later >= sooner + 1 for sooner, later in zip(sent, sent[3:], strict=False))


@pytest.mark.parametrize(
    ("url", "waits"),
    [
        (CHANNEL, True),
        ("https://discord.com/api/v10/interactions/1/token/callback", False),
        ("https://discord.com/api/v10/webhooks/1/token/messages/@original", False),
        ("https://discord.com/api/v10/gateway/bot", False),
    ],
)
async def test_interactions_wait_for_nothing_else(monkeypatch, clock, url, waits):
    slept = []

    async def sleep(seconds):
        slept.append(seconds)

    monkeypatch.setattr("bot.runtime.rate_limits.asyncio.sleep", sleep)
    pacing = Pacing(1, clock)
    pacing.take()
    params = aiohttp.TraceRequestStartParams("POST", URL(url), {})
    await pacing.wait(None, None, params)
    assert slept == ([1.0] if waits else [])


async def test_the_bot_waits(tmp_path):
    async with FootnoteBot(Services(None, None, None), tmp_path, Ownership(tmp_path)) as bot:
        waits = [step.__self__ for step in bot.http.http_trace.on_request_start]
        assert any(isinstance(one, Pacing) for one in waits)
    assert MOST_A_SECOND < 50
