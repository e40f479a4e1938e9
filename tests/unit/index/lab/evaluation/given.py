"""Reports made by hand."""

from __future__ import annotations

import numpy as np

from index.lab.evaluation.measures import NONE, Curves, Decisions, OutcomeCounts, SystemMeasures
from index.lab.evaluation.report import FileReport
from index.lab.evaluation.systems import CALIBRATED, SYSTEMS
from index.model import Thresholds


def report(name: str = "town") -> FileReport:
    """A report of round numbers; what is missing is NaN."""
    return FileReport(
        name=name,
        paragraphs=1234,
        counts={"answerable": 1500, "adversarial": 0, "gold removed": 10, "other article": 7},
        rows=tuple(_row(system) for system in SYSTEMS),
        curves={system: _curves(system) for system in SYSTEMS},
        decisions=Decisions(
            Thresholds(sure=0.5, perhaps=0.3),
            (
                OutcomeCounts("answerable", 1500, 900, 100, 150, 50),
                OutcomeCounts("gold removed", 10, 0, 1, 0, 2),
            ),
            precision=0.9016,
            coverage=0.75,
        ),
    )


def _row(system: str) -> SystemMeasures:
    return SystemMeasures(
        system=system,
        hit_at_1=0.8125,
        hit_at_5=1.0,
        mean_reciprocal_rank=0.9,
        sentence=0.5,
        sentence_given_gold=0.625,
        exact_match=0.0,
        f1=0.25,
        auc={"adversarial": NONE, "gold removed": 0.75, "other article": 0.999},
        calibration_error=0.03125 if system in CALIBRATED else NONE,
    )


def _curves(system: str) -> Curves:
    coverage = np.linspace(0.01, 1.0, 50)
    bins = [(0.1, 0.2, 0.5), (0.9, 0.8, 0.5)] if system in CALIBRATED else []
    return Curves(coverage, coverage**2 / 2, bins)
