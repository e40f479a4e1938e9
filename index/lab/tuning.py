"""Fit the weights of search, of sentences and of the confidence on the tune part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.answers.scoring import Logistic
from index.lab.evaluation.metrics import Numbers
from index.lab.evaluation.questions import PRIOR, Posed, QuestionKind
from index.model import Thresholds

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from index.answers.candidates import Candidate
    from index.answers.reader_scoring import ReaderSignals, Seen, SentenceSignals
    from index.answers.similarity import SimilaritySignals

S = TypeVar("S", bound="DataclassInstance")

SHARES: Mapping[str, float] = {"natural_news": 0.7, "squad2_dev_part": 0.3}
"""The files that weights are fitted on, and how much each counts: news as people ask about it
first, SQuAD's adversarial questions as the hard ones."""

NEAR_MISSES = Thresholds(sure=0.13, perhaps=0.22)
"""The shares (0 to 1) of the adversarial questions of natural_news that may be answered, surely and
at all. Precision is no measure there: its articles tell many things twice, and what is quoted from
another paragraph than the question's counts as wrong."""


@dataclass(frozen=True, slots=True)
class Observed:
    """A question of a file of SHARES, and what the judges saw of it."""

    file: str
    posed: Posed
    similarity: SimilaritySignals
    most_similar: Candidate
    reader: ReaderSignals
    read: Sequence[Seen]

    def is_gold(self, one: Candidate) -> bool:
        """Tell whether a sentence that was read holds an answer in the question's paragraph."""
        inside = one.hit.article.origin == self.posed.paragraph
        sentence = one.hit.passage.sentences[one.index]
        return inside and any(map(sentence.overlaps, self.posed.gold))


def fit(seen: Sequence[S], right: Sequence[bool], weight: Numbers) -> Logistic[S]:
    """Fit a weighted logistic regression; its ridge is that of scikit-learn."""
    from sklearn.linear_model import LogisticRegression

    x = np.array([astuple(one) for one in seen], dtype=np.float64)
    fitted = LogisticRegression(max_iter=1000).fit(x, right, weight * len(x) / weight.sum())
    names = [field.name for field in fields(seen[0])]
    weights = dict(zip(names, (round(float(w), 3) for w in fitted.coef_[0]), strict=True))
    return Logistic(type(seen[0])(**weights), round(float(fitted.intercept_[0]), 3))


def fit_sentences(observed: Sequence[Observed]) -> Logistic[SentenceSignals]:
    """Fit which sentence answers: over all sentences read, the gold ones against the rest."""
    pairs = [
        (signals, o.is_gold(candidate), weight)
        for o, weight in zip(observed, weights(observed), strict=True)
        for candidate, signals in o.read
    ]
    return fit([p[0] for p in pairs], [p[1] for p in pairs], np.array([p[2] for p in pairs]))


def thresholds(probability: Numbers, near_miss: NDArray[np.bool_]) -> Thresholds:
    """Return the probabilities from which on no more than NEAR_MISSES are answered."""
    at = (float(np.quantile(probability[near_miss], 1 - share)) for share in astuple(NEAR_MISSES))
    return Thresholds(*at)


def weights(observed: Sequence[Observed]) -> Numbers:
    """Weigh questions so that files count as SHARES has them, and in each its kinds as PRIOR."""
    found = np.empty(len(observed))
    for file in {o.file for o in observed}:
        rows = [n for n, o in enumerate(observed) if o.file == file]
        found[rows] = SHARES[file] * mixed([observed[n].posed.kind for n in rows])
    return found


def mixed(kinds: Sequence[QuestionKind]) -> Numbers:
    """Weigh questions so that the kinds are mixed as PRIOR has them.

    Where an unanswerable kind is missing the others have its share.
    """
    counts = Counter(kinds)
    present = sum(PRIOR[kind] for kind in counts if kind != "answerable")
    scale = (1 - PRIOR["answerable"]) / present if present else 1.0
    share = {kind: PRIOR[kind] * (1.0 if kind == "answerable" else scale) for kind in counts}
    return np.array([share[kind] / counts[kind] for kind in kinds])
