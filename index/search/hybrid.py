"""Hybrid search: BM25 and dense similarity, each min-max normalised per question, weighted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np

from index.model import Article, Hit, Space
from index.models.embedder import Vectors
from index.search.bm25 import Bm25Index
from index.search.chroma import Scored
from index.search.sync import ChromaSync
from index.store.snapshot import ArticleVersion, Place, Snapshot
from index.text.normalise import deduplicate, plain


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles that one question is asked of.

    `current` are the articles by version, in the order given; `passages` counts the passages of
    each, by space; `version` names their state (16 hex digits) and changes with any of them.
    """

    current: Mapping[ArticleVersion, Article]
    passages: Mapping[Space, Mapping[ArticleVersion, int]]
    languages: frozenset[str]
    version: str

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        """Arrange articles for searching."""
        current: dict[ArticleVersion, Article] = {}
        passages: dict[Space, dict[ArticleVersion, int]] = {}
        for article in articles:
            key = (article.id, article.version)
            current[key] = article
            passages.setdefault(article.space, {})[key] = article.passages
        names = "\n".join(sorted(f"{article_id} {version}" for article_id, version in current))
        version = hashlib.sha256(names.encode()).hexdigest()[:16]
        return cls(current, passages, frozenset(a.language for a in current.values()), version)

    @property
    def only(self) -> Article | None:
        """Return the article, where it is a single one."""
        return next(iter(self.current.values())) if len(self.current) == 1 else None


class Scopes:
    """Keep the scopes of whole spaces until something is published or removed."""

    def __init__(self) -> None:
        self._known: dict[tuple[Space, ...], tuple[int, Scope]] = {}

    def of(self, snapshot: Snapshot, spaces: Sequence[Space]) -> Scope:
        """Return all articles of the spaces, as the snapshot has them."""
        key = tuple(sorted(set(spaces)))
        generation, scope = self._known.get(key, (-1, None))
        if scope is None or generation != snapshot.generation:
            scope = Scope.of(snapshot.articles(key))
            self._known[key] = (snapshot.generation, scope)
        return scope


OVERFETCH = 2
"""How many more passages than needed are asked of Chroma, since some may be stale."""


class Dense:
    """Search Chroma for the versions that it holds, SQLite for all others."""

    def __init__(self, sync: ChromaSync | None) -> None:
        self._sync = sync

    def search(
        self, snapshot: Snapshot, scope: Scope, question: Vectors, limit: int
    ) -> list[Scored]:
        """Return the nearest passages of the scope, best first; `question` is (dimension,)."""
        if scope.only:  # Chroma would have to be asked for everything else as well
            return _exact(snapshot, scope.current, question, limit)
        spaces = scope.passages.items()
        found = (self._in_space(snapshot, s, wanted, question, limit) for s, wanted in spaces)
        return _top(found, limit)

    def _in_space(
        self,
        snapshot: Snapshot,
        space: Space,
        wanted: Mapping[ArticleVersion, int],
        question: Vectors,
        limit: int,
    ) -> list[Scored]:
        held = self._sync.held(space) if self._sync else {}
        missing = {key: n for key, n in wanted.items() if held.get(key) != n}
        near = None
        if len(missing) < len(wanted):
            sound = {key: n for key, n in wanted.items() if key not in missing}
            near = self._ask_chroma(space, sound, question, limit)
        if near is None:
            return _exact(snapshot, wanted, question, limit)
        return _top([near, _exact(snapshot, missing, question, limit)], limit)

    def _ask_chroma(
        self, space: Space, wanted: Mapping[ArticleVersion, int], question: Vectors, limit: int
    ) -> list[Scored] | None:
        """Ask for more until enough of it is current; None when Chroma fails or lost vectors."""
        sync = self._sync
        if sync is None or (chroma := sync.chroma) is None:
            return None
        expected = min(limit, sum(wanted.values()))
        asked = limit * OVERFETCH
        while True:
            try:
                found = chroma.search(space, question, asked)
            except Exception as error:  # noqa: BLE001 - of many kinds; exact search goes on
                sync.lost(chroma, f"{type(error).__name__} in a search")
                return None
            near = [scored for scored in found if scored[0] in wanted]
            if len(near) >= expected:
                return near[:limit]
            if len(found) < asked:
                sync.lost(chroma, "vectors are missing")
                return None
            asked *= 4


