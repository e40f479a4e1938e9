"""The dense half of search: which index answers for which version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.catalog import ArticleVersion, Snapshot
from index.embedder import Vectors
from index.model import Article, Space
from index.vectors import exact
from index.vectors.exact import Scored
from index.vectors.follower import Follower

OVERFETCH = 2
"""How many more passages than needed are asked of Chroma, since some may be stale."""


class Dense:
    """Searches Chroma for the versions it holds, SQLite for all others."""

    def __init__(self, follower: Follower | None) -> None:
        self._follower = follower

    def search(
        self, snapshot: Snapshot, articles: Sequence[Article], question: Vectors, limit: int
    ) -> list[Scored]:
        """The nearest passages of the articles' current versions, best first."""
        if len(articles) == 1:  # Chroma would have to be asked for everything else as well
            return exact.search(snapshot, [(a.id, a.version) for a in articles], question, limit)
        by_space: dict[Space, list[Article]] = {}
        for article in articles:
            by_space.setdefault(article.space, []).append(article)
        return exact.top(
            (self._in_space(snapshot, s, found, question, limit) for s, found in by_space.items()),
            limit,
        )

    def _in_space(
        self,
        snapshot: Snapshot,
        space: Space,
        articles: Sequence[Article],
        question: Vectors,
        limit: int,
    ) -> list[Scored]:
        held: dict[ArticleVersion, int] = {}
        missing: list[ArticleVersion] = []
        for article in articles:
            key = (article.id, article.version)
            if self._follower and self._follower.holds(space, key, article.passages):
                held[key] = article.passages
            else:
                missing.append(key)
        near = self._ask_chroma(space, held, question, limit) if held else []
        if near is None:
            near, missing = [], [*held, *missing]
        return exact.top([near, exact.search(snapshot, missing, question, limit)], limit)

    def _ask_chroma(
        self, space: Space, held: Mapping[ArticleVersion, int], question: Vectors, limit: int
    ) -> list[Scored] | None:
        """Ask for more until enough of it is current; None when Chroma fails or lost vectors."""
        follower = self._follower
        if follower is None or (chroma := follower.chroma) is None:
            return None
        expected = min(limit, sum(held.values()))
        asked = limit * OVERFETCH
        while True:
            try:
                found = chroma.search(space, question, asked)
            except Exception as error:  # noqa: BLE001 - of many kinds; exact search goes on
                follower.lost(chroma, f"{type(error).__name__} in a search")
                return None
            near = [scored for scored in found if scored[0] in held]
            if len(near) >= expected:
                return near[:limit]
            if len(found) < asked:
                follower.lost(chroma, "vectors are missing")
                return None
            asked *= 4
