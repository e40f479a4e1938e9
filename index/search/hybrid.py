"""Hybrid search: BM25 and dense similarity, each min-max normalised per question, weighted."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from index.model import Article, Hit
from index.models.embedder import Vectors
from index.search.bm25 import Bm25Index
from index.search.dense import Dense
from index.search.exact import Place, similarities
from index.search.scope import Scope
from index.store.snapshot import ArticleVersion, Snapshot
from index.text.normalise import deduplicate, plain

CANDIDATES = 50
"""Passages taken from each index."""

MORE_CANDIDATES = 1_000
"""Where those are copies of one another."""

DENSE_WEIGHT = 0.5
"""Of the hybrid score; BM25 has the rest. Tuned by `python -m index.lab.evaluation tune`."""


def fuse(
    dense: Mapping[Place, float], bm25: Mapping[Place, float], dense_weight: float
) -> dict[Place, float]:
    """Weighted sum of min-max normalised scores (0 to 1); without BM25 score counts as 0."""
    scale_dense, scale_bm25 = _scale(dense.values()), _scale([0.0, *bm25.values()])
    return {
        place: dense_weight * scale_dense(similarity)
        + (1 - dense_weight) * scale_bm25(bm25.get(place, 0.0))
        for place, similarity in dense.items()
    }


class Searcher:
    """Finds the passages nearest to a question in both indexes."""

    def __init__(
        self, bm25: Bm25Index, dense: Dense, *, dense_weight: float = DENSE_WEIGHT
    ) -> None:
        """`dense_weight` is 1.0 for dense search alone, 0.0 for BM25 alone."""
        self._bm25 = bm25
        self._dense = dense
        self._dense_weight = dense_weight

    def search(
        self,
        snapshot: Snapshot,
        question: str,
        vector: Vectors,
        scope: Scope,
        limit: int,
    ) -> list[Hit]:
        """The passages of the scope nearest to the question, best first.

        `vector` is the question's, (dimension,).
        """
        if not scope.current:
            return []
        for candidates in (CANDIDATES, MORE_CANDIDATES):
            ranked = self._ranked(snapshot, question, vector, scope, candidates)
            found = (self._hit(snapshot, scope.current, *one) for one in ranked)
            hits = deduplicate(filter(None, found), limit)
            if len(hits) == limit or len(ranked) < candidates:
                break
        return hits

    def _ranked(
        self, snapshot: Snapshot, question: str, vector: Vectors, scope: Scope, limit: int
    ) -> list[tuple[Place, float, float, float]]:
        """What either index has among its first passages, with hybrid, dense and BM25 scores."""
        bm25 = self._bm25_scores(question, scope, limit)
        near = self._dense.search(snapshot, scope, vector, limit)
        dense = {(key, n): similarity for key, n, similarity in near}
        dense |= similarities(snapshot, bm25.keys() - dense.keys(), vector)
        scores = fuse(dense, bm25, self._dense_weight)
        best = sorted(scores, key=lambda place: (-scores[place], place))
        return [(place, scores[place], dense[place], bm25.get(place, 0.0)) for place in best]

    def _bm25_scores(self, question: str, scope: Scope, limit: int) -> dict[Place, float]:
        asked = limit * 2
        while True:
            found = self._bm25.search(
                plain(question),
                sorted(scope.passages),
                scope.languages,
                limit=asked,
                article_id=scope.only.id if scope.only else None,
            )
            kept = [(key, n, score) for key, n, score in found if key in scope.current]
            if len(kept) >= limit or len(found) < asked:
                return {(key, n): score for key, n, score in kept[:limit]}
            asked *= 4  # an article that is often replaced leaves many stale versions

    @staticmethod
    def _hit(
        snapshot: Snapshot,
        current: Mapping[ArticleVersion, Article],
        place: Place,
        score: float,
        dense: float,
        bm25: float,
    ) -> Hit | None:
        (key, n) = place
        found = snapshot.passage(current[key], n)
        if found is None:
            return None
        passage, text = found
        return Hit(current[key], passage, text, score, dense, bm25)


def _scale(values: Collection[float]) -> Callable[[float], float]:
    """Min-max normalisation: the lowest value becomes 0, the highest 1."""
    lowest, highest = min(values, default=0.0), max(values, default=0.0)
    width = highest - lowest
    return lambda value: (value - lowest) / width if width > 0 else 0.0
