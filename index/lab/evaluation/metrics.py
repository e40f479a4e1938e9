"""Measures of answers and of how well a probability tells the answerable from the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

NONE = float("nan")
"""A measure of nothing."""

Bin = tuple[float, float, float]
"""Mean probability, share of the right, and weight (0 to 1)."""

CALIBRATION_BINS = 10

_ARTICLES = re.compile(r"\b(a|an|the)\b")

_PUNCTUATION = re.compile(r"[^\w\s]")


class Retrieval(NamedTuple):
    """How well search did (0 to 1)."""

    hit_at_1: float
    hit_at_5: float
    mean_reciprocal_rank: float


def retrieval(ranks: Sequence[int]) -> Retrieval:
    """Measure search by the rank of what each question asks for; 0 is not found."""
    return Retrieval(
        mean(rank == 1 for rank in ranks),
        mean(1 <= rank <= 5 for rank in ranks),
        mean(1 / rank if rank else 0.0 for rank in ranks),
    )


def mean(values: Iterable[float]) -> float:
    """Return the mean, NONE of nothing."""
    listed = list(values)
    return float(np.mean(listed)) if listed else NONE


def area_under_curve(positive: Numbers, negative: Numbers) -> float:
    """Return the chance that a positive scores above a negative (ties: half); NaN without both."""
    if not (len(positive) and len(negative)):
        return NONE
    order = np.sort(negative)
    below = np.searchsorted(order, positive, side="left")
    upto = np.searchsorted(order, positive, side="right")
    return float((below + upto).mean() / (2 * len(negative)))


def bins(probability: Numbers, right: Numbers, weight: Numbers) -> list[Bin]:
    """Reliability by bins of equal width, without the empty ones."""
    number = np.minimum((probability * CALIBRATION_BINS).astype(int), CALIBRATION_BINS - 1)
    found = []
    for n in range(CALIBRATION_BINS):
        inside = number == n
        if total := weight[inside].sum():
            mean = (weight * probability)[inside].sum() / total
            share = (weight * right)[inside].sum() / total
            found.append((float(mean), float(share), float(total / weight.sum())))
    return found


def calibration_error(probability: Numbers, right: Numbers, weight: Numbers) -> float:
    """Return the expected calibration error (Guo et al. 2017), 0 to 1; lower is better."""
    return sum(w * abs(mean - share) for mean, share, w in bins(probability, right, weight))


def risk_coverage(
    confidence: Numbers, right: Numbers, weight: Numbers, answerable: Numbers
) -> tuple[Numbers, Numbers]:
    """Answering only the surest, by falling threshold: (coverage, risk), both shares.

    Coverage, which rises, is the share of answerable questions that are answered; risk the share
    of the answers that are wrong.
    """
    order = np.argsort(-confidence, kind="stable")
    cut = np.append(np.diff(confidence[order]) != 0, True)  # not between equals
    answered = np.cumsum(weight[order])
    wrong = np.cumsum((weight * (1 - right))[order])
    coverage = np.cumsum((weight * answerable)[order])
    return coverage[cut] / max(float(coverage[-1]), 1e-9), (wrong / answered)[cut]


def exact_match(given: str, gold: Iterable[str]) -> float:
    """1.0 where the words are one of the gold answers', by SQuAD's normalisation."""
    return float(any(_normalised(given) == _normalised(one) for one in gold))


def f1(given: str, gold: Iterable[str]) -> float:
    """Return the best F1 (0 to 1) of words shared with a gold answer, by SQuAD's normalisation."""
    return max((_f1(_normalised(given), _normalised(one)) for one in gold), default=0.0)


def _f1(given: list[str], gold: list[str]) -> float:
    shared = (Counter(given) & Counter(gold)).total()
    return 2 * shared / (len(given) + len(gold)) if shared else 0.0


def _normalised(text: str) -> list[str]:
    return _ARTICLES.sub(" ", _PUNCTUATION.sub("", text.casefold())).split()
