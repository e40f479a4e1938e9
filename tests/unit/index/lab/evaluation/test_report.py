import pytest

from index.errors import QuestionSetError
from index.lab.evaluation.report import evaluate
from index.lab.evaluation.systems import BM25, DENSE, FOOTNOTE, SYSTEMS
from index.model import THRESHOLDS
from tests.fake_models import HashingEmbedder, OverlapReader


def run(data, work, progress=lambda *_: None):
    return evaluate(data, work, HashingEmbedder(), OverlapReader(), progress)


def test_every_file_is_reported(data, tmp_path):
    sky, town = run(data, tmp_path / "work")
    assert (sky.name, town.name) == ("sky", "town")
    assert (sky.paragraphs, town.paragraphs) == (2, 3)
    assert town.counts == {"answerable": 4, "adversarial": 2, "gold removed": 4, "other article": 2}
    assert tuple(row.system for row in town.rows) == tuple(town.curves) == SYSTEMS
    assert town.decisions.thresholds == THRESHOLDS


def test_simple_questions_are_answered_and_foreign_ones_refused(data, tmp_path):
    _, town = run(data, tmp_path / "work")
    for row in town.rows:
        assert row.hit_at_1 == 1.0 or row.system == DENSE  # the toy takes one for another
        assert row.hit_at_5 == 1.0
        assert row.sentence >= 0.5
        assert row.sentence_given_gold >= row.sentence
        assert row.auc["other article"] >= 0.9


def test_the_same_again(data, tmp_path):
    def comparable(reports):
        return [(r.name, r.counts, str(r.rows), str(r.decisions)) for r in reports]

    first = comparable(run(data, tmp_path / "work"))
    assert comparable(run(data, tmp_path / "work")) == first
    assert comparable(run(data, tmp_path / "elsewhere")) == first


def test_progress_begins_before_the_file_is_indexed_and_ends_at_the_whole(data, tmp_path):
    seen = []
    run(data, tmp_path / "work", lambda *step: seen.append(step))
    assert seen[0] == ("sky", 0, 0)
    assert seen[-1] == ("town", 12, 12)
    assert ("town", 0, 0) in seen


def test_a_broken_file_raises_before_anything_is_asked(data, tmp_path):
    (data / "z.json").write_text("{")
    seen = []
    with pytest.raises(QuestionSetError, match=r"z\.json"):
        run(data, tmp_path / "work", lambda *step: seen.append(step))
    assert seen == []


def test_curves_are_made_for_all_and_bins_for_the_calibrated(data, tmp_path):
    _, town = run(data, tmp_path / "work")
    assert town.curves[BM25].bins == []
    assert sum(weight for _, _, weight in town.curves[FOOTNOTE].bins) == pytest.approx(1.0)
    assert all(curve.coverage[-1] == pytest.approx(1.0) for curve in town.curves.values())
