import aiohttp
import pytest
from yarl import URL

from bot.client import FootnoteBot
from bot.runtime.rate_limits import MOST_A_SECOND, Pacing
from bot.services import Services
from tests.fakes import Clock

CHANNEL = "https://discord.com/api/v10/channels/1/messages"


@pytest.fixture
def clock():
    return Clock(100.0)


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
    async with FootnoteBot(Services(None, None, None), tmp_path) as bot:
        waits = [step.__self__ for step in bot.http.http_trace.on_request_start]
        assert any(isinstance(one, Pacing) for one in waits)
    assert MOST_A_SECOND < 50
