"""How likely it is that the articles answer: a logistic regression on what the search saw.

Similarity tells what bears on a question, not what answers it; a reader will (see the design
page). The weights come from `python -m index.evaluation tune DATA`, which prints this table.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from index.answering.question import Question
from index.answering.sentences import Candidate
from index.model import Hit

THRESHOLD = 0.5
"""Below this the answer is a refusal."""

READ_FOR_NAMES = 3
"""Hits in which the names of a question have to occur."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for an answer, each about 0 to 1."""

    passage_cosine: float
    sentence_cosine: float
    passage_coverage: float
    sentence_coverage: float
    names_covered: float


WEIGHTS = Signals(4.0, 4.0, 3.0, 1.0, 2.0)
BIAS = -6.0


def signals(question: Question, hits: Sequence[Hit], ranked: Sequence[Candidate]) -> Signals:
    """Measure the best hit and the best sentence; both must be there."""
    read = hits[:READ_FOR_NAMES]
    texts = [f"{hit.article.title}\n{hit.text}" for hit in read]
    language = hits[0].article.language
    return Signals(
        passage_cosine=max(hit.dense for hit in read),
        sentence_cosine=max(c.cosine for c in ranked),
        passage_coverage=max(
            question.coverage(text, hit.article.language)
            for text, hit in zip(texts, read, strict=True)
        ),
        sentence_coverage=ranked[0].coverage,
        names_covered=question.names_covered(texts, language),
    )


def probability(seen: Signals) -> float:
    """The probability (0 to 1) that the articles answer."""
    logit = BIAS + sum(w * x for w, x in zip(astuple(WEIGHTS), astuple(seen), strict=True))
    return 1 / (1 + math.exp(-logit))
