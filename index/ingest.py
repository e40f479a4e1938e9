"""From documents to published versions: segment, embed in large batches, publish one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from pathlib import Path

from index import sources
from index.errors import EmptySource, SourceError
from index.model import Added, Article, Document, Failed, Passage, Report, Space
from index.models.embedder import Embedder
from index.store.catalog import Catalog, version_of
from index.text import passages, sentences
from index.text.passages import searchable

Progress = Callable[[int, int], None]
"""Called with (passages embedded, passages in all as far as known), now and then."""

WINDOW_DOCUMENTS = 500
"""Read and segmented before embedding begins, so that progress knows how much there is."""

WINDOW_PASSAGES = 128
"""Embedded in one call: enough to sort by length, few enough to publish steadily."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A document cut into passages."""

    document: Document
    passages: Sequence[Passage]


@dataclass
class _Count:
    """How far an indexing run is, in passages."""

    progress: Progress | None
    done: int = 0
    total: int = 0

    def embedded(self, passages: int) -> None:
        self.done += passages
        if self.progress:
            self.progress(self.done, self.total)


class Indexer:
    """Publishes documents as articles."""

    def __init__(self, catalog: Catalog, embedder: Embedder) -> None:
        self._catalog = catalog
        self._embedder = embedder

    def add(
        self,
        documents: Iterable[Document],
        space: Space,
        progress: Progress | None = None,
        *,
        force: bool = False,
        action: str | None = None,
    ) -> Iterator[Added]:
        """Publish documents, each as soon as it is embedded; unchanged ones first.

        With `force` unchanged ones are made anew as well; an `action` can be undone. Raises
        EmptySource for a document without a sentence.
        """
        publish = partial(self._catalog.publish, force=force, action=action)
        count = _Count(progress)
        remaining = iter(documents)
        while window := list(islice(remaining, WINDOW_DOCUMENTS)):
            prepared: list[_Prepared] = []
            waiting: set[str] = set()
            for document in window:
                names = _names(document)
                # One that comes back after another version of it counts as the last.
                first = not force and waiting.isdisjoint(names)
                if first and (unchanged := self._unchanged(document, space)):
                    yield unchanged
                else:
                    prepared.append(_prepare(document))
                    waiting |= names
            count.total += sum(len(p.passages) for p in prepared)
            for group in _groups(prepared):
                yield from self._publish(group, space, count, publish)

    def add_paths(self, paths: Sequence[Path], space: Space, progress: Progress | None) -> Report:
        """Publish files and folders; report what cannot be read."""
        return self._report(
            ((space, partial(sources.read_path, path)) for path in sources.find(paths)),
            progress,
        )

    def again(
        self, articles: Sequence[Article], progress: Progress | None, *, force: bool
    ) -> Report:
        """Publish articles whose files changed, with `force` all; report files that are gone."""
        return self._report(
            ((article.space, partial(self._read_again, article)) for article in articles),
            progress,
            force=force,
        )

    def _report(
        self,
        inputs: Iterable[tuple[Space, Callable[[], Document]]],
        progress: Progress | None,
        *,
        force: bool = False,
    ) -> Report:
        began = time.perf_counter()
        failed: list[Failed] = []
        added: list[Added] = []

        def read(group: Iterable[tuple[Space, Callable[[], Document]]]) -> Iterator[Document]:
            for _, one in group:
                try:
                    yield one()
                except SourceError as error:
                    failed.append(Failed(error.name, error.reason))

        for space, group in groupby(inputs, key=lambda pair: pair[0]):
            added += self.add(read(group), space, progress, force=force)
        return Report(tuple(added), tuple(failed), time.perf_counter() - began)

    def _read_again(self, article: Article) -> Document:
        """Read the article's file, or its stored text where it has none."""
        if article.origin and Path(article.origin).is_absolute():
            return sources.read_path(Path(article.origin))
        with self._catalog.snapshot() as snapshot:
            text = snapshot.text(article)
        return Document(
            title=article.title,
            text=text,
            source=article.source,
            published=article.published,
            author=article.author,
            language=article.language,
            origin=article.origin,
        )

    def _unchanged(self, document: Document, space: Space) -> Added | None:
        article = self._catalog.find(version_of(document, self._embedder.name), space)
        if article is None:
            return None
        if article.origin != document.origin and document.origin:
            self._catalog.move(article, document.origin)
        return Added(article, "unchanged")

    def _publish(
        self,
        group: Sequence[_Prepared],
        space: Space,
        count: _Count,
        publish: Callable[..., Added],
    ) -> Iterator[Added]:
        texts = [t for p in group for t in searchable(p.document, p.document.text, p.passages)]
        vectors = self._embedder.embed(texts, progress=count.embedded)
        start = 0
        for prepared in group:
            end = start + len(prepared.passages)
            document, passages, embedder = prepared.document, prepared.passages, self._embedder.name
            yield publish(document, space, passages, vectors[start:end], embedder=embedder)
            start = end


def _names(document: Document) -> set[str]:
    """By which of its fields another document may be a version of the same article."""
    link = document.source if document.source and "://" in document.source else None
    return {document.title, *filter(None, (document.origin, link))}


def _prepare(document: Document) -> _Prepared:
    spans = sentences.sentences(document.text, title=document.title, language=document.language)
    if not spans:
        raise EmptySource(document.origin or document.title, "there is no sentence in it")
    return _Prepared(document, passages.passages(document.text, spans))


def _groups(prepared: Sequence[_Prepared]) -> Iterator[list[_Prepared]]:
    """Documents in order, with about WINDOW_PASSAGES passages together."""
    group: list[_Prepared] = []
    passages = 0
    for one in prepared:
        group.append(one)
        passages += len(one.passages)
        if passages >= WINDOW_PASSAGES:
            yield group
            group, passages = [], 0
    if group:
        yield group
