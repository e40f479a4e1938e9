"""Which article of a space a document is: a version of one, the text of one, or a new one."""

from __future__ import annotations

import hashlib
import json
import sqlite3

from index.model import Article, Document, Space
from index.sources.notices import told
from index.store.snapshot import ARTICLE_COLUMNS, article

PIPELINE = "3"
"""Part of every version: raise it when segmentation changes, so that articles are indexed again."""

_TEXT_DIGITS = 16
"""Of a version, at its start: they name what the text tells."""


def version_of(document: Document, embedder: str) -> str:
    """Name the state that indexing this document gives (32 hex digits)."""
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
    text, whole = (
        hashlib.sha256(json.dumps(part).encode()).hexdigest()
        for part in (told(document.title, document.text), content)
    )
    return text[:_TEXT_DIGITS] + whole[:16]


OF_SPACE = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE space = :space"  # noqa: S608


def same_article(
    connection: sqlite3.Connection, document: Document, space: Space
) -> Article | None:
    """Find the article that the document is a version of.

    The same origin or, where the source is a link, the same source; or the same title and source.
    Two files that name no source and happen to share a title stay two articles, unless their
    text is the same: an article that was moved or copied is not indexed twice.
    """
    # One SELECT for each index: with OR, SQLite reads all articles of the space.
    row = connection.execute(
        f"SELECT * FROM ({OF_SPACE} AND origin = :origin"  # noqa: S608
        f" UNION {OF_SPACE} AND source = :source AND source LIKE 'http%://%'"
        f" UNION {OF_SPACE} AND title = :title AND source IS :source AND ("
        "   source IS NOT NULL OR origin IS NULL OR :origin IS NULL OR :text = ("
        "       SELECT text FROM versions"
        "       WHERE article = articles.id AND version = articles.version))"
        ") ORDER BY origin IS :origin DESC, source IS :source DESC, id LIMIT 1",
        {
            "space": space,
            "origin": document.origin,
            "source": document.source,
            "title": document.title,
            "text": document.text,
        },
    ).fetchone()
    return article(row) if row else None


def with_the_same_text(
    connection: sqlite3.Connection, version: str, space: Space
) -> Article | None:
    """Find an article of the space whose current version tells the same as another version."""
    text = version[:_TEXT_DIGITS]
    row = connection.execute(
        f"{OF_SPACE} AND version BETWEEN :text AND :text || 'g' ORDER BY added, id LIMIT 1",
        {"space": space, "text": text},
    ).fetchone()
    return article(row) if row else None


def new_id(connection: sqlite3.Connection, document: Document, space: Space) -> str:
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
