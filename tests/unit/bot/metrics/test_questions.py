import asyncio
from contextlib import suppress

import pytest
from prometheus_client import CollectorRegistry

from bot.errors import QueueFull, ShuttingDown, TooSoon
from bot.metrics.meters import Origin, QuestionMeter
from index.errors import StorageError, UnknownArticle
from index.model import Answer


@pytest.fixture
def registry():
    return CollectorRegistry()


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


def answer(*, answered):
    timings_ms = {"total": 30.0, "search": 2.0}
    return Answer("?", answered, (), (), (), confidence=0.5, timings_ms=timings_ms)


@pytest.mark.parametrize(("answered", "outcome"), [(True, "answered"), (False, "refused")])
def test_an_answer_is_counted_and_measured(registry, meter, answered, outcome):
    with meter.asked(Origin.INTERACTION) as question:
        question.answer = answer(answered=answered)
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
        question.answer = answer(answered=True)
        raise error
    assert counts(registry) == {outcome: 1}
    labels = {"way": "interaction"}
    assert not registry.get_sample_value("footnote_answer_seconds_count", labels)


def test_a_fault_that_was_told_is_counted(registry, meter):
    with meter.asked(Origin.MESSAGE) as question:
        question.error = ZeroDivisionError()
    assert counts(registry, "message") == {"failed": 1}


def test_what_was_withdrawn_is_not_counted(registry, meter):
    with meter.asked(Origin.OVERHEARD):
        pass
    assert counts(registry, "overheard") == {}
