from dataclasses import fields, replace

import pytest

from index.answering.confidence import THRESHOLD, WEIGHTS, Signals, probability

NOTHING = Signals(*[0.0] * len(fields(Signals)))
EVERYTHING = Signals(*[1.0] * len(fields(Signals)))


def test_nothing_seen_is_a_refusal_and_everything_an_answer():
    assert 0 < probability(NOTHING) < THRESHOLD < probability(EVERYTHING) < 1


@pytest.mark.parametrize("name", [f.name for f in fields(Signals) if getattr(WEIGHTS, f.name) > 0])
def test_more_evidence_makes_surer(name):
    assert probability(replace(NOTHING, **{name: 1.0})) > probability(NOTHING)
