"""Which article of a space a document is: a version of one, the text of one, or a new one."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa

from index.model import Article, Document, Space
from index.sources.notices import told
from index.store.queries import Query
from index.store.schema import articles, versions
from index.store.snapshot import ARTICLES

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


_ID = Query(sa.select(articles.c.id).where(articles.c.id == sa.bindparam("key")))
_ORIGIN, _SOURCE, _TITLE, _WHOLE_TEXT = (
    sa.bindparam(name, type_=sa.Text) for name in ("origin", "source", "title", "text")
)
_ITS_TEXT = (
    sa.select(versions.c.text)
    .where(versions.c.article == articles.c.id, versions.c.version == articles.c.version)
    .scalar_subquery()
)
OF_SPACE = ARTICLES.where(articles.c.space == sa.bindparam("space"))
# One SELECT for each index: with OR, SQLite reads all articles of the space.
_SAME = sa.union(
    OF_SPACE.where(articles.c.origin == _ORIGIN),
    OF_SPACE.where(articles.c.source == _SOURCE, articles.c.source.ilike("http%://%")),
    OF_SPACE.where(
        articles.c.title == _TITLE,
        articles.c.source.is_not_distinct_from(_SOURCE),
        sa.or_(
            articles.c.source.is_not(None),
            articles.c.origin.is_(None),
            _ORIGIN.is_(None),
            _ITS_TEXT == _WHOLE_TEXT,
        ),
    ),
).subquery()
_SAME_ARTICLE = Query(
    sa.select(_SAME)
    .order_by(
        _SAME.c.origin.is_not_distinct_from(_ORIGIN).desc(),
        _SAME.c.source.is_not_distinct_from(_SOURCE).desc(),
        _SAME.c.id,
    )
    .limit(1)
)


def same_article(connection: sa.Connection, document: Document, space: Space) -> Article | None:
    """Find the article that the document is a version of.

    The same origin or, where the source is a link, the same source; or the same title and source.
    Two files that name no source and happen to share a title stay two articles, unless their
    text is the same: an article that was moved or copied is not indexed twice.
    """
    row = _SAME_ARTICLE.run(
        connection,
        space=space,
        origin=document.origin,
        source=document.source,
        title=document.title,
        text=document.text,
    ).fetchone()
    return Article(*row) if row else None


# coalesce() keeps SQLite from the indexes that begin with the space, of which it would read all.
_TWIN = Query(
    ARTICLES.where(
        articles.c.version >= sa.bindparam("first"),
        articles.c.version <= sa.bindparam("last"),
        sa.func.coalesce(articles.c.space, "") == sa.bindparam("space"),
    )
    .order_by(articles.c.added, articles.c.id)
    .limit(1)
)


def with_the_same_text(connection: sa.Connection, version: str, space: Space) -> Article | None:
    """Find an article of the space whose current version tells the same as another version."""
    text = version[:_TEXT_DIGITS]
    row = _TWIN.run(connection, first=text, last=f"{text}g", space=space).fetchone()
    return Article(*row) if row else None


def new_id(connection: sa.Connection, document: Document, space: Space) -> str:
    """Derive an id from what the article is known by, so that a rebuilt index has the same ids."""
    known_by = [space, document.origin or [document.title, document.source]]
    digest = hashlib.sha256(json.dumps(known_by).encode()).hexdigest()
    for length in range(8, len(digest) + 1):
        if _ID.value(connection, key=digest[:length]) is None:
            return digest[:length]
    raise AssertionError("the same article was not recognised")
