"""The truth: one SQLite file, in which every publish and every removal is one commit."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from index.catalog.database import Clock, Database, utc_now
from index.catalog.publications import drop_unkept, forget_expired, note
from index.catalog.rows import put_article, raise_generation
from index.catalog.snapshot import ARTICLE_COLUMNS, Snapshot, article, pack
from index.embedder import Vectors
from index.model import Added, Article, Document, Passage, Space

PIPELINE = "1"
"""Part of every version: raise it when segmentation changes, so that articles are made anew."""


class Catalog:
    """Articles, their versions, passages and vectors. Thread-safe, and safe between processes."""

    def __init__(self, path: Path, clock: Clock = utc_now) -> None:
        """Open or create the file. Raises SchemaTooNew, StorageError."""
        self.database = Database(path)
        self._clock = clock

    @property
    def path(self) -> Path:
        """The file."""
        return self.database.path

    def close(self) -> None:
        """Close the file; no other process waits for this one any more."""
        self.database.close()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One moment of the database, however long it is read."""
        with self.database.reading() as connection:
            yield Snapshot(connection)

    def publish(
        self,
        document: Document,
        space: Space,
        passages: Sequence[Passage],
        vectors: Vectors,
        *,
        embedder: str,
        force: bool = False,
        action: str | None = None,
    ) -> Added:
        """Make the document its article's current version, in one commit.

        One that is its current version already is left as it is, unless `force` is set. With an
        `action` it can be undone for a while, and what it replaces is kept so long.
        """
        version = version_of(document, embedder)
        now = self._clock()
        with self.database.writing() as connection:
            before = _same_article(connection, document, space)
            if before and before.version == version and not force:
                return Added(before, "unchanged")
            article_id = before.id if before else _new_id(connection, document, space)
            published = Article(
                id=article_id,
                space=space,
                version=version,
                title=document.title,
                source=document.source,
                published=document.published,
                author=document.author,
                language=document.language,
                origin=document.origin,
                added=now.isoformat(timespec="seconds"),
                words=len(document.text.split()),
                passages=len(passages),
            )
            if action:
                note(connection, action, published, before, now.isoformat())
            forget_expired(connection, now)
            _replace(connection, published, document.text, passages, vectors, embedder)
        return Added(published, "replaced" if before else "added", before)

    def find(self, version: str, space: Space) -> Article | None:
        """The article of the space whose current version this is."""
        with self.snapshot() as snapshot:
            return snapshot.by_version(version, space)

    def move(self, article: Article, origin: str) -> None:
        """Note that the article's text is now found elsewhere."""
        with self.database.writing() as connection:
            connection.execute("UPDATE articles SET origin = ? WHERE id = ?", (origin, article.id))

    def remove(self, article_id: str) -> None:
        """Remove an article with all that belongs to it."""
        with self.database.writing() as connection:
            connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
            forget_expired(connection, self._clock())
            raise_generation(connection)


def version_of(document: Document, embedder: str) -> str:
    """Name the state that indexing this document gives (16 hex digits)."""
    content = [
        document.title,
        document.text,
        document.source,
        document.published,
        document.author,
        document.language,
        embedder,
        PIPELINE,
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def _same_article(
    connection: sqlite3.Connection, document: Document, space: Space
) -> Article | None:
    """Find the article that the document is a version of.

    The same origin or, where the source is a link, the same source; or the same title and source.
    Two files that name no source and happen to share a title stay two articles, unless their
    text is the same: an article that was moved or copied is not indexed twice.
    """
    row = connection.execute(
        f"SELECT {ARTICLE_COLUMNS} FROM articles"  # noqa: S608
        " WHERE space = :space AND ("
        "   origin = :origin"
        "   OR (source = :source AND source LIKE 'http%://%')"
        "   OR (title = :title AND source IS :source AND ("
        "       source IS NOT NULL OR origin IS NULL OR :origin IS NULL OR :text = ("
        "           SELECT text FROM versions"
        "           WHERE article = articles.id AND version = articles.version)))"
        " ) ORDER BY origin IS :origin DESC, source IS :source DESC LIMIT 1",
        {
            "space": space,
            "origin": document.origin,
            "source": document.source,
            "title": document.title,
            "text": document.text,
        },
    ).fetchone()
    return article(row) if row else None


def _new_id(connection: sqlite3.Connection, document: Document, space: Space) -> str:
    """Derive an id from what the article is known by, so that a rebuilt index has the same ids."""
    known_by = [space, document.origin or [document.title, document.source]]
    digest = hashlib.sha256(json.dumps(known_by).encode()).hexdigest()
    for length in range(8, len(digest) + 1):
        taken = connection.execute(
            "SELECT 1 FROM articles WHERE id = ?", (digest[:length],)
        ).fetchone()
        if not taken:
            return digest[:length]
    raise AssertionError("the same article was not recognised")


def _replace(
    connection: sqlite3.Connection,
    published: Article,
    text: str,
    passages: Sequence[Passage],
    vectors: Vectors,
    embedder: str,
) -> None:
    key = (published.id, published.version)
    connection.execute("DELETE FROM versions WHERE article = ? AND version = ?", key)
    put_article(connection, published, embedder)
    connection.execute("INSERT INTO versions VALUES (?, ?, ?)", (*key, text))
    connection.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (*key, p.n, p.span.start, p.span.end, pack(p.sentences), vector.tobytes())
            for p, vector in zip(passages, vectors.astype(np.dtype("<f2")), strict=True)
        ),
    )
    drop_unkept(connection, published.id)
    raise_generation(connection)
