"""The articles in the database: each publication, removal and undo is one commit."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa

from index import strings
from index.changes import Changes, compare
from index.errors import StorageError, UndoExpired, UndoneAlready
from index.model import Added, Article, Document, Passage, Space
from index.models.embedder import Vectors, binary_codes
from index.store.database import Clock, Database, Table, utc_now
from index.store.identity import (
    OF_SPACE,
    new_id,
    same_article,
    version_of,
    with_the_same_text,
)
from index.store.queries import Query, among, inserting, replacing
from index.store.schema import (
    arrivals,
    articles,
    changed,
    codes,
    counters,
    passages,
    publications,
    versions,
)
from index.store.snapshot import TEXT, Snapshot, pack
from index.store.sqlite import SqliteDatabase

_UPDATE_ARTICLE = Query(
    sa.update(articles).where(articles.c.id == sa.bindparam("key")), articles.columns.keys()
)
_EMBEDDER = Query(sa.select(articles.c.embedder).where(articles.c.id == sa.bindparam("key")))
_ID = Query(sa.select(articles.c.id).where(articles.c.id == sa.bindparam("key")))
_VERSION = Query(sa.select(articles.c.version).where(articles.c.id == sa.bindparam("key")))
_DELETE = Query(sa.delete(articles).where(articles.c.id == sa.bindparam("key")))
_UNDONE = Query(
    sa.update(publications).where(publications.c.id == sa.bindparam("key")).values(undone=1)
)
_ARRIVED = Query(sa.select(arrivals.c.n).where(arrivals.c.article == sa.bindparam("id")))
_DELETE_VERSION = Query(
    sa.delete(versions).where(
        versions.c.article == sa.bindparam("article"), versions.c.version == sa.bindparam("version")
    )
)


_FIELDS = tuple(field.name for field in fields(Article))


def _values(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in _FIELDS}  # asdict copies deeply: 50 us


def put_article(connection: sa.Connection, article: Article, embedder: str) -> None:
    """Make this the article's current version; its older ones stay where they are."""
    row = _values(article) | {"embedder": embedder, "folded": article.title.casefold()}
    if not _UPDATE_ARTICLE.run(connection, **row, key=article.id).rowcount:
        inserting(articles).run(connection, **row)
        if _ARRIVED.value(connection, id=article.id) is None:
            inserting(arrivals).run(connection, article=article.id)


_RAISE = Query(
    sa.update(counters)
    .where(counters.c.name == "generation")
    .values(value=counters.c.value + 1)
    .returning(counters.c.value)
)


def note_changed(connection: sa.Connection, space: Space, ids: Iterable[str]) -> None:
    """Note which articles were published or removed, for the indexes that follow."""
    generation = _RAISE.value(connection)
    for article_id in ids:
        replacing(changed).run(connection, space=space, article=article_id, generation=generation)


UNDO = timedelta(minutes=10)
"""How long an action can be undone. What it replaced is kept until the next publication,
removal or undo after that."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of one article of an action.

    `status` is "removed" (it was new), "restored" (its earlier version is the current one again),
    "returned" (it was removed), "left" (it was changed or removed since) or "there" (it was
    removed, and indexed anew since).
    """

    title: str
    status: str

    @property
    def done(self) -> bool:
        """Whether anything was undone."""
        return self.status not in ("left", "there")


