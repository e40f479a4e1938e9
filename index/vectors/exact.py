"""Exact search over the vectors in SQLite: always right, and always there."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from index.catalog import ArticleVersion, Snapshot
from index.embedder import Vectors

Scored = tuple[ArticleVersion, int, float]
"""A version, the number of a passage in it, and its cosine similarity to the question."""


def search(
    snapshot: Snapshot, versions: Iterable[ArticleVersion], question: Vectors, limit: int
) -> list[Scored]:
    """The nearest passages of the versions, best first; `question` is (dimension,)."""
    found: list[Scored] = []
    for key, vectors in snapshot.vectors(versions):
        similarities = vectors @ question
        found += [(key, n, float(similarity)) for n, similarity in enumerate(similarities)]
    found.sort(key=lambda scored: (-scored[2], scored[0], scored[1]))
    return found[:limit]


def top(lists: Iterable[list[Scored]], limit: int) -> list[Scored]:
    """Merge results, best first."""
    merged = [scored for scored_list in lists for scored in scored_list]
    return sorted(merged, key=lambda scored: (-scored[2], scored[0], scored[1]))[:limit]


def similarities(
    snapshot: Snapshot, wanted: Iterable[tuple[ArticleVersion, int]], question: Vectors
) -> dict[tuple[ArticleVersion, int], float]:
    """The cosine similarity of given passages to the question."""
    return {
        (key, n): float(np.dot(vector, question))
        for (key, n), vector in snapshot.passage_vectors(wanted)
    }
