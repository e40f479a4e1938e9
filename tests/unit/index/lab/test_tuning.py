from dataclasses import astuple, dataclass, replace

import numpy as np
import pytest

from index.answers.scoring import Logistic
from index.lab import tuning
from index.lab.evaluation.questions import KINDS, PRIOR, corpus
from index.lab.evaluation.systems import Systems
from tests.fake_models import HashingEmbedder, OverlapReader


@dataclass(frozen=True)
class Seen:
    one: float
    two: float


def test_fit_recovers_the_weights_that_made_the_data():
    random = np.random.default_rng(0)
    true = Logistic(Seen(one=2.0, two=-1.0), bias=0.5)
    seen = [Seen(*pair) for pair in random.normal(size=(20_000, 2))]
    answers = [random.random() < true.probability(one) for one in seen]
    fitted = tuning.fit(seen, answers, np.ones(len(seen)))
    assert fitted.weights.one == pytest.approx(2.0, abs=0.1)
    assert fitted.weights.two == pytest.approx(-1.0, abs=0.1)
    assert fitted.bias == pytest.approx(0.5, abs=0.1)


def test_weights_move_the_bias_as_if_there_were_more_of_a_kind():
    seen, answers = [Seen(0.0, 0.0)] * 4, [True, False, False, False]
    fitted = tuning.fit(seen, answers, np.array([3.0, 1.0, 1.0, 1.0]))
    assert fitted.bias == pytest.approx(0.0, abs=0.01)
    assert fitted.probability(seen[0]) == pytest.approx(0.5, abs=0.01)


def test_kinds_are_mixed_as_the_prior_has_them():
    kinds = ["answerable"] * 4 + ["adversarial"] * 2 + ["gold removed"] * 3 + ["other article"]
    weight = tuning.mixed(kinds)
    for kind in KINDS:
        inside = [w for w, k in zip(weight, kinds, strict=True) if k == kind]
        assert sum(inside) == pytest.approx(PRIOR[kind])


def test_half_stays_answerable_where_a_kind_is_missing():
    weight = tuning.mixed(["answerable", "answerable", "gold removed", "other article"])
    assert weight.tolist() == pytest.approx([0.25] * 4)
    assert tuning.mixed(["answerable"]).tolist() == [0.5]


def test_above_the_thresholds_few_near_misses_are_answered():
    probability = np.linspace(0.0, 1.0, 201)
    near_miss = np.arange(201) % 2 == 0
    found = tuning.thresholds(probability, near_miss)
    for threshold, share in zip(astuple(found), astuple(tuning.NEAR_MISSES), strict=True):
        answered = (probability[near_miss] > threshold).mean()
        assert share - 0.02 < answered <= share
    assert found.perhaps < found.sure


@pytest.fixture
def observed(tmp_path, data):
    with corpus(data, "town", "dev", tmp_path, HashingEmbedder(), 9) as one:
        systems = Systems(one.bench, OverlapReader())
        with one.bench.catalog.snapshot() as snapshot:
            return [
                tuning.Observed(
                    "natural_news", posed, *systems.observe(snapshot, posed.text, posed.scope)
                )
                for posed in one.questions
            ]


def test_gold_sentences_are_those_that_hold_an_answer(observed):
    (pier,) = [o for o in observed if o.posed.text == "When did the pier burn?" and o.posed.gold]
    assert [one.text for one, _ in pier.read if pier.is_gold(one)] == ["The pier burned in 1901."]
    assert pier.is_gold(pier.most_similar)
    assert not any(o.is_gold(one) for o in observed if not o.posed.gold for one, _ in o.read)


def test_files_count_as_they_should(observed):
    squad = [replace(o, file="squad2_dev_part") for o in observed[:3]]
    weight = tuning.weights([*observed, *squad])
    assert weight[: len(observed)].sum() == pytest.approx(tuning.SHARES["natural_news"])
    assert weight[len(observed) :].sum() <= tuning.SHARES["squad2_dev_part"]


def test_weights_are_fitted_to_what_was_observed(observed):
    assert tuning.fit_sentences(observed).weights.score > 0
