"""What was published lately, and taking it back."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from index.catalog.database import Clock, Database, utc_now
from index.catalog.rows import put_article, raise_generation
from index.catalog.snapshot import Snapshot
from index.changes import Changes, compare
from index.errors import UndoExpired, UndoneAlready
from index.model import Article, Space

UNDO = timedelta(minutes=10)
"""How long an action can be taken back. What it replaced is kept until the next publication,
removal or undo after that."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of one article of an action.

    `status` is "removed" (it was new), "restored" (its earlier version is the current one again)
    or "left" (somebody has changed or removed it since).
    """

    title: str
    status: str


class Publications:
    """Goes by action: whatever one command published, under a name of the caller's."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def until(self, action: str) -> datetime | None:
        """When the action can no longer be taken back; None where it published nothing."""
        with self._database.reading() as connection:
            (at,) = connection.execute(
                "SELECT max(at) FROM publications WHERE action = ?", (action,)
            ).fetchone()
            return datetime.fromisoformat(at) + UNDO if at else None

    def undo(self, action: str, space: Space) -> tuple[Undone, ...]:
        """Take back all of an action that nobody has changed since, in one commit.

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
            if any(one.status != "left" for one in undone.values()):
                raise_generation(connection)
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
    replaced = None
    if before:
        (embedder,) = connection.execute(
            "SELECT embedder FROM articles WHERE id = ?", (before.id,)
        ).fetchone()
        replaced = json.dumps({"article": asdict(before), "embedder": embedder})
    connection.execute(
        "INSERT INTO publications (action, space, article, version, title, before, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (action, article.space, article.id, article.version, article.title, replaced, at),
    )


def forget_expired(connection: sqlite3.Connection, now: datetime) -> None:
    """Drop actions that can no longer be taken back, and the versions that were kept for them."""
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
    current = connection.execute(
        "SELECT 1 FROM articles WHERE id = ? AND version = ?", (article_id, version)
    ).fetchone()
    if not current:
        return Undone(title, "left")
    connection.execute("UPDATE publications SET undone = 1 WHERE id = ?", (number,))
    if before is None:
        connection.execute("DELETE FROM articles WHERE id = ?", (article_id,))
        return Undone(title, "removed")
    kept = json.loads(before)
    article = Article(**kept["article"])
    put_article(connection, article, kept["embedder"])
    drop_unkept(connection, article_id)
    return Undone(article.title, "restored")


def _sentences(connection: sqlite3.Connection, article: Article) -> list[str] | None:
    row = connection.execute(
        "SELECT text FROM versions WHERE article = ? AND version = ?", (article.id, article.version)
    ).fetchone()
    if row is None:
        return None
    passages = Snapshot(connection).passages(article)
    return [sentence.of(row[0]) for passage in passages for sentence in passage.sentences]
