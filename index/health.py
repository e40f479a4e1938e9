"""What can be said about the state of a data folder."""

from __future__ import annotations

from dataclasses import dataclass

from index.model import Health
from index.search.sync import ELSEWHERE, IN_STEP, Bm25Sync, ChromaSync
from index.store.catalog import Catalog
from index.store.snapshot import Snapshot

CHROMA_SECONDS = 5.0
"""How long a check waits for Chroma to start."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """How far the indexes are in step with the database.

    `chroma_behind` counts the passages that are searched exactly meanwhile.
    """

    articles: int
    passages: int
    bm25_in_step: bool
    chroma_in_step: bool
    chroma_behind: int


class Indexes:
    """The indexes of an open library, looked at without changing or waiting for anything."""

    def __init__(self, catalog: Catalog, words: Bm25Sync, vectors: ChromaSync | None) -> None:
        self._catalog = catalog
        self._words = words
        self._vectors = vectors

    def state(self) -> IndexState:
        """Count what there is and what lacks; cheap. Raises StorageError."""
        with self._catalog.snapshot() as snapshot:
            articles, passages = snapshot.counts()
            bm25_in_step = self._words.in_step(snapshot)
            behind = self._vectors.behind(snapshot) if self._vectors else passages
        return IndexState(
            articles,
            passages,
            bm25_in_step,
            chroma_in_step=bool(self._vectors and self._vectors.state == IN_STEP and not behind),
            chroma_behind=behind,
        )


def examine(
    snapshot: Snapshot, embedder: str, words: Bm25Sync, vectors: ChromaSync | None
) -> Health:
    """Check the database and how far the indexes are in step with it."""
    articles = snapshot.articles(snapshot.spaces())
    searchable = sum(words.versions.get((a.id, a.version), 0) for a in articles)
    problems = [(damage, "restore a backup: footnote restore FILE") for damage in snapshot.damage()]
    if vectors and not vectors.wait(CHROMA_SECONDS) and ELSEWHERE not in vectors.state:
        problems.append((f"Chroma is {vectors.state}", "questions are searched exactly meanwhile"))
    return Health(
        articles=len(articles),
        passages=sum(article.passages for article in articles),
        spaces=len({article.space for article in articles}),
        embedder=embedder,
        vectors=vectors.state if vectors else "not in use, exact search",
        words=f"{searchable} passages",
        problems=tuple(problems),
    )
