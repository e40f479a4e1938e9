"""What each system did with the questions of one file, as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.lab import tuning
from index.lab.evaluation import metrics
from index.lab.evaluation.metrics import NONE, Bin, Numbers, mean
from index.lab.evaluation.questions import KINDS, Posed, QuestionKind
from index.lab.evaluation.systems import CALIBRATED, Response, rank
from index.model import Certainty, Thresholds

UNANSWERABLE = KINDS[1:]


@dataclass(frozen=True, slots=True)
class Compared:
    """A question, what each system made of it, and of its gold paragraph alone."""

    posed: Posed
    responses: dict[str, Response]
    given_gold: dict[str, Response]

    @property
    def answerable(self) -> bool:
        """Tell whether there is an answer."""
        return self.posed.kind == "answerable"


@dataclass(frozen=True, slots=True)
class SystemMeasures:
    """The measures of one system; all 0 to 1. NaN where there is no such thing."""

    system: str
    hit_at_1: float
    hit_at_5: float
    mean_reciprocal_rank: float
    sentence: float
    sentence_given_gold: float
    exact_match: float
    f1: float
    auc: dict[QuestionKind, float]
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Curves:
    """What the plots show of one system: (coverage, risk) and the calibration bins.

    Coverage is the share of the answerable questions that are answered, risk the share of the
    answers that are wrong.
    """

    coverage: Numbers
    risk: Numbers
    bins: list[Bin]


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """How many questions of one sort were answered how. Those without an answer are never right."""

    name: str
    questions: int
    sure_right: int
    sure_wrong: int
    perhaps_right: int
    perhaps_wrong: int

    @property
    def refused(self) -> int:
        """How many were refused."""
        shown = self.sure_right + self.sure_wrong + self.perhaps_right + self.perhaps_wrong
        return self.questions - shown


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the thresholds come to.

    `outcomes` are those of the answerable questions, of each sort of these that the file names,
    and of each kind without an answer. `precision` is the share (0 to 1) of right ones among the
    sure answers, the kinds mixed as PRIOR has them (NaN where none is sure); `coverage` the share
    of the answerable questions that are surely answered.
    """

    thresholds: Thresholds
    outcomes: tuple[OutcomeCounts, ...]
    precision: float
    coverage: float


def row(system: str, asked: Sequence[Compared]) -> SystemMeasures:
    """Return the measures of a system."""
    answerable = [a for a in asked if a.answerable]
    ranks = [rank(a.responses[system].ranking, a.posed.paragraph) for a in answerable]
    gold = [(a.given_gold[system], a.posed) for a in answerable]
    sure = _by_kind(system, asked)
    calibrated = system in CALIBRATED
    return SystemMeasures(
        system,
        *metrics.retrieval(ranks),
        sentence=mean(is_right(a.responses[system], a.posed) for a in answerable),
        sentence_given_gold=mean(is_right(given, posed) for given, posed in gold),
        exact_match=mean(metrics.exact_match(given.words, p.gold_texts) for given, p in gold),
        f1=mean(metrics.f1(given.words, p.gold_texts) for given, p in gold),
        auc={k: metrics.area_under_curve(sure["answerable"], sure[k]) for k in UNANSWERABLE},
        calibration_error=metrics.calibration_error(*_arrays(system, asked))
        if calibrated
        else NONE,
    )


def curves(system: str, asked: Sequence[Compared]) -> Curves:
    """Return the points of a system's lines."""
    arrays = _arrays(system, asked)
    answerable = np.array([float(one.answerable) for one in asked])
    coverage, risk = metrics.risk_coverage(*arrays, answerable)
    return Curves(coverage, risk, metrics.bins(*arrays) if system in CALIBRATED else [])


def decisions(system: str, asked: Sequence[Compared], thresholds: Thresholds) -> Decisions:
    """Return what a system answers and refuses."""
    confidence, right, weight = _arrays(system, asked)
    sure = (confidence >= thresholds.sure) * weight
    groups: dict[str, list[Compared]] = {kind: [] for kind in KINDS}
    for one in asked:
        groups[one.posed.kind].append(one)
        if one.posed.sort:
            groups.setdefault(one.posed.sort, []).append(one)
    return Decisions(
        thresholds=thresholds,
        outcomes=tuple(_outcome(n, system, of, thresholds) for n, of in groups.items() if of),
        precision=float((sure * right).sum() / sure.sum()) if sure.any() else NONE,
        coverage=mean(_by_kind(system, asked)["answerable"] >= thresholds.sure),
    )


def _outcome(
    name: str, system: str, asked: Sequence[Compared], thresholds: Thresholds
) -> OutcomeCounts:
    counts = Counter(
        (
            thresholds.certainty(one.responses[system].confidence),
            is_right(one.responses[system], one.posed),
        )
        for one in asked
    )
    shown = [
        counts[certainty, right]
        for certainty in (Certainty.SURE, Certainty.PERHAPS)
        for right in (True, False)
    ]
    return OutcomeCounts(name, len(asked), *shown)


def is_right(response: Response, posed: Posed) -> bool:
    """Tell whether the best sentence holds an answer of the question's own paragraph."""
    inside = response.paragraph == posed.paragraph
    return inside and any(map(response.sentence.overlaps, posed.gold))


def _arrays(system: str, asked: Sequence[Compared]) -> tuple[Numbers, Numbers, Numbers]:
    """Confidences, 1.0 where the best sentence is right, and weights."""
    confidence = np.array([a.responses[system].confidence for a in asked])
    right = np.array([float(is_right(a.responses[system], a.posed)) for a in asked])
    return confidence, right, tuning.mixed([a.posed.kind for a in asked])


def _by_kind(system: str, asked: Sequence[Compared]) -> dict[QuestionKind, Numbers]:
    """Return confidences by kind of question."""
    return {
        kind: np.array([a.responses[system].confidence for a in asked if a.posed.kind == kind])
        for kind in KINDS
    }
