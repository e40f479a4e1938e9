"""The facade: everything that can be done with a data folder of articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Self

from index.embedder import Embedder
from index.model import PUBLIC, Added, Answer, Article, Document, Health, Hit, Report, Space

type_Progress = Callable[[int, int], None]


class Library:
    """Articles in one data folder: add them, ask them. Thread-safe; every call blocks.

    `spaces` is always what the asker may see; an article of another space does not exist for
    that call.
    """

    @classmethod
    def open(cls, data: Path, embedder: Embedder, *, chroma: bool = True, chroma_url: str | None = None) -> Self:
        """Open (or make) a data folder.

        With `chroma` False questions are answered by exact search over the stored vectors, which
        starts faster. Raises SchemaTooNew, EmbedderChanged, StorageError.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Finish writes and release the folder's lock."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...

    def add(self, documents: Iterable[Document], space: Space = PUBLIC, *, progress: type_Progress | None = None) -> tuple[Added, ...]:
        """Index documents; each is published, in one commit, as soon as it is embedded.

        `progress(done, total)` counts passages. Raises SourceError for a document without text.
        """
        raise NotImplementedError

    def add_paths(self, paths: Sequence[Path], space: Space = PUBLIC, *, progress: type_Progress | None = None) -> Report:
        """Index files and folders; one that cannot be read is reported, the rest is indexed."""
        raise NotImplementedError

    def remove(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> Article:
        """Remove an article and return what it was. Raises UnknownArticle."""
        raise NotImplementedError

    def list(self, spaces: Sequence[Space] = (PUBLIC,)) -> tuple[Article, ...]:
        """All articles, newest first (published, then added)."""
        raise NotImplementedError

    def find(self, words: str, spaces: Sequence[Space] = (PUBLIC,), *, limit: int = 25) -> tuple[Article, ...]:
        """Articles whose title contains `words` (any case), newest first; for autocomplete."""
        raise NotImplementedError

    def get(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> Article:
        """One article by id or by exact title (any case). Raises UnknownArticle."""
        raise NotImplementedError

    def text(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> str:
        """The article's text as stored. Raises UnknownArticle."""
        raise NotImplementedError

    def reindex(self, spaces: Sequence[Space] = (PUBLIC,), *, article_id: str | None = None, everything: bool = False, progress: type_Progress | None = None) -> Report:
        """Read articles' files again and index those that changed.

        With `everything` (or for an `article_id` without a file) the stored text is segmented and
        embedded anew. Raises UnknownArticle.
        """
        raise NotImplementedError

    def search(self, question: str, spaces: Sequence[Space] = (PUBLIC,), *, article_id: str | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """The passages nearest to the question, best first. Raises UnknownArticle."""
        raise NotImplementedError

    def ask(self, question: str, spaces: Sequence[Space] = (PUBLIC,), *, article_id: str | None = None) -> Answer:
        """Answer from the articles, or say that they do not. Raises UnknownArticle."""
        raise NotImplementedError

    def health(self) -> Health:
        """Check the folder; reads everything once."""
        raise NotImplementedError
