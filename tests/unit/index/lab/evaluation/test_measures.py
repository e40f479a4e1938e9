import math

import pytest

from index.lab.evaluation import measures
from index.lab.evaluation.measures import Asked
from index.lab.evaluation.questions import Posed
from index.lab.evaluation.systems import BM25, FOOTNOTE, Response
from index.model import Span
from index.search.hybrid import Scope

SCOPE = Scope.of([])
GOLD = Span(10, 14)
WHOLE = Span(0, 20)


def answerable(confidence, *, ranking=("p",), paragraph="p", sentence=WHOLE, words="1901"):
    posed = Posed("answerable", "?", "p", (GOLD,), ("1901",), SCOPE)
    response = Response(ranking, paragraph, sentence, words, confidence)
    both = {FOOTNOTE: response, BM25: response}
    return Asked(posed, both, both)


def other(kind, confidence):
    response = Response(("q",), "q", Span(0, 1), "", confidence)
    posed = Posed(kind, "?", "", (), (), SCOPE)
    return Asked(posed, {FOOTNOTE: response, BM25: response}, {})


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


def test_decisions_at_a_threshold():
    found = measures.decisions(FOOTNOTE, ASKED, 0.5)
    assert found.threshold == 0.5
    assert found.answered == 3 / 4
    assert found.refused == {"adversarial": 1 / 2, "gold removed": 0.0, "other article": 1.0}
    right, wrong = 3 / 4 / 2, 1 / 2 / 6 + 1 / 6
    assert found.wrong == pytest.approx(wrong / (right + wrong))


def test_decisions_lie_on_the_curve():
    found = measures.decisions(FOOTNOTE, ASKED, 0.5)
    curves = measures.curves(FOOTNOTE, ASKED)
    points = list(zip(curves.coverage.tolist(), curves.risk.tolist(), strict=True))
    assert any(
        point == (pytest.approx(found.answered), pytest.approx(found.wrong)) for point in points
    )


def test_kinds_that_are_missing_have_no_measure():
    row = measures.row(FOOTNOTE, ASKED[:6])
    assert math.isnan(row.auc["other article"])
    found = measures.decisions(FOOTNOTE, ASKED[:6], 1.0)
    assert (found.answered, found.refused["adversarial"]) == (0.0, 1.0)
    assert math.isnan(found.wrong)
    assert math.isnan(found.refused["other article"])
