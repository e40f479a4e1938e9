from dataclasses import dataclass

import numpy as np
import pytest

from index.answers.scoring import Logistic
from index.lab import tuning
from index.lab.evaluation.questions import KINDS, PRIOR, corpus
from index.lab.evaluation.systems import Systems
from index.models.embedder import HashingEmbedder
from index.models.reader import OverlapReader


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
    weight = tuning.weights(kinds)
    for kind in KINDS:
        inside = [w for w, k in zip(weight, kinds, strict=True) if k == kind]
        assert sum(inside) == pytest.approx(PRIOR[kind])


def test_half_stays_answerable_where_a_kind_is_missing():
    weight = tuning.weights(["answerable", "answerable", "gold removed", "other article"])
    assert weight.tolist() == pytest.approx([0.25] * 4)
    assert tuning.weights(["answerable"]).tolist() == [0.5]


def test_from_the_threshold_on_at_most_a_tenth_of_the_answered_is_unanswerable():
    probability = np.linspace(1.0, 0.0, 40)
    kinds = [KINDS[n % 4] if n >= 20 else "answerable" for n in range(40)]
    found = tuning.threshold(probability, kinds)
    weight = tuning.weights(kinds)
    wrong = np.array([kind != "answerable" for kind in kinds])

    def share(least):
        answered = probability >= least
        return weight[answered & wrong].sum() / weight[answered].sum()

    assert share(found) <= tuning.UNANSWERABLE_ANSWERED
    assert all(share(p) > tuning.UNANSWERABLE_ANSWERED for p in probability if p < found)
    assert found < 0.6


def test_a_threshold_does_not_part_equals():
    kinds = ["answerable", *["answerable"] * 9, "adversarial"]
    assert tuning.threshold(np.array([0.9] + [0.5] * 10), kinds) == 0.9


def test_where_no_threshold_will_do_nothing_is_answered():
    assert tuning.threshold(np.array([0.9, 0.1]), ["adversarial", "answerable"]) == 1.0


@pytest.fixture
def observed(tmp_path, data):
    with corpus(data, "town", "dev", tmp_path, HashingEmbedder(), 9) as one:
        systems = Systems(one.bench, OverlapReader())
        with one.bench.catalog.snapshot() as snapshot:
            return [
                tuning.Observed(posed, *systems.observe(snapshot, posed.text, posed.scope))
                for posed in one.questions
            ]


def test_gold_sentences_are_those_that_hold_an_answer(observed):
    (pier,) = [o for o in observed if o.posed.text == "When did the pier burn?" and o.answerable]
    assert [one.text for one in pier.read if pier.is_gold(one)] == ["The pier burned in 1901."]
    assert not any(o.is_gold(one) for o in observed if not o.answerable for one in o.read)


def test_weights_are_fitted_to_what_was_observed(observed):
    sentences = tuning.fit_sentences(observed)
    assert sentences.weights.score > 0
    similar = tuning.fit_confidence(observed, lambda o: o.similarity)
    sure = [similar.probability(o.similarity) for o in observed]
    answerable = [p for p, o in zip(sure, observed, strict=True) if o.answerable]
    assert min(answerable) > np.mean(sure) - 0.2
    assert np.mean(answerable) > np.mean(sure)
