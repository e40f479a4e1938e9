"""From inputs to published articles: read, segment, embed in large batches, publish one by one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from index import sources, strings
from index.errors import EmptySource, SourceError, UnknownArticle
from index.model import PUBLIC, Added, Article, Document, Failed, Passage, Report, Space
from index.models.embedder import Embedder
from index.sources.document import NOTHING_GIVEN, Given, is_teaser
from index.store.catalog import Catalog
from index.text import passages, sentences
from index.text.passages import searchable

if TYPE_CHECKING:
    from index.web.fetch import FetchedPage

Progress = Callable[[int, int], None]
"""Called with (passages embedded, passages in all), now and then. Before all is read, that is an
estimate where it is known how many inputs there are, else what was read so far."""

Fetch: TypeAlias = "Callable[[str], FetchedPage]"
"""Fetches a link and blocks meanwhile. Raises SourceError."""

Also = Callable[[Added], None]
"""Writes what belongs to a publication."""

WINDOW_DOCUMENTS = 500
"""Read and segmented before embedding begins, so that progress knows about how much there is."""

WINDOW_PASSAGES = 128
"""Embedded in one call: enough to sort by length, few enough to publish steadily."""


@dataclass(frozen=True, slots=True)
class File:
    """A file on this machine; its absolute path becomes the origin."""

    path: Path
    given: Given = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class Data:
    """The bytes of a file; the suffix of `name`, else its content, says of which kind."""

    name: str
    data: bytes = field(repr=False)
    given: Given = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class Text:
    """A pasted text; `name` is what errors call it."""

    name: str
    text: str = field(repr=False)
    given: Given = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class Link:
    """A web page; it becomes the origin, and where it leads to the source."""

    url: str
    given: Given = NOTHING_GIVEN


Input: TypeAlias = File | Data | Text | Link | Article | Document
"""One thing to index. An article is read again in its own space, from its file or its link, else
from its stored text; a document has been read already."""


def link_of(one: Input) -> str | None:
    """Return the link that has to be fetched to read an input, if any."""
    link = one.url if isinstance(one, Link) else one.origin if isinstance(one, Article) else None
    link = (link or "").strip()
    return link if isinstance(one, Link) or link.startswith(("http://", "https://")) else None


def files(paths: Iterable[Path]) -> list[File]:
    """Return the files as given and the readable kinds inside folders, sorted, hidden ones not."""
    return [File(path) for path in sources.find(paths)]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The document of an input, cut into passages."""

    number: int
    space: Space
    document: Document
    passages: Sequence[Passage]


