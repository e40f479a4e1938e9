"""A searchable corpus without Chroma or locks, kept in a work folder between runs."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from index.errors import SourceError
from index.ingest import Indexer
from index.lab.evaluation.data import Topic
from index.model import PUBLIC, Document, Hit
from index.models.embedder import Embedder
from index.models.reader import Reader, Reading
from index.search.bm25 import Bm25Index
from index.search.codes import CodeIndex
from index.search.hybrid import Dense, Scope, Searcher
from index.search.sync import Bm25Sync
from index.store.catalog import Catalog


class Bench:
    """The paragraphs of some topics, indexed as the library does it."""

    def __init__(self, work: Path, topics: Sequence[Topic], embedder: Embedder) -> None:
        """Index what is new. Raises EmptySource for a paragraph without a sentence."""
        names = "\n".join(topic.title for topic in topics)
        digest = hashlib.sha256(names.encode()).hexdigest()[:12]
        self.embedder = embedder
        self.bm25 = Bm25Index(None)
        self.catalog = Catalog(work / f"{digest}.db")
        try:
            self._index([paragraph for topic in topics for paragraph in topic.paragraphs])
        except BaseException:
            self.catalog.close()
            raise
        self.scope = Scope.of(self.articles)

    def _index(self, documents: Sequence[Document]) -> None:
        for failed in Indexer(self.catalog, self.embedder).ingest(documents).failed:
            raise SourceError(failed.name, failed.reason)
        self._drop_others({document.origin for document in documents})
        with self.catalog.snapshot() as snapshot:
            Bm25Sync(self.bm25).sync(snapshot)
            self.articles = snapshot.articles([PUBLIC])

    def _drop_others(self, origins: set[str | None]) -> None:
        """Remove what an earlier file with the same titles had and this one has not."""
        with self.catalog.snapshot() as snapshot:
            articles = snapshot.articles([PUBLIC])
        self.catalog.remove([a.id for a in articles if a.origin not in origins], PUBLIC)

    def searcher(self, dense_weight: float) -> Searcher:
        """Search with this weight; 1.0 is dense alone, 0.0 BM25 alone."""
        return Searcher(
            self.bm25,
            Dense(CodeIndex(self.embedder.name, self.embedder.dimension)),
            dense_weight=dense_weight,
        )

    def close(self) -> None:
        """Close the database."""
        self.catalog.close()


class CachingReader:
    """Caches what another reader reads."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[tuple[str, str, int], Reading] = {}

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Return one reading per hit, in order."""
        new = [hit for hit in hits if _key(question, hit) not in self._known]
        for hit, reading in zip(new, self._reader.read(question, new), strict=True):
            self._known[_key(question, hit)] = reading
        return [self._known[_key(question, hit)] for hit in hits]


def _key(question: str, hit: Hit) -> tuple[str, str, int]:
    return (question, hit.article.version, hit.passage.n)
