"""What each system did with the questions of one file, as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.lab import tuning
from index.lab.evaluation import metrics
from index.lab.evaluation.metrics import Bin, Numbers
from index.lab.evaluation.questions import KINDS, Kind, Posed
from index.lab.evaluation.systems import CALIBRATED, Response

NONE = float("nan")

UNANSWERABLE = KINDS[1:]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what each system made of it, and of its gold paragraph alone."""

    posed: Posed
    responses: dict[str, Response]
    given_gold: dict[str, Response]

    @property
    def answerable(self) -> bool:
        """Tell whether there is an answer."""
        return self.posed.kind == "answerable"


@dataclass(frozen=True, slots=True)
class Row:
    """The measures of one system; all 0 to 1. NaN where there is no such thing."""

    system: str
    hit_at_1: float
    hit_at_5: float
    mean_reciprocal_rank: float
    sentence: float
    sentence_given_gold: float
    exact_match: float
    f1: float
    auc: dict[Kind, float]
    calibration_error: float


@dataclass(frozen=True, slots=True)
class Curves:
    """What the plots show of one system: (coverage, risk) and the calibration bins."""

    coverage: Numbers
    risk: Numbers
    bins: list[Bin]


@dataclass(frozen=True, slots=True)
class Decisions:
    """What answering from a threshold on comes to; all shares.

    `answered` of the answerable questions; `wrong` is what of the answered is unanswerable, the
    kinds mixed as PRIOR has them (NaN where nothing is answered); `refused` of each other kind.
    """

    threshold: float
    answered: float
    wrong: float
    refused: dict[Kind, float]


def row(system: str, asked: Sequence[Asked]) -> Row:
    """Return the measures of a system."""
    answerable = [a for a in asked if a.answerable]
    ranks = [_rank(a.responses[system].ranking, a.posed.paragraph) for a in answerable]
    gold = [(a.given_gold[system], a.posed) for a in answerable]
    sure = _by_kind(system, asked)
    calibrated = system in CALIBRATED
    return Row(
        system=system,
        hit_at_1=_mean(rank == 1 for rank in ranks),
        hit_at_5=_mean(1 <= rank <= 5 for rank in ranks),
        mean_reciprocal_rank=_mean(1 / rank if rank else 0.0 for rank in ranks),
        sentence=_mean(is_right(a.responses[system], a.posed) for a in answerable),
        sentence_given_gold=_mean(is_right(given, posed) for given, posed in gold),
        exact_match=_mean(metrics.exact_match(given.words, p.gold_texts) for given, p in gold),
        f1=_mean(metrics.f1(given.words, p.gold_texts) for given, p in gold),
        auc={k: metrics.area_under_curve(sure["answerable"], sure[k]) for k in UNANSWERABLE},
        calibration_error=metrics.calibration_error(*_arrays(system, asked))
        if calibrated
        else NONE,
    )


def curves(system: str, asked: Sequence[Asked]) -> Curves:
    """Return the points of a system's lines."""
    arrays = _arrays(system, asked)
    coverage, risk = metrics.risk_coverage(*arrays)
    return Curves(coverage, risk, metrics.bins(*arrays) if system in CALIBRATED else [])


def decisions(system: str, asked: Sequence[Asked], threshold: float) -> Decisions:
    """Return what a system answers and refuses at a threshold."""
    confidence, answerable, weight = _arrays(system, asked)
    answered = (confidence >= threshold) * weight
    whole = answered.sum()
    sure = _by_kind(system, asked)
    return Decisions(
        threshold=threshold,
        answered=_mean(sure["answerable"] >= threshold),
        wrong=float((answered * (1 - answerable)).sum() / whole) if whole else NONE,
        refused={kind: _mean(sure[kind] < threshold) for kind in UNANSWERABLE},
    )


def is_right(response: Response, posed: Posed) -> bool:
    """Tell whether the best sentence holds an answer of the question's own paragraph."""
    sentence = response.sentence
    return response.paragraph == posed.paragraph and any(
        sentence.start < gold.end and gold.start < sentence.end for gold in posed.gold
    )


def _arrays(system: str, asked: Sequence[Asked]) -> tuple[Numbers, Numbers, Numbers]:
    """Confidences, 1.0 where answerable, and weights."""
    confidence = np.array([a.responses[system].confidence for a in asked])
    answerable = np.array([float(a.answerable) for a in asked])
    return confidence, answerable, tuning.weights([a.posed.kind for a in asked])


def _by_kind(system: str, asked: Sequence[Asked]) -> dict[Kind, Numbers]:
    """Return confidences by kind of question."""
    return {
        kind: np.array([a.responses[system].confidence for a in asked if a.posed.kind == kind])
        for kind in KINDS
    }


def _rank(ranking: Sequence[str], paragraph: str) -> int:
    """From 1; 0 where the paragraph was not found."""
    return ranking.index(paragraph) + 1 if paragraph in ranking else 0


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return float(np.mean(listed)) if listed else NONE
