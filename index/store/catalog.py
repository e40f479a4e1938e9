"""The articles in the database: each publication, removal and undo is one commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from index import strings
from index.errors import StorageError
from index.model import Added, Article, Document, Passage, Space
from index.models.embedder import Vectors, binary_codes
from index.store.articles import (
    DELETE,
    OF_SPACE,
    new_id,
    note_changed,
    put_article,
    same_article,
    version_of,
    with_the_same_text,
)
from index.store.database import Clock, Database, utc_now
from index.store.publications import drop_unkept, forget_expired, note, note_removed
from index.store.queries import Query, inserting
from index.store.schema import articles, codes, passages, versions
from index.store.snapshot import Snapshot, pack
from index.store.sqlite import SqliteDatabase

_IN_SPACE = Query(OF_SPACE.where(articles.c.id == sa.bindparam("key")))
_DELETE_VERSION = Query(
    sa.delete(versions).where(
        versions.c.article == sa.bindparam("article"), versions.c.version == sa.bindparam("version")
    )
)


class Catalog:
    """Articles, their versions, passages and vectors. Thread-safe, and safe between processes."""

    def __init__(self, place: Path | str, clock: Clock = utc_now) -> None:
        """Open SQLite's file, or create it, or a PostgreSQL database by its URL.

        Raises SchemaTooNew, StorageError.
        """
        self.database = SqliteDatabase(place) if isinstance(place, Path) else _server(place)
        self._clock = clock

    def close(self) -> None:
        """Close the database, so that it can be restored."""
        self.database.close()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Read one moment of the database, however long it takes."""
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
        also: Callable[[Added], None] | None = None,
    ) -> Added:
        """Make the document its article's current version, in one commit.

        One that is its current version already is left as it is, unless `force` is set. `added`
        stays the time of the first version. With an `action` it can be undone for a while, and
        what it replaces is kept so long. A text that another article of the space has already is
        not published again, whatever its title and address. `also` writes what belongs to what is
        published into the same commit.
        """
        version = version_of(document, embedder)
        now = self._clock()
        with self.database.writing() as connection:
            before = same_article(connection, document, space)
            if before and before.version == version and not force:
                copied = before.origin and document.origin not in (None, before.origin)
                status = "duplicate" if copied else "unchanged"
                return Added(before, status, copy=document.known_as if copied else "")
            twin = None if before else with_the_same_text(connection, version, space)
            if twin:
                return Added(twin, "duplicate", copy=document.known_as)
            article_id = before.id if before else new_id(connection, document, space)
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
                added=before.added if before else now.isoformat(timespec="microseconds"),
                words=len(document.text.split()),
                passages=len(passages),
            )
            if action:
                note(connection, action, published, before, now.isoformat())
            forget_expired(connection, now)
            _replace(connection, published, document.text, passages, vectors, embedder)
            added = Added(published, "replaced" if before else "added", before)
            if also:
                also(added)
        return added

    def known(self, document: Document, embedder: str, space: Space) -> Added | None:
        """Return the article of the space that has the document's text; None if it is news.

        It is "unchanged" if all else is the same too, "duplicate" if the document is no version of
        any article.
        """
        version = version_of(document, embedder)
        with self.database.reading() as connection:
            if same := Snapshot(connection).by_version(version, space):
                return Added(same, "unchanged")
            if same_article(connection, document, space):
                return None
            twin = with_the_same_text(connection, version, space)
        return Added(twin, "duplicate", copy=document.known_as) if twin else None

    def move(self, article: Article, origin: str) -> None:
        """Note that the article's text is now read from elsewhere."""
        with self.database.writing() as connection:
            connection.execute(
                sa.update(articles).where(articles.c.id == article.id).values(origin=origin)
            )
            note_changed(connection, article.space, [article.id])

    def remove(
        self, article_ids: Iterable[str], space: Space, action: str | None = None
    ) -> list[Article]:
        """Remove those of the articles that the space has, in one commit; return them.

        With an `action` it can be undone for a while, and they are kept so long.
        """
        now = self._clock()
        removed: list[Article] = []
        with self.database.writing() as connection:
            forget_expired(connection, now)
            for article_id in article_ids:
                rows = _IN_SPACE.run(connection, key=article_id, space=space).fetchall()
                for one in (Article(*row) for row in rows):
                    if action:
                        note_removed(connection, action, one, now.isoformat())
                    DELETE.run(connection, key=one.id)
                    removed.append(one)
            if removed:
                note_changed(connection, space, [one.id for one in removed])
        return removed


def _server(url: str) -> Database:
    try:
        from index.store.postgres import PostgresDatabase
    except ImportError as error:  # psycopg, which is an extra, or libpq
        raise StorageError("DATABASE_URL", strings.NO_PSYCOPG) from error
    return PostgresDatabase(url)


def _replace(
    connection: sa.Connection,
    published: Article,
    text: str,
    found: Sequence[Passage],
    vectors: Vectors,
    embedder: str,
) -> None:
    key = {"article": published.id, "version": published.version}
    _DELETE_VERSION.run(connection, **key)
    put_article(connection, published, embedder)
    inserting(versions).run(connection, **key, text=text)
    inserting(passages).run_each(
        connection,
        (
            key
            | {
                "n": p.n,
                "start": p.span.start,
                "end": p.span.end,
                "sentences": pack(p.sentences),
                "vector": vector.tobytes(),
            }
            for p, vector in zip(found, vectors.astype(np.dtype("<f2")), strict=True)
        ),
    )
    inserting(codes).run(connection, **key, codes=binary_codes(vectors).tobytes())
    drop_unkept(connection, published.id)
    note_changed(connection, published.space, [published.id])
