"""Fit the weights of search, of sentences and of the confidence on the tune part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from index.answers.scoring import Logistic
from index.lab.evaluation import metrics
from index.lab.evaluation.metrics import Numbers
from index.lab.evaluation.questions import KINDS, PRIOR, Kind, Posed

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from index.answers.reader_scoring import Read, SentenceSignals
    from index.answers.reader_scoring import Signals as ReaderSignals
    from index.answers.similarity import Signals as SimilaritySignals

S = TypeVar("S", bound="DataclassInstance")

RIDGE = 1.0

ROUNDS = 50

UNANSWERABLE_ANSWERED = 0.10
"""What the threshold stands for: of what is answered, this share is unanswerable at most."""


@dataclass(frozen=True, slots=True)
class Observed:
    """A question and what the judges saw of it."""

    posed: Posed
    similarity: SimilaritySignals
    reader: ReaderSignals
    read: Sequence[Read]

    @property
    def answerable(self) -> bool:
        """Tell whether there is an answer."""
        return self.posed.kind == "answerable"

    def is_gold(self, one: Read) -> bool:
        """Tell whether a sentence that was read holds an answer in the question's paragraph."""
        inside = one.hit.article.origin == self.posed.paragraph
        sentence = one.hit.passage.sentences[one.index]
        return inside and any(
            sentence.start < gold.end and gold.start < sentence.end for gold in self.posed.gold
        )


def fit(seen: Sequence[S], answers: Sequence[bool], weight: Numbers) -> Logistic[S]:
    """Weighted logistic regression by Newton's method, with a small ridge."""
    x = np.array([astuple(one) for one in seen], dtype=np.float64)
    y = np.array(answers, dtype=np.float64)
    design = np.hstack([np.ones((len(x), 1)), x])
    weight = weight * len(x) / weight.sum()
    penalty = RIDGE * np.eye(design.shape[1])
    penalty[0, 0] = 0.0
    beta = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(design @ beta, -40, 40)))
        gradient = design.T @ (weight * (y - p)) - penalty @ beta
        curvature = (design.T * (weight * p * (1 - p))) @ design + penalty
        beta += np.linalg.solve(curvature, gradient)
    names = [field.name for field in fields(seen[0])]
    weights = dict(zip(names, (round(float(b), 3) for b in beta[1:]), strict=True))
    return Logistic(type(seen[0])(**weights), round(float(beta[0]), 3))


def fit_sentences(observed: Sequence[Observed]) -> Logistic[SentenceSignals]:
    """Fit which sentence answers: over all sentences read, the gold ones against the rest."""
    pairs = [(one.signals, o.is_gold(one), o.posed.kind) for o in observed for one in o.read]
    weight = np.array([prior(observed)[kind] for _, _, kind in pairs])
    return fit([p[0] for p in pairs], [p[1] for p in pairs], weight)


def fit_confidence(observed: Sequence[Observed], signals: Callable[[Observed], S]) -> Logistic[S]:
    """Fit whether there is an answer, for questions mixed as PRIOR has them."""
    weight = weights([o.posed.kind for o in observed])
    return fit([signals(o) for o in observed], [o.answerable for o in observed], weight)


def threshold(probability: Numbers, kinds: Sequence[Kind]) -> float:
    """Return the lowest probability from which on the answered are answerable enough.

    At most UNANSWERABLE_ANSWERED of them are not; 1.0 where no threshold reaches that.
    """
    weight = weights(kinds)
    answerable = np.array([kind == "answerable" for kind in kinds])
    order, cut = metrics.cutoffs(probability)
    wrong = (np.cumsum((weight * ~answerable)[order]) / np.cumsum(weight[order]))[cut]
    kept = np.flatnonzero(wrong <= UNANSWERABLE_ANSWERED)
    return float(probability[order][cut][kept[-1]]) if len(kept) else 1.0


def weights(kinds: Sequence[Kind]) -> Numbers:
    """Weigh questions so that the kinds are mixed as PRIOR has them.

    Where an unanswerable kind is missing the others have its share.
    """
    counts = Counter(kinds)
    present = sum(PRIOR[kind] for kind in counts if kind != "answerable")
    scale = (1 - PRIOR["answerable"]) / present if present else 1.0
    share = {kind: PRIOR[kind] * (1.0 if kind == "answerable" else scale) for kind in counts}
    return np.array([share[kind] / counts[kind] for kind in kinds])


def prior(observed: Sequence[Observed]) -> dict[Kind, float]:
    """Return the weight of a question of each kind."""
    kinds = [o.posed.kind for o in observed]
    return {kind: PRIOR[kind] / max(kinds.count(kind), 1) for kind in KINDS}
