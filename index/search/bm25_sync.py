"""Keeps BM25 in step with SQLite: before a question is answered and after every publish."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Mapping, Sequence

from index.model import Article
from index.search.bm25 import Bm25Index, Passages
from index.search.sync import SyncState
from index.store.snapshot import ArticleVersion, Snapshot
from index.text.passages import searchable
from index.text.words import names_in

log = logging.getLogger(__name__)


class Bm25Sync:
    """Indexing words is quick (20,000 passages a second), so whoever needs it waits for it."""

    def __init__(self, bm25: Bm25Index) -> None:
        self._bm25 = bm25
        self._sync_state: SyncState[ArticleVersion] = SyncState()
        self._held = bm25.contents()
        self._generation = -1
        self._lock = threading.Lock()

    @property
    def versions(self) -> Mapping[ArticleVersion, int]:
        """Which versions are in the index, stale ones included, with their passages."""
        return self._held

    def in_step(self, snapshot: Snapshot) -> bool:
        """Tell whether every current version of the snapshot is in the index."""
        return snapshot.generation == self._generation

    def sync(self, snapshot: Snapshot) -> bool:
        """Have every current version of the snapshot in the index; False where it was already."""
        if self.in_step(snapshot):
            return False
        with self._lock:
            if self.in_step(snapshot):
                return False
            articles = {(a.id, a.version): a for a in snapshot.articles(snapshot.spaces())}
            current = {key: article.passages for key, article in articles.items()}
            missing = self._sync_state.missing(current, self._held)
            expired: list[ArticleVersion] = []
            # What came after an older snapshot, of a question under way, is not stale by it.
            if newer := snapshot.generation > self._generation:
                expired = self._sync_state.expired(current, self._held)
            if missing or expired:
                self._update(snapshot, articles, missing, expired)
            if newer:
                self._generation = snapshot.generation
        return newer

    def _update(
        self,
        snapshot: Snapshot,
        articles: Mapping[ArticleVersion, Article],
        missing: Sequence[ArticleVersion],
        expired: Collection[ArticleVersion],
    ) -> None:
        try:
            self._bm25.update(expired, (_passages(snapshot, articles[key]) for key in missing))
        except (ValueError, OSError) as error:
            log.warning("BM25's folder cannot be written (%s); it is kept in memory", error)
            self._bm25.leave_folder(_passages(snapshot, one) for one in articles.values())
            self._held = {key: article.passages for key, article in articles.items()}
            self._generation = snapshot.generation  # nothing newer is there any more
        else:
            self._held = {key: n for key, n in self._held.items() if key not in set(expired)}
            self._held |= {key: articles[key].passages for key in missing}


def _passages(snapshot: Snapshot, article: Article) -> Passages:
    text = snapshot.text(article)
    passages = snapshot.passages(article)
    named = passages if article.language == "en" else ()  # misspelt words are told in English
    return Passages(
        version=(article.id, article.version),
        space=article.space,
        language=article.language,
        texts=searchable(article, text, passages),
        names=[names_in(text, passage) for passage in named],
    )