class Publications(Table):
    """What each action (one command, named by the caller) published or removed."""

    def until(self, action: str) -> datetime | None:
        """Return when the action can no longer be undone; None where it did nothing."""
        query = sa.select(sa.func.max(publications.c.at)).where(publications.c.action == action)
        ((at,),) = self._rows(query)
        return datetime.fromisoformat(at) + UNDO if at else None

    def undo(self, action: str, space: Space) -> tuple[Undone, ...]:
        """Undo all of an action that was not changed since, in one commit.

        What was left can be tried again. Raises UndoExpired, also for an action of another space
        or none at all; UndoneAlready.
        """
        with self._database.writing() as connection:
            forget_expired(connection, self._clock())
            rows = connection.execute(
                sa.select(publications)
                .where(publications.c.action == action, publications.c.space == space)
                .order_by(publications.c.id.desc())
            ).all()
            # One article twice in an action: the earlier of its states is what remains.
            undone = {row.article: _undo(connection, row) for row in rows if not row.undone}
            if changed := [name for name, one in undone.items() if one.done]:
                note_changed(connection, space, changed)
        if not rows:
            raise UndoExpired
        if not undone:
            raise UndoneAlready
        return tuple(reversed(undone.values()))

    def changes(self, before: Article, after: Article) -> Changes | None:
        """Compare two versions of an article; None where one of them is no longer kept."""
        with self._database.reading() as connection:
            texts = [_sentences(connection, article) for article in (before, after)]
        old, new = texts
        return None if old is None or new is None else compare((before, old), (after, new))


def note(
    connection: sa.Connection, action: str, article: Article, before: Article | None, at: str
) -> None:
    """Note what an action publishes, before it replaces the row of `before`."""
    replaced = json.dumps(_kept(connection, before)) if before else None
    _note(connection, action, article, replaced, at)


def note_removed(connection: sa.Connection, action: str, article: Article, at: str) -> None:
    """Note what an action removes, with all that belongs to it, before it goes."""
    rows = {
        table.name: query.run(connection, article=article.id).fetchall()
        for table, query in _OF_ARTICLE.items()
    }
    removed = json.dumps(_kept(connection, article) | {"rows": rows}, default=_encoded)
    _note(connection, action, article, removed, at)


_OF_ARTICLE = {
    table: Query(sa.select(table).where(table.c.article == sa.bindparam("article")))
    for table in (versions, passages, codes)
}
"""What belongs to an article, in an order in which it can be put back."""


def _kept(connection: sa.Connection, article: Article) -> dict[str, object]:
    embedder = _EMBEDDER.value(connection, key=article.id)
    return {"article": _values(article), "embedder": embedder}


def _encoded(value: bytes) -> dict[str, str]:
    """Return a BLOB as JSON."""
    return {"base64": b64encode(value).decode()}


def _decoded(value: dict[str, Any]) -> Any:
    """Undo `_encoded`."""
    return b64decode(value["base64"]) if value.keys() == {"base64"} else value


def _note(
    connection: sa.Connection, action: str, article: Article, before: str | None, at: str
) -> None:
    inserting(publications).run(
        connection,
        action=action,
        space=article.space,
        article=article.id,
        version=article.version,
        title=article.title,
        before=before,
        at=at,
        undone=0,
    )


_EXPIRED = (
    sa.select(publications.c.action)
    .group_by(publications.c.action)
    .having(sa.func.max(publications.c.at) <= sa.bindparam("oldest"))
)
_FORGET = Query(
    sa.delete(publications)
    .where(publications.c.action.in_(_EXPIRED))
    .returning(publications.c.article)
)


def forget_expired(connection: sa.Connection, now: datetime) -> None:
    """Drop actions that can no longer be undone, and the versions that were kept for them."""
    gone = _FORGET.run(connection, oldest=(now - UNDO).isoformat()).fetchall()
    for (article_id,) in set(gone):
        drop_unkept(connection, article_id)


_UNDOABLE = Query(
    sa.select(publications.c.before).where(
        publications.c.article == sa.bindparam("id"),
        publications.c.before.is_not(None),
        publications.c.undone == 0,
    )
)
_DROP = Query(
    sa.delete(versions).where(
        versions.c.article == sa.bindparam("id"),
        versions.c.version.not_in(
            sa.select(articles.c.version).where(articles.c.id == sa.bindparam("id"))
        ),
        ~among(versions.c.version, "kept"),
    )
)


