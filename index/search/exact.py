"""Exact search over the vectors in SQLite: always right, and always there."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from index.models.embedder import Vectors
from index.store.snapshot import ArticleVersion, Snapshot

Place = tuple[ArticleVersion, int]
"""A passage: its version and number."""

Scored = tuple[ArticleVersion, int, float]
"""A version, the number of a passage in it, and its cosine similarity to the question."""


def search(
    snapshot: Snapshot, versions: Iterable[ArticleVersion], question: Vectors, limit: int
) -> list[Scored]:
    """The nearest passages of the versions, best first; `question` is (dimension,)."""
    best: list[Scored] = []
    for places, vectors in snapshot.vectors(versions):
        near = vectors @ question
        rows = np.argpartition(-near, limit)[:limit] if len(near) > limit else range(len(near))
        found = [(*places[row], float(near[row])) for row in rows]
        best = top([best, found], limit)
    return best


def top(lists: Iterable[list[Scored]], limit: int) -> list[Scored]:
    """Merge results, best first."""
    merged = [scored for scored_list in lists for scored in scored_list]
    return sorted(merged, key=lambda scored: (-scored[2], scored[0], scored[1]))[:limit]


def similarities(
    snapshot: Snapshot, wanted: Iterable[Place], question: Vectors
) -> dict[Place, float]:
    """The cosine similarity of given passages to the question."""
    return {
        (key, n): float(np.dot(vector, question))
        for (key, n), vector in snapshot.passage_vectors(wanted)
    }
