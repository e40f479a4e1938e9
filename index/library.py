"""The facade: everything that can be done with a data folder of articles."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from index import strings
from index.answers.answerer import Answerer
from index.errors import EmbedderChanged, StorageError
from index.ingest import Also, Fetch, Indexer, Input, Progress
from index.model import (
    PUBLIC,
    THRESHOLDS,
    Answer,
    Article,
    Document,
    Health,
    Hit,
    IndexState,
    Recalled,
    Report,
    Space,
    Span,
    Thresholds,
)
from index.models.embedder import Embedder
from index.models.reader import Reader
from index.search.bm25 import Bm25Index
from index.search.chroma import ChromaAccess, ChromaPlace
from index.search.codes import CodeIndex
from index.search.hybrid import Dense, Scope, Searcher
from index.search.sync import Bm25Sync, ChromaSync, Status
from index.search.sync_thread import SyncThread
from index.store.catalog import Catalog
from index.store.connections import Ownership, make_folder
from index.store.database import DATABASE, Clock, utc_now
from index.store.records import Records
from index.store.selecting import Selection
from index.store.snapshot import Snapshot

if TYPE_CHECKING:
    from index.web.fetch import FetchedPage

READ_GOING_ON = 4
"""Passages of the last answer's article that are read in each wording, at .35 s each; of several
articles on its story twice as many."""

CHROMA_SECONDS = 5.0
"""How long `health` waits for Chroma to start."""

CLOSE_SECONDS = 3.0
"""How long closing waits for Chroma to hold what was added; the next start does the rest."""


class Library:
    """Articles in one data folder: add them, ask them. Thread-safe; every call blocks.

    `spaces` is always what the asker may see; an article of another does not exist for that call.
    The first process to open a folder owns its indexes; any other keeps BM25 in memory and searches
    the stored vectors exactly, until Chroma is free. `records` is what is kept beside articles.
    """

    def __init__(
        self,
        data: Path,
        catalog: Catalog,
        embedder: Embedder,
        reader: Reader | None,
        place: ChromaPlace | None,
        thresholds: Thresholds,
        clock: Clock = utc_now,
    ) -> None:
        """See `open`."""
        self.reader = reader
        self.records = Records(catalog.database)
        self._catalog = catalog
        self._embedder = embedder
        self._ownership = Ownership(data)
        self._owns = place is not None and self._ownership.obtain()
        bm25 = Bm25Index(data / "lexical" if self._owns else None)
        self._words = Bm25Sync(bm25)
        name, size = embedder.name, embedder.dimension
        shared = place is not None and place.url is not None
        writing = catalog.database.lock("vectors") if shared else self._ownership
        self._vectors = ChromaSync(catalog, place, writing, name, size) if place else None
        self._writing = writing
        self._codes = CodeIndex(name, size)
        self._searcher = Searcher(bm25, Dense(self._codes, self._vectors))
        self._answerer = Answerer(embedder, bm25, self._searcher, reader, clock)
        self.thresholds = thresholds
        self._indexer = Indexer(catalog, embedder)
        listener = catalog.database.listener() if self._owns else None
        self._sync_thread = SyncThread(listener, self._sync_latest) if listener else None

    @classmethod
    def open(
        cls,
        data: Path,
        embedder: Embedder,
        reader: Reader | None = None,
        *,
        chroma: bool = True,
        chroma_url: str | None = None,
        chroma_access: ChromaAccess | None = None,
        database_url: str | None = None,
        reembed: bool = False,
        thresholds: Thresholds = THRESHOLDS,
        clock: Clock = utc_now,
    ) -> Self:
        """Open (or make) a data folder; the articles may be in PostgreSQL (`database_url`).

        Without a reader similarity alone decides what answers and whether anything does;
        `thresholds` are the confidences from which on something does. With `chroma` False the
        indexes are left alone: BM25 is made in memory and the stored vectors are searched exactly,
        which starts faster. `reembed` opens a folder with another model's vectors, for
        `ingest(list(...), force=True)`. `clock` tells which day "yesterday" was. Raises
        SchemaTooNew, EmbedderChanged, StorageError.
        """
        make_folder(data)
        catalog = Catalog(database_url or data / DATABASE)
        try:
            with catalog.snapshot() as snapshot:
                if snapshot.is_unfinished:
                    raise StorageError(catalog.database.name, strings.HALF_MOVED)
                others = snapshot.embedders() - {embedder.name}
            if others and not reembed:
                raise EmbedderChanged(sorted(others)[0], embedder.name)
            access = chroma_access or ChromaAccess()
            place = ChromaPlace(data / "chroma", chroma_url, access) if chroma else None
            return cls(data, catalog, embedder, reader, place, thresholds, clock)
        except BaseException:
            catalog.close()
            raise

    def close(self) -> None:
        """Finish writes and release the folder."""
        if self._sync_thread:
            self._sync_thread.close()
        if self._vectors:
            self._vectors.close(CLOSE_SECONDS)
        self._words.close()
        self._writing.release()
        self._catalog.close()
        self._ownership.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ingest(
        self,
        inputs: Iterable[Input],
        space: Space = PUBLIC,
        *,
        fetch: Fetch | None = None,
        progress: Progress | None = None,
        action: str | None = None,
        force: bool = False,
        also: Also | None = None,
    ) -> Report:
        """Index inputs; each is published, in one commit, as soon as it is embedded.

        See Indexer.ingest. What has an `action` can be taken back by `records.publications`.
        """
        report = self._indexer.ingest(
            inputs, space, fetch=fetch, progress=progress, action=action, force=force, also=also
        )
        self._sync_if_owner()
        return report

    def read(self, one: Input, page: FetchedPage | None = None) -> Document:
        """Read an input; `page` is what was fetched of its link. Raises SourceError."""
        return self._indexer.read(one, page)

    def remove(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> Article:
        """Remove an article and return what it was. Raises UnknownArticle."""
        article = self.get(article_id, spaces)
        self._catalog.remove([article.id], article.space)
        self._sync_if_owner()
        return article

    def remove_together(
        self, article_ids: Iterable[str], space: Space, action: str
    ) -> tuple[Article, ...]:
        """Remove those of the articles that the space has, and return them.

        It can be taken back by `records.publications`, under the name `action`.
        """
        removed = self._catalog.remove(article_ids, space, action)
        self._sync_if_owner()
        return tuple(removed)

    def list(self, spaces: Sequence[Space] = (PUBLIC,), words: str = "") -> tuple[Article, ...]:
        """Return all articles, newest first, and last those without a date, as they were added.

        With `words` those that have them in title, source or author, as typed or nearly so.
        """
        with self._catalog.snapshot() as snapshot:
            found = snapshot.described(words, spaces) if words else snapshot.articles(spaces)
            return tuple(sorted(found, key=lambda one: not one.published))

    def count(self, spaces: Sequence[Space]) -> int:
        """Count the articles."""
        with self._catalog.snapshot() as snapshot:
            return snapshot.count(spaces, Selection())

    def from_folder(self, folder: Path, space: Space) -> tuple[Article, ...]:
        """Return the articles of a space that were read from files in a folder."""
        with self._catalog.snapshot() as snapshot:
            return tuple(snapshot.from_folder(os.path.join(folder.resolve(), ""), space))

    def last_change(self, space: Space) -> int:
        """Return a number that rises whenever an article of the space changes."""
        with self._catalog.snapshot() as snapshot:
            return snapshot.last_change(space)

    def find(
        self, words: str, spaces: Sequence[Space] = (PUBLIC,), *, limit: int = 25
    ) -> tuple[Article, ...]:
        """Return articles with `words` in their title (any case), newest first.

        Where there are none, those whose titles the words may be misspelt.
        """
        with self._catalog.snapshot() as snapshot:
            found = snapshot.titled(words, spaces, limit)
            return tuple(found or snapshot.titles_like(words, spaces, limit))

    def get(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> Article:
        """Return one article by id or by exact title (any case). Raises UnknownArticle."""
        with self._catalog.snapshot() as snapshot:
            return snapshot.article(article_id, spaces)

    def text(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> str:
        """Return the article's text as stored. Raises UnknownArticle."""
        with self._catalog.snapshot() as snapshot:
            return snapshot.text(snapshot.article(article_id, spaces))

    def sentences(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> tuple[Span, ...]:
        """Return the sentences of the article's text, in order. Raises UnknownArticle."""
        with self._catalog.snapshot() as snapshot:
            passages = snapshot.passages(snapshot.article(article_id, spaces))
        return tuple(sentence for passage in passages for sentence in passage.sentences)

    def search(
        self,
        question: str,
        spaces: Sequence[Space] = (PUBLIC,),
        *,
        article_id: str | None = None,
        limit: int = 10,
        rerank: bool = False,
    ) -> tuple[Hit, ...]:
        """Return the passages nearest to the question, best first. Raises UnknownArticle.

        `rerank` has the reader order the first of them, which takes as long as an answer.
        """
        with self._catalog.snapshot() as snapshot:
            scope = self._scope(snapshot, spaces, article_id)
            return tuple(self._answerer.search(snapshot, question, scope, limit, rerank=rerank))

    def ask(
        self,
        question: str,
        spaces: Sequence[Space] = (PUBLIC,),
        *,
        article_id: str | None = None,
        thresholds: Thresholds | None = None,
    ) -> Answer:
        """Answer, or say that the articles do not; `thresholds` None are the library's.

        Raises UnknownArticle.
        """
        with self._catalog.snapshot() as snapshot:
            scope = self._scope(snapshot, spaces, article_id)
            usual = thresholds or self.thresholds
            return self._answerer.answer(snapshot, question, scope, usual)

    def go_on(
        self,
        question: str,
        spaces: Sequence[Space],
        article_ids: Sequence[str],
        *,
        alone: bool = False,
        earlier: Sequence[str] = (),
        thresholds: Thresholds | None = None,
    ) -> Answer:
        """Answer a follow-up from the article of the last answer, or from its story; see `ask`.

        Other values that other articles give are shown as well, unless these are asked `alone`.
        `earlier` are answers whose sentences must not be given again.
        """
        with self._catalog.snapshot() as snapshot:
            chosen = [snapshot.article(one, spaces) for one in article_ids]
            everything = self._scope(snapshot, spaces, None)
            beside = None if alone else everything
            usual, most = thresholds or self.thresholds, READ_GOING_ON * min(len(chosen), 2)
            return self._answerer.answer(
                snapshot, question, Scope.of(chosen), usual, most, beside, earlier
            )

    def story(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> tuple[Article, ...]:
        """Return an article with those that report on the same. Raises UnknownArticle."""
        with self._catalog.snapshot() as snapshot:
            article = snapshot.article(article_id, spaces)
            everything = self._scope(snapshot, spaces, None)
            return tuple(self._answerer.story(snapshot, article, everything))

    def recall(
        self,
        question: str,
        spaces: Sequence[Space],
        article_id: str | None,
        earlier: Sequence[str],
        *,
        what: Recalled,
    ) -> Answer:
        """Answer with what an article says on what was quoted of it before.

        `earlier` are the answers before, oldest first. Without an article it refuses. Raises
        UnknownArticle.
        """
        with self._catalog.snapshot() as snapshot:
            scope = self._scope(snapshot, spaces, article_id)
            return self._answerer.recall(snapshot, question, scope, earlier, what)

    def about(self, text: str, spaces: Sequence[Space] = (PUBLIC,)) -> Article | None:
        """Return the article that a text, such as a message, is likely about, if there is one."""
        with self._catalog.snapshot() as snapshot:
            scope = self._scope(snapshot, spaces, None)
            return None if scope.empty else self._answerer.about(snapshot, text, scope)

    def ask_of(
        self, documents: Iterable[Document], question: str, *, thresholds: Thresholds | None = None
    ) -> Answer:
        """Answer from documents that are not indexed, and forget them: they are embedded each time.

        Passages beyond the quotes are not named, as nobody could look them up. Raises StorageError.
        """
        with TemporaryDirectory(prefix="footnote-") as folder:
            catalog = Catalog(Path(folder) / DATABASE)
            usual = thresholds or self.thresholds
            with Library(
                Path(folder), catalog, self._embedder, self.reader, None, usual
            ) as library:
                library.ingest(documents)
                return replace(library.ask(question), hits=())

    def suggestions(
        self, spaces: Sequence[Space] = (PUBLIC,), *, question: str = "", count: int = 3
    ) -> tuple[str, ...]:
        """Return questions on the newest articles that these surely answer; kept until they change.

        After another `question` they are others. The first time it takes as long as some answers.
        """
        with self._catalog.snapshot() as snapshot:
            scope = self._scope(snapshot, spaces, None)
            return self._answerer.suggest(snapshot, scope, question, count)

    def spaces(self) -> tuple[Space, ...]:
        """Return all spaces that hold an article."""
        with self._catalog.snapshot() as snapshot:
            return tuple(snapshot.spaces())

    def health(self) -> Health:
        """Check the folder: reads every row once, and waits for Chroma for a while."""
        with self._catalog.snapshot() as snapshot:
            self._sync(snapshot)
            articles = snapshot.articles(snapshot.spaces())
        held, vectors = self._words.versions, self._vectors
        searchable = sum(held.get((a.id, a.version), 0) for a in articles)
        problems = [(found, strings.RESTORE) for found in self._catalog.database.damage()]
        if (
            vectors
            and not vectors.wait(CHROMA_SECONDS)
            and vectors.status is not Status.OTHER_PROCESS
        ):
            problems.append((strings.chroma(vectors.described), strings.EXACT_MEANWHILE))
        return Health(
            articles=len(articles),
            passages=sum(article.passages for article in articles),
            spaces=len({article.space for article in articles}),
            embedder=self._embedder.name,
            vectors=vectors.described if vectors else strings.NO_CHROMA,
            words=strings.searchable(searchable),
            problems=tuple(problems),
        )

    def index_state(self) -> IndexState:
        """Count what there is and what the indexes lack, without waiting. Raises StorageError."""
        vectors = self._vectors
        with self._catalog.snapshot() as snapshot:
            articles, passages = snapshot.counts()
            bm25_in_step = self._words.in_step(snapshot)
            behind = vectors.behind(snapshot) if vectors else passages
        in_step = bool(vectors and vectors.status is Status.IN_STEP and not behind)
        return IndexState(articles, passages, bm25_in_step, in_step, behind)

    def _sync_if_owner(self) -> None:
        """Bring the indexes in step; without the lock on them, the first question does that."""
        if self._owns:
            self._sync_latest()

    def _sync_latest(self) -> None:
        """Bring the indexes in step with the latest moment."""
        with self._catalog.snapshot() as snapshot:
            self._sync(snapshot)

    def _sync(self, snapshot: Snapshot, *, wait: bool = True) -> None:
        """Have the snapshot's words in BM25 and its codes read, and tell Chroma of news."""
        if self._words.sync(snapshot, wait=wait) and self._vectors:
            self._vectors.wake()
        self._codes.sync(snapshot)

    def _scope(self, snapshot: Snapshot, spaces: Sequence[Space], article_id: str | None) -> Scope:
        """Return what a question is asked of.

        While another thread brings BM25 in step, what is newest is found by its vectors alone.
        """
        self._sync(snapshot, wait=False)
        if article_id:
            return Scope.of([snapshot.article(article_id, spaces)])
        return Scope.all_of(snapshot, spaces, self._words.generation)
