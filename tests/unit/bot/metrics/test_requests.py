from types import SimpleNamespace

import pytest
from prometheus_client import CollectorRegistry
from yarl import URL

from bot.metrics.meters import MOST_WAITING, RequestMeter

CALLBACK = "http://discord/api/v10/interactions/{}/aW50ZXJhY3Rpb24/callback"


class Traced:
    """A meter with a clock of its own, and requests as aiohttp traces them."""

    def __init__(self) -> None:
        self.now = 0.0
        self.registry = CollectorRegistry()
        self.meter = RequestMeter(self.registry, clock=lambda: self.now)
        self.trace = self.meter.trace()

    async def request(self, url: str, status: int | None, seconds: float) -> None:
        context = SimpleNamespace()
        for start in self.trace.on_request_start:
            await start(None, context, None)
        self.now += seconds
        ends = self.trace.on_request_end if status else self.trace.on_request_exception
        params = SimpleNamespace(response=SimpleNamespace(status=status), url=URL(url))
        for end in ends:
            await end(None, context, params)

    def value(self, name: str, **labels: str) -> float | None:
        return self.registry.get_sample_value(f"footnote_{name}", labels)


@pytest.fixture
def traced():
    return Traced()


async def test_an_acknowledgement_is_measured_from_the_arrival(traced):
    traced.meter.arrived(7)
    traced.now = 0.25
    await traced.request(CALLBACK.format(7), 200, 0.25)
    assert traced.value("acknowledgement_seconds_count") == 1
    assert traced.value("acknowledgement_seconds_sum") == 0.5
    assert traced.value("discord_request_seconds_sum") == 0.25


async def test_a_try_that_failed_is_no_acknowledgement(traced):
    traced.meter.arrived(7)
    await traced.request(CALLBACK.format(7), 503, 0.5)
    await traced.request(CALLBACK.format(7), None, 0.5)
    assert traced.value("acknowledgement_seconds_count") == 0
    await traced.request(CALLBACK.format(7), 204, 1.0)
    assert traced.value("acknowledgement_seconds_sum") == 2.0
    assert traced.value("discord_responses_total", status="503") == 1
    assert traced.value("discord_lost_requests_total") == 1


async def test_one_that_arrived_unseen_and_other_requests_are_none(traced):
    await traced.request(CALLBACK.format(8), 200, 1.0)
    await traced.request("http://discord/api/v10/channels/7/messages", 429, 1.0)
    assert traced.value("acknowledgement_seconds_count") == 0
    assert traced.value("discord_responses_total", status="429") == 1


async def test_interactions_that_nobody_answers_do_not_pile_up(traced):
    for number in range(MOST_WAITING + 1):
        traced.meter.arrived(number)
    for number in (0, 1):
        await traced.request(CALLBACK.format(number), 200, 0.1)
    assert traced.value("acknowledgement_seconds_count") == 1
