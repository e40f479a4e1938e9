import math

import numpy as np
import pytest

from index.lab.evaluation import metrics

ONES = np.ones(4)


def array(*values):
    return np.array(values, dtype=np.float64)


def test_area_under_curve_counts_pairs_and_ties_half():
    area = metrics.area_under_curve
    assert area(array(1.0, 0.5), array(0.5, 0.0)) == pytest.approx(3.5 / 4)
    assert area(array(2.0, 3.0), array(0.0, 1.0)) == 1.0
    assert area(array(0.0), array(1.0)) == 0.0
    assert area(array(1.0, 1.0), array(1.0)) == 0.5
    assert math.isnan(area(array(), array(1.0)))
    assert math.isnan(area(array(1.0), array()))


def test_calibration_error_is_the_mean_distance_of_the_bins():
    probability, answerable = array(0.1, 0.1, 0.9, 0.9), array(0.0, 1.0, 1.0, 1.0)
    assert metrics.bins(probability, answerable, ONES) == [
        (pytest.approx(0.1), 0.5, 0.5),
        (pytest.approx(0.9), 1.0, 0.5),
    ]
    assert metrics.calibration_error(probability, answerable, ONES) == pytest.approx(0.25)


def test_calibration_error_is_weighted_and_a_probability_of_one_is_in_the_last_bin():
    probability, answerable = array(1.0, 0.05), array(1.0, 1.0)
    weight = array(3.0, 1.0)
    assert metrics.calibration_error(probability, answerable, weight) == pytest.approx(0.95 / 4)
    assert len(metrics.bins(probability, answerable, weight)) == 2


def test_risk_and_coverage_by_hand():
    confidence, right = array(0.9, 0.8, 0.4, 0.1), array(1, 0, 1, 0)
    coverage, risk = metrics.risk_coverage(confidence, right, ONES, right)
    assert coverage.tolist() == [0.5, 0.5, 1.0, 1.0]
    assert risk.tolist() == pytest.approx([0.0, 1 / 2, 1 / 3, 1 / 2])


def test_equals_are_answered_together():
    confidence, right = array(0.5, 0.5, 0.5, 0.1), array(1, 0, 1, 0)
    coverage, risk = metrics.risk_coverage(confidence, right, ONES, right)
    assert coverage.tolist() == [1.0, 1.0]
    assert risk.tolist() == pytest.approx([1 / 3, 1 / 2])


def test_a_wrong_answer_covers_a_question_and_is_a_risk():
    right, answerable = array(0, 0, 1, 0), array(1, 0, 1, 0)
    coverage, risk = metrics.risk_coverage(array(0.9, 0.8, 0.4, 0.1), right, ONES, answerable)
    assert coverage.tolist() == [0.5, 0.5, 1.0, 1.0]
    assert risk.tolist() == pytest.approx([1.0, 1.0, 2 / 3, 3 / 4])


def test_coverage_rises_to_one_and_the_risk_ends_at_the_share_of_the_wrong():
    random = np.random.default_rng(0)
    confidence = random.random(500).round(2)
    answerable = (random.random(500) < 0.4).astype(float)
    right = answerable * (random.random(500) < 0.8)
    coverage, risk = metrics.risk_coverage(confidence, right, np.ones(500), answerable)
    assert (np.diff(coverage) >= 0).all()
    assert len(coverage) == len(set(confidence))
    assert coverage[-1] == pytest.approx(1.0)
    assert risk[-1] == pytest.approx(1 - right.mean())


@pytest.mark.parametrize(
    ("given", "gold", "exact", "f1"),
    [
        ("the Pier", ["pier"], 1.0, 1.0),
        ("An old-pier.", ["oldpier"], 1.0, 1.0),
        ("the pier burned", ["pier"], 0.0, 2 / 3),
        ("burned burned", ["burned pier"], 0.0, 1 / 2),
        ("mill", ["pier"], 0.0, 0.0),
        ("mill", ["pier", "the mill"], 1.0, 1.0),
        ("mill", [], 0.0, 0.0),
    ],
)
def test_exact_match_and_f1_by_the_rules_of_squad(given, gold, exact, f1):
    assert metrics.exact_match(given, gold) == exact
    assert metrics.f1(given, gold) == pytest.approx(f1)
