import asyncio
import time
from contextlib import suppress
from types import SimpleNamespace

import pytest
from prometheus_client import CollectorRegistry
from yarl import URL

from bot.errors import QueueFull, ShuttingDown, TooSoon
from bot.llm.draft import Fault
from bot.metrics.meters import (
    MOST_WAITING,
    WINDOW_SECONDS,
    DraftMeter,
    GatewayMeter,
    LoopLag,
    Origin,
    QuestionMeter,
    RequestMeter,
)
from index.errors import StorageError, UnknownArticle
from tests.builders import answer, citation, refusal


def test_a_connection_that_is_lost_and_resumed():
    registry = CollectorRegistry()
    meter = GatewayMeter(registry)
    seen = []
    for happens in ("READY", "MESSAGE_CREATE", None, None, "RESUMED", None, "READY"):
        if happens:
            meter.event(happens)
        if happens in ("READY", "RESUMED"):
            meter.connect(0)
        elif not happens:
            meter.disconnect(0)
        seen.append(registry.get_sample_value("footnote_gateway_connected"))
    assert seen == [1, 1, 0, 0, 1, 0, 1]
    assert registry.get_sample_value("footnote_gateway_sessions_total") == 2
    assert registry.get_sample_value("footnote_gateway_resumes_total") == 1
    assert registry.get_sample_value("footnote_gateway_disconnects_total") == 2
    assert registry.get_sample_value("footnote_gateway_last_event_timestamp_seconds") > 1e9


def test_every_shard_must_be_connected():
    meter = GatewayMeter(CollectorRegistry())
    assert not meter.connected
    meter.connect(4)
    meter.connect(5)
    meter.disconnect(4)
    assert not meter.connected
    meter.connect(4)
    assert meter.connected


def test_attempts_before_the_first_connection_lose_none():
    registry = CollectorRegistry()
    GatewayMeter(registry).disconnect(0)
    assert registry.get_sample_value("footnote_gateway_disconnects_total") == 0


@pytest.fixture
def registry():
    return CollectorRegistry()


@pytest.fixture
def lag(registry):
    return LoopLag(registry)


def sample(registry, name, **labels):
    return registry.get_sample_value(f"footnote_event_loop_lag_{name}", labels)


async def test_a_blocked_loop_is_noticed(registry, lag):
    measuring = asyncio.create_task(lag.run())
    await asyncio.sleep(0.05)
    time.sleep(0.3)  # noqa: ASYNC251 - what must not happen
    await asyncio.sleep(0.05)
    measuring.cancel()
    assert 0.28 < sample(registry, "max_seconds") < 2
    assert sample(registry, "recent_max_seconds") == sample(registry, "max_seconds")
    late = sample(registry, "seconds_count") - sample(registry, "seconds_bucket", le="0.1")
    assert late >= 18, "each tick that the stall held up counts"


def test_a_stall_counts_for_every_tick_that_it_held_up(registry, lag):
    lag.note(0.095, now=1)
    assert sample(registry, "seconds_count") == 10
    assert sample(registry, "seconds_bucket", le="0.05") == 5
    assert sample(registry, "seconds_sum") == pytest.approx(0.5)


def test_a_tick_in_time_counts_once(registry, lag):
    lag.note(0.0004, now=1)
    assert sample(registry, "seconds_count") == 1
    assert sample(registry, "seconds_bucket", le="0.001") == 1


def test_the_largest_stays_and_the_recent_one_passes(registry, lag):
    lag.note(0.5, now=0)
    lag.note(0.001, now=WINDOW_SECONDS + 1)
    assert sample(registry, "recent_max_seconds") == 0.5
    lag.note(0.002, now=2 * WINDOW_SECONDS + 2)
    assert sample(registry, "recent_max_seconds") == 0.002
    assert sample(registry, "max_seconds") == 0.5


@pytest.fixture
def meter(registry):
    return QuestionMeter(registry)


def counts(registry, way="interaction"):
    """What was counted, without what was not."""
    found = {
        sample.labels["outcome"]: sample.value
        for family in registry.collect()
        for sample in family.samples
        if sample.name == "footnote_questions_total" and sample.labels["way"] == way
    }
    assert len(found) == 5, "every outcome is there from the start"
    return {outcome: count for outcome, count in found.items() if count}


TIMED = {"timings_ms": {"total": 30.0, "search": 2.0}}


@pytest.mark.parametrize(
    ("found", "outcome"), [(answer(citation(), **TIMED), "answered"), (refusal(**TIMED), "refused")]
)
def test_an_answer_is_counted_and_measured(registry, meter, found, outcome):
    with meter.asked(Origin.INTERACTION) as question:
        question.answer = found
    assert counts(registry) == {outcome: 1}
    way, stage = {"way": "interaction"}, {"stage": "total"}
    assert registry.get_sample_value("footnote_answer_seconds_count", way) == 1
    assert registry.get_sample_value("footnote_answer_stage_seconds_sum", stage) == 0.03


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (TooSoon(3, server=False), "told_to_wait"),
        (QueueFull(100), "told_to_wait"),
        (UnknownArticle("x"), "turned_away"),
        (ShuttingDown(), "turned_away"),
        (asyncio.CancelledError(), "turned_away"),
        (StorageError("/d", "full"), "failed"),
        (ZeroDivisionError(), "failed"),
    ],
    ids=repr,
)
def test_what_fails_is_counted_and_not_measured(registry, meter, error, outcome):
    with suppress(type(error)), meter.asked(Origin.INTERACTION) as question:
        question.answer = answer(citation())
        raise error
    assert counts(registry) == {outcome: 1}
    labels = {"way": "interaction"}
    assert not registry.get_sample_value("footnote_answer_seconds_count", labels)


def test_a_reported_fault_is_counted(registry, meter):
    with meter.asked(Origin.MESSAGE) as question:
        question.error = ZeroDivisionError()
    assert counts(registry, "message") == {"failed": 1}


def test_what_was_withdrawn_is_not_counted(registry, meter):
    with meter.asked(Origin.OVERHEARD):
        pass
    assert counts(registry, "overheard") == {}


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


def outcome(written_by, fault=None):
    return SimpleNamespace(answer=SimpleNamespace(written_by=written_by), fault=fault)


def test_answers_are_counted_by_what_became_of_them():
    registry = CollectorRegistry()
    meter = DraftMeter(registry)
    for each in (outcome("m"), outcome("m"), outcome(None), outcome(None, Fault.SLOW)):
        meter.ended(each)
    counted = {
        name: registry.get_sample_value("footnote_written_answers_total", {"outcome": name})
        for name in ("written", "own_words", "slow", "spent")
    }
    assert counted == {"written": 2, "own_words": 1, "slow": 1, "spent": 0}
