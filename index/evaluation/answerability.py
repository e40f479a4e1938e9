"""What the search saw of answerable and unanswerable questions, and how well that tells them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index.answering import confidence, sentences
from index.answering.question import understand
from index.answering.reading import SentenceVectors
from index.evaluation.bench import Bench
from index.evaluation.data import Asked, Topic
from index.scope import Scope
from index.search import DENSE_WEIGHT

Kind = Literal["answerable", "adversarial", "gold removed", "other topic"]
KINDS: tuple[Kind, ...] = ("answerable", "adversarial", "gold removed", "other topic")

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seen:
    """The signals of one question of a kind."""

    kind: Kind
    signals: confidence.Signals


def observe(
    bench: Bench, topic: Topic, others: Sequence[Topic], count: int, seed: int
) -> Iterator[Seen]:
    """Ask `count` questions of each kind of a bench that holds `topic` alone."""
    reading = SentenceVectors(bench.embedder)
    answerable = topic.sample(count, answerable=True, seed=seed)
    foreign = [
        question
        for other in others
        for question in other.sample(-(-count // len(others)), answerable=True, seed=seed)
    ]
    for question in answerable:
        yield from _seen(bench, reading, question, "answerable", bench.scope)
        rest = Scope.of(a for a in bench.articles if a.origin != question.paragraph)
        yield from _seen(bench, reading, question, "gold removed", rest)
    for question in topic.sample(count, answerable=False, seed=seed):
        yield from _seen(bench, reading, question, "adversarial", bench.scope)
    for question in foreign[:count]:
        yield from _seen(bench, reading, question, "other topic", bench.scope)


def _seen(
    bench: Bench,
    reading: SentenceVectors,
    asked: Asked,
    kind: Kind,
    scope: Scope,
) -> Iterator[Seen]:
    vector = bench.embedder.embed([asked.text], urgent=True)[0]
    question = understand(asked.text, vector, bench.lexical, scope.languages)
    with bench.catalog.snapshot() as snapshot:
        hits = bench.searcher(DENSE_WEIGHT).search(snapshot, asked.text, vector, scope, 10)
    if hits:
        ranked = sentences.candidates(question, hits, reading)
        yield Seen(kind, confidence.signals(question, hits, ranked))


def table(seen: Sequence[Seen]) -> tuple[Numbers, Numbers]:
    """Signals as (n, signals) and labels as (n,), 1.0 for answerable."""
    x = np.array([astuple(one.signals) for one in seen])
    return x, np.array([float(one.kind == "answerable") for one in seen])


def fit(x: Numbers, y: Numbers, *, ridge: float = 1.0, rounds: int = 50) -> Numbers:
    """Logistic regression by Newton's method with classes of equal weight: (bias, weights)."""
    design = np.hstack([np.ones((len(x), 1)), x])
    weight = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    penalty = ridge * np.eye(design.shape[1])
    penalty[0, 0] = 0.0
    beta = np.zeros(design.shape[1])
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-design @ beta))
        gradient = design.T @ (weight * (y - p)) - penalty @ beta
        curvature = (design.T * (weight * p * (1 - p))) @ design + penalty
        beta += np.linalg.solve(curvature, gradient)
    return beta


def area_under_curve(positive: Numbers, negative: Numbers) -> float:
    """The chance that a positive scores above a negative (ties count half)."""
    above = (positive[:, None] > negative[None, :]).mean()
    return float(above + 0.5 * (positive[:, None] == negative[None, :]).mean())
