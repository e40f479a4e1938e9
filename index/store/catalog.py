"""The articles in SQLite: each publication, removal and undo is one commit."""

from __future__ import annotations

import json
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from index.changes import Changes, compare
from index.errors import UndoExpired, UndoneAlready
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
from index.store.snapshot import ARTICLE_COLUMNS, Snapshot, article, pack

_COLUMNS = (*ARTICLE_COLUMNS.split(", "), "embedder")

_PUT = (
    f"INSERT INTO articles ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
    f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in _COLUMNS)}"
)


def put_article(connection: sqlite3.Connection, article: Article, embedder: str) -> None:
    """Make this the article's current version; its older ones stay where they are."""
    connection.execute(_PUT, (*astuple(article), embedder))


def note_changed(connection: sqlite3.Connection, space: Space, articles: Iterable[str]) -> None:
    """Note which articles were published or removed, for the indexes that follow."""
    (generation,) = connection.execute(
        "UPDATE counters SET value = value + 1 WHERE name = 'generation' RETURNING value"
    ).fetchone()
    connection.executemany(
        "INSERT INTO changed (space, article, generation) VALUES (?, ?, ?)"
        " ON CONFLICT (space, article) DO UPDATE SET generation = excluded.generation",
        [(space, article_id, generation) for article_id in articles],
    )


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
        ((at,),) = self._rows("SELECT max(at) FROM publications WHERE action = ?", action)
        return datetime.fromisoformat(at) + UNDO if at else None

    def undo(self, action: str, space: Space) -> tuple[Undone, ...]:
        """Undo all of an action that was not changed since, in one commit.

        What was left can be tried again. Raises UndoExpired, also for an action of another space
        or none at all; UndoneAlready.
        """
        with self._database.writing() as connection:
            forget_expired(connection, self._clock())
            rows = connection.execute(
                "SELECT id, article, version, title, before, undone FROM publications"
                " WHERE action = ? AND space = ? ORDER BY id DESC",
                (action, space),
            ).fetchall()
            # One article twice in an action: the earlier of its states is what remains.
            undone = {row[1]: _undo(connection, *row[:5]) for row in rows if not row[5]}
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
    connection: sqlite3.Connection, action: str, article: Article, before: Article | None, at: str
) -> None:
    """Note what an action publishes, before it replaces the row of `before`."""
    replaced = json.dumps(_kept(connection, before)) if before else None
    _note(connection, action, article, replaced, at)


def note_removed(connection: sqlite3.Connection, action: str, article: Article, at: str) -> None:
    """Note what an action removes, with all that belongs to it, before it goes."""
    rows = {
        table: connection.execute(
            f"SELECT * FROM {table} WHERE article = ?",  # noqa: S608
            (article.id,),
        ).fetchall()
        for table in _OF_ARTICLE
    }
    removed = json.dumps(_kept(connection, article) | {"rows": rows}, default=_encoded)
    _note(connection, action, article, removed, at)


_OF_ARTICLE = ("versions", "passages", "codes")
"""What belongs to an article, in an order in which it can be put back."""


def _kept(connection: sqlite3.Connection, article: Article) -> dict[str, object]:
    (embedder,) = connection.execute(
        "SELECT embedder FROM articles WHERE id = ?", (article.id,)
    ).fetchone()
    return {"article": asdict(article), "embedder": embedder}


def _encoded(value: bytes) -> dict[str, str]:
    """Return a BLOB as JSON."""
    return {"base64": b64encode(value).decode()}


def _decoded(value: dict[str, Any]) -> Any:
    """Undo `_encoded`."""
    return b64decode(value["base64"]) if value.keys() == {"base64"} else value


def _note(
    connection: sqlite3.Connection, action: str, article: Article, before: str | None, at: str
) -> None:
    connection.execute(
        "INSERT INTO publications (action, space, article, version, title, before, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (action, article.space, article.id, article.version, article.title, before, at),
    )


