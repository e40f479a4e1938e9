"""How likely it is that the articles answer: a logistic regression on what the search saw.

Similarity tells what bears on a question, not what answers it; that takes a reader. The weights
come from `make tune DATA=folder` (squad2_train_part and squadshifts_new_wiki, each topic a corpus
of its own). On squad2_dev_part, which it has not seen, of 200 questions of each kind it answers
.87 of the answerable ones and refuses .995 of those on another topic, .67 of those whose paragraph
was taken away and .22 of the adversarial ones.
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


WEIGHTS = Signals(
    passage_cosine=-0.35,
    sentence_cosine=5.97,
    passage_coverage=0.85,
    sentence_coverage=2.94,
    names_covered=1.33,
)
BIAS = -6.09


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
