"""Hybrid search: BM25 and dense similarity, each min-max normalised per question, weighted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Self

from index.model import Article, Hit, Space
from index.models.embedder import Vectors, similarities
from index.search.bm25 import Bm25Index
from index.search.codes import CodeIndex, Scored
from index.search.sync import ChromaSync
from index.store.selecting import Selection
from index.store.snapshot import ArticleVersion, PassageKey, Snapshot, key_of
from index.text.normalise import deduplicate, plain

FEW = 16
"""Articles that a query names one by one."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles that one question is asked of: some, or all of some spaces.

    `articles` are they by version, None where they are all of the `spaces` as `snapshot` has them;
    `version` names their state (16 hex digits) and changes with any of them.
    """

    spaces: tuple[Space, ...]
    languages: frozenset[str]
    version: str
    articles: Mapping[ArticleVersion, Article] | None = None
    snapshot: Snapshot | None = None

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        """Arrange some articles for searching."""
        by_version = {key_of(article): article for article in articles}
        names = (f"{article_id} {version}" for article_id, version in sorted(by_version))
        return cls(
            tuple(sorted({a.space for a in by_version.values()})),
            frozenset(a.language for a in by_version.values()),
            _digest(names),
            articles=by_version,
        )

    @classmethod
    def all_of(cls, snapshot: Snapshot, spaces: Iterable[Space], searchable: int = 0) -> Self:
        """Return all articles of the spaces, for as long as the snapshot is open.

        `searchable` is the generation up to which BM25 has them: with more, answers may change.
        """
        spaces = tuple(sorted(set(spaces)))
        states = {space: snapshot.last_change(space) for space in spaces}
        lacking = max(states.values(), default=0) > searchable
        names = [
            *(f"{space} {state}" for space, state in states.items()),
            *[str(searchable)] * lacking,
        ]
        return cls(spaces, snapshot.languages(spaces), _digest(names), snapshot=snapshot)

    @property
    def only(self) -> Article | None:
        """Return the article, where it is a single one that was chosen."""
        if self.articles is None or len(self.articles) != 1:
            return None
        return next(iter(self.articles.values()))

    @property
    def few(self) -> Sequence[ArticleVersion]:
        """Return the articles, where they are some that were chosen and can be named in a query."""
        chosen = tuple(self.articles or ())
        return chosen if 1 < len(chosen) <= FEW else ()

    @property
    def empty(self) -> bool:
        """Tell whether there is no article."""
        return not self.languages

    def among(self, versions: Iterable[ArticleVersion]) -> Mapping[ArticleVersion, Article]:
        """Return those of the versions that are current ones of the articles."""
        if self.snapshot:
            return self.snapshot.current(versions, self.spaces)
        articles = self.articles or {}
        return {key: articles[key] for key in versions if key in articles}

    def newest(self, limit: int) -> Sequence[Article]:
        """Return the newest articles, or the first of those that were chosen."""
        if self.snapshot:
            return self.snapshot.newest(self.spaces, limit)
        return list((self.articles or {}).values())[:limit]

    def select(self, which: Selection, limit: int) -> Sequence[Article]:
        """Return the newest of the articles that meet conditions."""
        if self.snapshot:
            return self.snapshot.select(self.spaces, which, limit)
        chosen = filter(which.holds, (self.articles or {}).values())
        return sorted(chosen, key=lambda one: one.published or one.added, reverse=True)[:limit]

    def count(self, which: Selection) -> int:
        """Count the articles that meet conditions."""
        if self.snapshot:
            return self.snapshot.count(self.spaces, which)
        return sum(map(which.holds, (self.articles or {}).values()))


def _digest(names: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


OVERFETCH = 2
"""How many more passages than needed are asked of Chroma where some may be stale. It takes as much
longer."""


class Dense:
    """Search Chroma for what it holds, the binary codes for what changed since."""

    def __init__(self, codes: CodeIndex, sync: ChromaSync | None = None) -> None:
        self._codes = codes
        self._sync = sync

    def search(
        self, snapshot: Snapshot, scope: Scope, question: Vectors, limit: int
    ) -> list[Scored]:
        """Return the nearest passages of the scope, best first; `question` is (dimension,).

        Their similarities are those of the stored vectors: Chroma's differ in the fourth digit, and
        the same question would be answered here and refused there.
        """
        if self._sync:
            self._sync.note_question()
        if scope.articles is not None:  # Chroma would have to be asked for everything else as well
            return _exact(snapshot, scope.articles, question, limit)
        return _top((self._in_space(snapshot, s, question, limit) for s in scope.spaces), limit)

    def _in_space(
        self, snapshot: Snapshot, space: Space, question: Vectors, limit: int
    ) -> list[Scored]:
        near, after = self._ask_chroma(snapshot, space, question, limit)
        newer = self._codes.search(snapshot, space, question, limit, after)
        exact = snapshot.similarities(near, question)
        exact |= {place[:2]: place[2] for place in newer}  # a change while Chroma was asked
        return _top([((*place, one) for place, one in exact.items())], limit)

    def _ask_chroma(
        self, snapshot: Snapshot, space: Space, question: Vectors, limit: int
    ) -> tuple[list[PassageKey], int]:
        """Return the nearest of what Chroma holds, and the generation up to which it has all.

        That is -1 where it fails or lost vectors.
        """
        sync = self._sync
        if sync is None or (chroma := sync.chroma) is None or (reached := chroma.reached) < 0:
            return [], -1
        asked = limit * (OVERFETCH if chroma.may_be_stale else 1)
        while True:
            asked = min(asked, chroma.most)
            try:
                found = chroma.search(space, question, asked)
            except Exception as error:  # noqa: BLE001 - of many kinds; the codes have it all
                sync.lost(chroma, f"{type(error).__name__} in a search")
                return [], -1
            near = _current(found, partial(snapshot.current, spaces=[space]), limit)
            if len(near) == limit or len(found) == chroma.most:
                return [place[:2] for place in near], reached
            if len(found) < asked:  # that was all
                if len(near) >= min(limit, snapshot.passages_until(reached, space)):
                    return [place[:2] for place in near], reached
                sync.lost(chroma, "vectors are missing")
                return [], -1
            asked *= 4


def _exact(
    snapshot: Snapshot, versions: Iterable[ArticleVersion], question: Vectors, limit: int
) -> list[Scored]:
    """Search the vectors in SQLite, which are always complete."""
    best: list[Scored] = []
    for places, vectors in snapshot.vectors(versions):
        found = zip(places, similarities(vectors, question), strict=True)
        best = _top([best, ((*place, one) for place, one in found)], limit)
    return best


def _current(
    found: Sequence[Scored],
    among: Callable[[Iterable[ArticleVersion]], Collection[ArticleVersion]],
    limit: int,
) -> list[Scored]:
    """Return the first that are `among` current versions; seldom many have to be looked up."""
    kept: list[Scored] = []
    for start in range(0, len(found), limit):
        some = found[start : start + limit]
        current = among({key for key, _, _ in some})
        kept += [one for one in some if one[0] in current]
        if len(kept) >= limit:
            break
    return kept[:limit]


def _top(lists: Iterable[Iterable[Scored]], limit: int) -> list[Scored]:
    """Merge results, best first."""
    return sorted(chain.from_iterable(lists), key=lambda one: (-one[2], one[0], one[1]))[:limit]


CANDIDATES = 50
"""Passages taken from each index."""

MORE_CANDIDATES = 1_000
"""Where those are copies of one another."""

LOOKED_UP = 10
"""Passages at a time, for their articles and texts: most searches need no more."""

DENSE_WEIGHT = 0.6
"""Of the hybrid score; BM25 has the rest. On the tune parts .6 puts the right paragraph first for
.580 of 421 questions of natural_news (.5: .563) and among the first 8 for .865 (.848); for .904 of
250 of squad2_dev_part (.5: .912), where all but one are among the first 8."""


def fuse(
    dense: Mapping[PassageKey, float],
    bm25: Mapping[PassageKey, float],
    dense_weight: float,
    *,
    chosen: bool = False,
) -> dict[PassageKey, float]:
    """Return the weighted sum of min-max normalised scores (0 to 1); no BM25 score counts as 0.

    Of few passages of `chosen` articles the one least near is near as well, so 0 is the lowest.
    """
    few = chosen and len(dense) < CANDIDATES
    scale_dense = _scale([0.0, *dense.values()] if few else dense.values())
    scale_bm25 = _scale([0.0, *bm25.values()])
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
        if scope.empty:
            return []
        for candidates in (CANDIDATES, MORE_CANDIDATES):
            ranked = self._ranked(snapshot, question, vector, scope, candidates)
            hits = deduplicate(_hits(snapshot, scope, ranked), limit)
            if len(hits) == limit or len(ranked) < candidates:
                break
        return hits

    def _ranked(
        self, snapshot: Snapshot, question: str, vector: Vectors, scope: Scope, limit: int
    ) -> list[tuple[PassageKey, float, float, float]]:
        """Return the first passages of either index, with hybrid, dense and BM25 scores."""
        bm25 = self._bm25_scores(question, scope, limit)
        near = self._dense.search(snapshot, scope, vector, limit)
        dense = {(key, n): similarity for key, n, similarity in near}
        if len(bm25) == limit and (lacking := dense.keys() - bm25.keys()):
            # Passages of few of the question's words, but near it in meaning: 0 would be too low.
            for key, n, score in self._bm25.search(
                plain(question), scope.spaces, scope.languages, limit=len(lacking), places=lacking
            ):
                bm25[key, n] = score
        dense |= snapshot.similarities(bm25.keys() - dense.keys(), vector)
        chosen = scope.articles is not None
        scores = fuse(dense, bm25, self._dense_weight, chosen=chosen)
        best = sorted(scores, key=lambda place: (-scores[place], place))
        return [(place, scores[place], dense[place], bm25.get(place, 0.0)) for place in best]

    def _bm25_scores(self, question: str, scope: Scope, limit: int) -> dict[PassageKey, float]:
        asked = limit
        while True:
            found = self._bm25.search(
                plain(question),
                scope.spaces,
                scope.languages,
                limit=asked,
                article_id=scope.only.id if scope.only else None,
                versions=scope.few,
            )
            kept = _current(found, scope.among, limit)
            if len(kept) == limit or len(found) < asked:
                return {(key, n): score for key, n, score in kept}
            asked *= 4  # an article that is often replaced leaves many stale versions


def _hits(
    snapshot: Snapshot, scope: Scope, ranked: Sequence[tuple[PassageKey, float, float, float]]
) -> Iterator[Hit]:
    """Yield hits with their texts; passages that are gone from the snapshot are left out."""
    for start in range(0, len(ranked), LOOKED_UP):
        some = ranked[start : start + LOOKED_UP]
        articles = scope.among({key for (key, _), *_ in some})
        found = snapshot.single_passages(place for place, *_ in some if place[0] in articles)
        for place, *scores in some:
            if place in found:
                yield Hit(articles[place[0]], *found[place], *scores)


def _scale(values: Collection[float]) -> Callable[[float], float]:
    """Return min-max normalisation: the lowest value becomes 0, the highest, or the only one, 1."""
    lowest, highest = min(values, default=0.0), max(values, default=0.0)
    width = highest - lowest
    return lambda value: (value - lowest) / width if width > 0 else float(value > 0)
