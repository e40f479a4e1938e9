from types import SimpleNamespace

from prometheus_client import CollectorRegistry

from bot.llm.faults import Fault
from bot.metrics.meters import WritingMeter


def outcome(written_by, fault=None):
    return SimpleNamespace(answer=SimpleNamespace(written_by=written_by), fault=fault)


def test_answers_are_counted_by_what_became_of_them():
    registry = CollectorRegistry()
    meter = WritingMeter(registry)
    for each in (outcome("m"), outcome("m"), outcome(None), outcome(None, Fault.SLOW)):
        meter.wrote(each)
    counted = {
        name: registry.get_sample_value("footnote_written_answers_total", {"outcome": name})
        for name in ("written", "own_words", "slow", "spent")
    }
    assert counted == {"written": 2, "own_words": 1, "slow": 1, "spent": 0}