@dataclass
class _Count:
    """How far an indexing run is, in passages."""

    progress: Progress | None
    inputs: int
    """In all; 0 if it is not known how many there are."""
    read: int = 0
    done: int = 0
    total: int = 0

    def found(self, inputs: int, passages: int) -> None:
        self.read += inputs
        self.total += passages

    def embedded(self, passages: int) -> None:
        self.done += passages
        if self.progress:
            self.progress(self.done, max(self.total, self.total * self.inputs // self.read))


class Indexer:
    """Reads inputs and publishes them as articles."""

    def __init__(self, catalog: Catalog, embedder: Embedder) -> None:
        self._catalog = catalog
        self._embedder = embedder

    def read(self, one: Input, page: FetchedPage | None = None) -> Document:
        """Read an input; `page` is what was fetched of its link. Raises SourceError."""
        match one:
            case Document():
                return one
            case File(path, given):
                return sources.read_path(path, given)
            case Data(name, data, given):
                return sources.read(name, data, given)
            case Text(name, text, given):
                return sources.read_text(name, text, given)
            case Link(url, given):
                if page is None:
                    raise SourceError(url.strip(), strings.NOT_FETCHED)
                return _read_page(page, url.strip(), given)
        return self._read_again(one, page)

    def _read_again(self, article: Article, page: FetchedPage | None) -> Document:
        """Read an article from its page, else from its file, else from its stored text.

        A date that was given with it (by a feed, a user) is kept where the source has none, and
        the whole text (a feed's) where the page has only a teaser.
        """
        stored = self._stored(article)
        if page:
            read = _read_page(page, link_of(article), NOTHING_GIVEN)
            if is_teaser(read.text) and not is_teaser(stored.text):
                return stored
        elif stored.origin and Path(stored.origin).is_absolute():
            read = sources.read_path(Path(stored.origin))
        else:
            return stored
        return read if read.published else replace(read, published=stored.published)

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
        """Publish inputs, each as soon as it is embedded; report what became of each, in order.

        One that fails stops none of the others. With `force` what is unchanged is made anew as
        well, articles whose file or page cannot be read from their stored text. Links are fetched
        with `fetch`; without it articles that have one are read from their stored text. An
        `action` can be undone. `also` is called within the commit of each that is published.
        """
        began = time.perf_counter()
        added: dict[int, Added] = {}
        failed: list[Failed] = []
        count = _Count(progress, len(inputs) if isinstance(inputs, Sized) else 0)
        numbered = enumerate(inputs)
        while window := list(islice(numbered, WINDOW_DOCUMENTS)):
            prepared: list[_Prepared] = []
            waiting: set[tuple[Space, str]] = set()
            for number, one in window:
                into = one.space if isinstance(one, Article) else space
                for read in self._readings(one, fetch, force=force):
                    try:
                        document = read()
                        names = {(into, name) for name in _names(document)}
                        # One that comes back after another version of it counts as the last.
                        first = not force and waiting.isdisjoint(names)
                        if first and (known := self._known(document, into)):
                            added[number] = known
                            break
                        prepared.append(_prepare(number, into, document))
                        waiting |= names
                        break
                    except SourceError as error:
                        failed.append(Failed(error.name, error.reason))
            count.found(len(window), sum(len(p.passages) for p in prepared))
            for group in _groups(prepared):
                for done, result in self._publish(group, count, also, force=force, action=action):
                    added[done.number] = result
        seconds = time.perf_counter() - began
        return Report(tuple(added[n] for n in sorted(added)), tuple(failed), seconds)

    def _readings(
        self, one: Input, fetch: Fetch | None, *, force: bool
    ) -> Iterator[Callable[[], Document]]:
        """Yield how to read an input and, where that fails, how else."""
        link = link_of(one)
        yield lambda: self.read(one, fetch(link) if fetch and link else None)
        if force and isinstance(one, Article):
            yield lambda: self._stored(one)

    def _stored(self, article: Article) -> Document:
        with self._catalog.snapshot() as snapshot:
            try:
                article = snapshot.article(article.id, (article.space,))
            except UnknownArticle as error:
                raise SourceError(article.title, strings.REMOVED_MEANWHILE) from error
            return article.document(snapshot.text(article))

    def _known(self, document: Document, space: Space) -> Added | None:
        """Return the article that has the document's text already, None where it has to be indexed.

        An article whose file is gone follows its text to another.
        """
        known = self._catalog.known(document, self._embedder.name, space)
        if known is None or document.origin in (None, known.article.origin):
            return known
        origin, unchanged = known.article.origin, known.status == "unchanged"
        if _is_gone(origin) or (unchanged and not origin):
            self._catalog.move(known.article, document.known_as)
            return known if unchanged else None
        return Added(known.article, "duplicate", copy=document.known_as)

    def _publish(
        self,
        group: Sequence[_Prepared],
        count: _Count,
        also: Also | None,
        *,
        force: bool,
        action: str | None,
    ) -> Iterator[tuple[_Prepared, Added]]:
        texts = [t for p in group for t in searchable(p.document, p.document.text, p.passages)]
        vectors = self._embedder.embed(texts, progress=count.embedded)
        ends = np.cumsum([len(one.passages) for one in group])
        for one, own in zip(group, np.split(vectors, ends[:-1]), strict=True):
            added = self._catalog.publish(
                one.document,
                one.space,
                one.passages,
                own,
                embedder=self._embedder.name,
                force=force,
                action=action,
                also=also,
            )
            yield one, added


def _read_page(page: FetchedPage, link: str | None, given: Given) -> Document:
    # What a page says of its own address is not believed.
    return sources.read(page.name, page.data, replace(given, origin=link, source=page.url))


def _is_gone(origin: str | None) -> bool:
    return origin is not None and Path(origin).is_absolute() and not Path(origin).exists()


def _names(document: Document) -> set[str]:
    """Return the fields by which another document may be a version of the same article."""
    link = document.source if document.source and "://" in document.source else None
    return {document.title, *filter(None, (document.origin, link))}


def _prepare(number: int, space: Space, document: Document) -> _Prepared:
    spans = sentences.sentences(document.text, title=document.title, language=document.language)
    if not spans:
        raise EmptySource(document.origin or document.title, strings.NO_SENTENCE)
    return _Prepared(number, space, document, passages.passages(document.text, spans))


def _groups(prepared: Sequence[_Prepared]) -> Iterator[list[_Prepared]]:
    """Yield documents in order, with about WINDOW_PASSAGES passages together."""
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