def forget_expired(connection: sqlite3.Connection, now: datetime) -> None:
    """Drop actions that can no longer be undone, and the versions that were kept for them."""
    gone = connection.execute(
        "DELETE FROM publications WHERE action IN"
        " (SELECT action FROM publications GROUP BY action HAVING max(at) <= ?) RETURNING article",
        ((now - UNDO).isoformat(),),
    ).fetchall()
    for (article_id,) in set(gone):
        drop_unkept(connection, article_id)


def drop_unkept(connection: sqlite3.Connection, article_id: str) -> None:
    """Drop the versions of an article that are neither current nor kept for an undo."""
    connection.execute(
        "DELETE FROM versions WHERE article = :article"
        " AND version NOT IN (SELECT version FROM articles WHERE id = :article)"
        " AND version NOT IN (SELECT json_extract(before, '$.article.version') FROM publications"
        "  WHERE article = :article AND before IS NOT NULL AND NOT undone)",
        {"article": article_id},
    )


def _undo(
    connection: sqlite3.Connection,
    number: int,
    article_id: str,
    version: str,
    title: str,
    before: str | None,
) -> Undone:
    kept = json.loads(before, object_hook=_decoded) if before else {}
    if "rows" in kept:
        return _return(connection, number, kept)
    current = connection.execute(
        "SELECT 1 FROM articles WHERE id = ? AND version = ?", (article_id, version)
    ).fetchone()
    if not current:
        return Undone(title, "left")
    connection.execute("UPDATE publications SET undone = 1 WHERE id = ?", (number,))
    if before is None:
        connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
        return Undone(title, "removed")
    article = Article(**kept["article"])
    put_article(connection, article, kept["embedder"])
    drop_unkept(connection, article_id)
    return Undone(article.title, "restored")


def _return(connection: sqlite3.Connection, number: int, kept: dict[str, Any]) -> Undone:
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
    taken = connection.execute("SELECT 1 FROM articles WHERE id = ?", (article.id,)).fetchone()
    if taken or same_article(connection, document, article.space):
        return Undone(article.title, "there")
    connection.execute("UPDATE publications SET undone = 1 WHERE id = ?", (number,))
    put_article(connection, article, kept["embedder"])
    for table in _OF_ARTICLE:
        for row in kept["rows"][table]:
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608
    drop_unkept(connection, article.id)
    return Undone(article.title, "returned")


def _sentences(connection: sqlite3.Connection, article: Article) -> list[str] | None:
    row = connection.execute(
        "SELECT text FROM versions WHERE article = ? AND version = ?", (article.id, article.version)
    ).fetchone()
    if row is None:
        return None
    passages = Snapshot(connection).passages(article)
    return [sentence.of(row[0]) for passage in passages for sentence in passage.sentences]


class Catalog:
    """Articles, their versions, passages and vectors. Thread-safe, and safe between processes."""

    def __init__(self, path: Path, clock: Clock = utc_now) -> None:
        """Open or create the file. Raises SchemaTooNew, StorageError."""
        self.database = Database(path)
        self._clock = clock

    @property
    def path(self) -> Path:
        """Return the file."""
        return self.database.path

    def close(self) -> None:
        """Close the file, so that it can be restored."""
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
            connection.execute("UPDATE articles SET origin = ? WHERE id = ?", (origin, article.id))

    def remove(self, article_id: str) -> None:
        """Remove an article with all that belongs to it."""
        with self.database.writing() as connection:
            removed = connection.execute(
                "DELETE FROM articles WHERE id = ? RETURNING space", (article_id,)
            ).fetchall()
            forget_expired(connection, self._clock())
            for (space,) in removed:
                note_changed(connection, space, [article_id])

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
                row = connection.execute(
                    f"{OF_SPACE} AND id = :id", {"space": space, "id": article_id}
                )
                for one in map(article, row.fetchall()):
                    note_removed(connection, action, one, now.isoformat())
                    connection.execute("DELETE FROM articles WHERE id = ?", (one.id,))
                    removed.append(one)
            if removed:
                note_changed(connection, space, [one.id for one in removed])
        return removed


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
    connection.execute(
        "INSERT INTO codes VALUES (?, ?, ?)", (*key, binary_codes(vectors).tobytes())
    )
    drop_unkept(connection, published.id)
    note_changed(connection, published.space, [published.id])