def drop_unkept(connection: sa.Connection, article_id: str) -> None:
    """Drop the versions of an article that are neither current nor kept for an undo."""
    rows = _UNDOABLE.run(connection, id=article_id).fetchall()
    kept = [[json.loads(before)["article"]["version"]] for (before,) in rows]
    _DROP.run(connection, id=article_id, kept=kept)


def _undo(connection: sa.Connection, published: sa.Row[Any]) -> Undone:
    article_id = published.article
    kept = json.loads(published.before, object_hook=_decoded) if published.before else {}
    if "rows" in kept:
        return _return(connection, published, kept)
    if _VERSION.value(connection, key=article_id) != published.version:
        return Undone(published.title, "left")
    _UNDONE.run(connection, key=published.id)
    if not kept:
        _DELETE.run(connection, key=article_id)
        return Undone(published.title, "removed")
    article = Article(**kept["article"])
    put_article(connection, article, kept["embedder"])
    drop_unkept(connection, article_id)
    return Undone(article.title, "restored")


def _return(connection: sa.Connection, removed: sa.Row[Any], kept: dict[str, Any]) -> Undone:
    """Put back what was removed, unless the same article was indexed since."""
    article = Article(**kept["article"])
    texts = {version: text for _, version, text in kept["rows"]["versions"]}
    document = Document(
        article.title,
        texts[article.version],
        article.source,
        article.published,
        article.author,
        article.language,
        article.origin,
    )
    taken = _ID.value(connection, key=article.id)
    if taken or same_article(connection, document, article.space):
        return Undone(article.title, "there")
    _UNDONE.run(connection, key=removed.id)
    put_article(connection, article, kept["embedder"])
    for table in _OF_ARTICLE:
        names = table.columns.keys()
        rows = [dict(zip(names, row, strict=True)) for row in kept["rows"][table.name]]
        inserting(table).run_each(connection, rows)
    drop_unkept(connection, article.id)
    return Undone(article.title, "returned")


def _sentences(connection: sa.Connection, article: Article) -> list[str] | None:
    text = TEXT.value(connection, article=article.id, version=article.version)
    if text is None:
        return None
    passages = Snapshot(connection).passages(article)
    return [sentence.of(text) for passage in passages for sentence in passage.sentences]


_IN_SPACE = Query(OF_SPACE.where(articles.c.id == sa.bindparam("key")))


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
    ) -> Added:
        """Make the document its article's current version, in one commit.

        One that is its current version already is left as it is, unless `force` is set. `added`
        stays the time of the first version. With an `action` it can be undone for a while, and
        what it replaces is kept so long. A text that another article of the space has already is
        not published again, whatever its title and address.
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
                added=before.added if before else now.isoformat(timespec="seconds"),
                words=len(document.text.split()),
                passages=len(passages),
            )
            if action:
                note(connection, action, published, before, now.isoformat())
            forget_expired(connection, now)
            _replace(connection, published, document.text, passages, vectors, embedder)
        return Added(published, "replaced" if before else "added", before)

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

    def remove(self, article_id: str) -> None:
        """Remove an article with all that belongs to it."""
        with self.database.writing() as connection:
            removed = connection.scalars(
                sa.delete(articles).where(articles.c.id == article_id).returning(articles.c.space)
            ).all()
            forget_expired(connection, self._clock())
            for space in removed:
                note_changed(connection, Space(space), [article_id])

    def remove_together(
        self, article_ids: Iterable[str], space: Space, action: str
    ) -> list[Article]:
        """Remove those of the articles that the space has, in one commit; return them.

        It can be undone for a while, and they are kept so long.
        """
        now = self._clock()
        removed: list[Article] = []
        with self.database.writing() as connection:
            forget_expired(connection, now)
            for article_id in article_ids:
                rows = _IN_SPACE.run(connection, key=article_id, space=space).fetchall()
                for one in (Article(*row) for row in rows):
                    note_removed(connection, action, one, now.isoformat())
                    _DELETE.run(connection, key=one.id)
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