def _exact(
    snapshot: Snapshot, versions: Iterable[ArticleVersion], question: Vectors, limit: int
) -> list[Scored]:
    """Search the vectors in SQLite, which are always complete."""
    best: list[Scored] = []
    for places, vectors in snapshot.vectors(versions):
        near = vectors @ question
        rows = np.argpartition(-near, limit)[:limit] if len(near) > limit else range(len(near))
        found = [(*places[row], float(near[row])) for row in rows]
        best = _top([best, found], limit)
    return best


def _top(lists: Iterable[list[Scored]], limit: int) -> list[Scored]:
    """Merge results, best first."""
    return sorted(chain.from_iterable(lists), key=lambda one: (-one[2], one[0], one[1]))[:limit]


CANDIDATES = 50
"""Passages taken from each index."""

MORE_CANDIDATES = 1_000
"""Where those are copies of one another."""

DENSE_WEIGHT = 0.5
"""Of the hybrid score; BM25 has the rest. Tuned by `python -m index.lab.evaluation tune`."""


def fuse(
    dense: Mapping[Place, float], bm25: Mapping[Place, float], dense_weight: float
) -> dict[Place, float]:
    """Return the weighted sum of min-max normalised scores (0 to 1); no BM25 score counts as 0."""
    scale_dense, scale_bm25 = _scale(dense.values()), _scale([0.0, *bm25.values()])
    return {
        place: dense_weight * scale_dense(similarity)
        + (1 - dense_weight) * scale_bm25(bm25.get(place, 0.0))
        for place, similarity in dense.items()
    }


class Searcher:
    """Find the passages nearest to a question in both indexes."""

    def __init__(
        self, bm25: Bm25Index, dense: Dense, *, dense_weight: float = DENSE_WEIGHT
    ) -> None:
        """Weigh dense search by `dense_weight`: 1.0 is dense alone, 0.0 is BM25 alone."""
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
        """Return the passages of the scope nearest to the question, best first.

        `vector` is the question's, (dimension,).
        """
        if not scope.current:
            return []
        for candidates in (CANDIDATES, MORE_CANDIDATES):
            ranked = self._ranked(snapshot, question, vector, scope, candidates)
            hits = deduplicate(_hits(snapshot, scope, ranked), limit)
            if len(hits) == limit or len(ranked) < candidates:
                break
        return hits

    def _ranked(
        self, snapshot: Snapshot, question: str, vector: Vectors, scope: Scope, limit: int
    ) -> list[tuple[Place, float, float, float]]:
        """Return the first passages of either index, with hybrid, dense and BM25 scores."""
        bm25 = self._bm25_scores(question, scope, limit)
        near = self._dense.search(snapshot, scope, vector, limit)
        dense = {(key, n): similarity for key, n, similarity in near}
        others = snapshot.passage_vectors(bm25.keys() - dense.keys())
        dense |= {place: float(np.dot(other, vector)) for place, other in others}
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


def _hits(
    snapshot: Snapshot, scope: Scope, ranked: Iterable[tuple[Place, float, float, float]]
) -> Iterator[Hit]:
    """Yield hits with their texts; passages that are gone from the snapshot are left out."""
    for (key, n), score, dense, bm25 in ranked:
        article = scope.current[key]
        if found := snapshot.passage(article, n):
            yield Hit(article, *found, score, dense, bm25)


def _scale(values: Collection[float]) -> Callable[[float], float]:
    """Return min-max normalisation: the lowest value becomes 0, the highest 1."""
    lowest, highest = min(values, default=0.0), max(values, default=0.0)
    width = highest - lowest
    return lambda value: (value - lowest) / width if width > 0 else 0.0
