"""How often the paragraph that answers is among the first: hit@1, hit@5 and MRR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.evaluation.bench import Bench
from index.evaluation.data import Asked
from index.model import Hit

DEPTH = 20
"""Hits looked at; a paragraph below that counts as not found."""


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Shares (0 to 1) over `questions` questions."""

    questions: int
    hit_at_1: float
    hit_at_5: float
    mean_reciprocal_rank: float


def measure(bench: Bench, questions: Sequence[Asked], dense_weight: float) -> Retrieval:
    """Search all questions with one weight."""
    ranks = list(_ranks(bench, questions, dense_weight))
    return Retrieval(
        questions=len(ranks),
        hit_at_1=sum(rank == 1 for rank in ranks) / len(ranks),
        hit_at_5=sum(1 <= rank <= 5 for rank in ranks) / len(ranks),
        mean_reciprocal_rank=sum(1 / rank for rank in ranks if rank) / len(ranks),
    )


def _ranks(bench: Bench, questions: Sequence[Asked], dense_weight: float) -> Iterator[int]:
    """The rank of each question's paragraph, 0 when it was not found."""
    searcher = bench.searcher(dense_weight)
    vectors = bench.embedder.embed([question.text for question in questions])
    with bench.catalog.snapshot() as snapshot:
        for question, vector in zip(questions, vectors, strict=True):
            hits = searcher.search(snapshot, question.text, vector, bench.scope, DEPTH)
            yield _rank(hits, question.paragraph)


def _rank(hits: Sequence[Hit], paragraph: str) -> int:
    """Passages of one paragraph count as one."""
    order = list(dict.fromkeys(hit.article.origin for hit in hits))
    return order.index(paragraph) + 1 if paragraph in order else 0
