import math
from dataclasses import replace

import pytest

from index.lab.evaluation import measures
from index.lab.evaluation.measures import Compared, OutcomeCounts
from index.lab.evaluation.questions import Posed
from index.lab.evaluation.systems import BM25, FOOTNOTE, Response
from index.model import Span, Thresholds
from index.search.hybrid import Scope

SCOPE = Scope.of([])
GOLD = Span(10, 14)
WHOLE = Span(0, 20)


def answerable(confidence, *, ranking=("p",), paragraph="p", sentence=WHOLE, words="1901"):
    posed = Posed("answerable", "?", "p", (GOLD,), ("1901",), SCOPE)
    response = Response(ranking, paragraph, sentence, words, confidence)
    both = {FOOTNOTE: response, BM25: response}
    return Compared(posed, both, both)


def other(kind, confidence):
    response = Response(("q",), "q", Span(0, 1), "", confidence)
    posed = Posed(kind, "?", "", (), (), SCOPE)
    return Compared(posed, {FOOTNOTE: response, BM25: response}, {})


ASKED = [
    answerable(0.9),
    answerable(0.6, ranking=("a", "b", "p"), paragraph="a"),
    answerable(0.4, ranking=("a",) * 1, paragraph="p", sentence=Span(14, 30), words="in 1901"),
    answerable(0.8, ranking=tuple("abcdefp"), sentence=Span(12, 13)),
    other("adversarial", 0.7),
    other("adversarial", 0.3),
    other("gold removed", 0.5),
    other("other article", 0.1),
]


def test_a_row_by_hand():
    row = measures.row(FOOTNOTE, ASKED)
    assert row.system == FOOTNOTE
    assert row.hit_at_1 == 1 / 4
    assert row.hit_at_5 == 2 / 4
    assert row.mean_reciprocal_rank == pytest.approx((1 + 1 / 3 + 0 + 1 / 7) / 4)
    assert row.sentence == 2 / 4
    assert row.exact_match == 3 / 4
    assert row.f1 == pytest.approx((3 + 2 / 3) / 4)
    assert row.auc == {
        "adversarial": pytest.approx((2 + 1 + 1 + 2) / 8),
        "gold removed": 3 / 4,
        "other article": 1.0,
    }
    assert 0 < row.calibration_error < 1


def test_a_score_that_is_no_probability_has_no_calibration():
    assert math.isnan(measures.row(BM25, ASKED).calibration_error)
    assert measures.curves(BM25, ASKED).bins == []
    assert measures.curves(FOOTNOTE, ASKED).bins


def test_a_sentence_beside_the_gold_or_of_another_paragraph_is_wrong():
    assert measures.is_right(ASKED[0].responses[FOOTNOTE], ASKED[0].posed)
    assert not measures.is_right(ASKED[1].responses[FOOTNOTE], ASKED[1].posed)
    assert not measures.is_right(ASKED[2].responses[FOOTNOTE], ASKED[2].posed)


THRESHOLDS = Thresholds(sure=0.5, perhaps=0.35)


def test_what_the_thresholds_come_to():
    found = measures.decisions(FOOTNOTE, ASKED, THRESHOLDS)
    assert found.outcomes == (
        OutcomeCounts(
            "answerable", 4, sure_right=2, sure_wrong=1, perhaps_right=0, perhaps_wrong=1
        ),
        OutcomeCounts(
            "adversarial", 2, sure_right=0, sure_wrong=1, perhaps_right=0, perhaps_wrong=0
        ),
        OutcomeCounts(
            "gold removed", 1, sure_right=0, sure_wrong=1, perhaps_right=0, perhaps_wrong=0
        ),
        OutcomeCounts(
            "other article", 1, sure_right=0, sure_wrong=0, perhaps_right=0, perhaps_wrong=0
        ),
    )
    assert [outcome.refused for outcome in found.outcomes] == [0, 1, 0, 1]
    right, wrong = 2 / 8, 1 / 8 + 1 / 12 + 1 / 6
    assert found.precision == pytest.approx(right / (right + wrong))
    assert found.coverage == 3 / 4


def test_the_sorts_that_a_file_names_are_counted_apart():
    why = replace(ASKED[0], posed=replace(ASKED[0].posed, sort="why"))
    found = measures.decisions(FOOTNOTE, [why, *ASKED[1:]], THRESHOLDS)
    assert found.outcomes[-1] == OutcomeCounts("why", 1, 1, 0, 0, 0)
    assert found.outcomes[0].questions == 4


def test_decisions_lie_on_the_curve():
    found = measures.decisions(FOOTNOTE, ASKED, THRESHOLDS)
    curves = measures.curves(FOOTNOTE, ASKED)
    points = list(zip(curves.coverage.tolist(), curves.risk.tolist(), strict=True))
    here = (pytest.approx(found.coverage), pytest.approx(1 - found.precision))
    assert any(point == here for point in points)


def test_kinds_that_are_missing_have_no_measure():
    row = measures.row(FOOTNOTE, ASKED[:6])
    assert math.isnan(row.auc["other article"])
    found = measures.decisions(FOOTNOTE, ASKED[:6], Thresholds(1.0, 1.0))
    assert found.coverage == 0.0
    assert math.isnan(found.precision)
    assert [outcome.name for outcome in found.outcomes] == ["answerable", "adversarial"]
