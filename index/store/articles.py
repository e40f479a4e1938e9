"""The rows of articles: which of them a document is, and the writing of current versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields

import sqlalchemy as sa

from index.model import Article, Document, Space
from index.sources.notices import article_words
from index.store.queries import Query, inserting, replacing
from index.store.schema import arrivals, articles, changed, counters, versions
from index.store.selecting import ARTICLES

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
        for part in (article_words(document.title, document.text), content)
    )
    return text[:_TEXT_DIGITS] + whole[:16]


ID = Query(sa.select(articles.c.id).where(articles.c.id == sa.bindparam("key")))
_ORIGIN, _SOURCE, _TITLE, _WHOLE_TEXT = (
    sa.bindparam(name, type_=sa.Text) for name in ("origin", "source", "title", "text")
)
_ITS_TEXT = (
    sa.select(versions.c.text)
    .where(versions.c.article == articles.c.id, versions.c.version == articles.c.version)
    .scalar_subquery()
)
OF_SPACE = ARTICLES.where(articles.c.space == sa.bindparam("space"))
# One SELECT for each index: with OR, SQLite reads all articles of the space. coalesce() keeps it
# from the index of sources for the titles: files have none, all of which it would read.
_SAME = sa.union(
    OF_SPACE.where(articles.c.origin == _ORIGIN),
    OF_SPACE.where(articles.c.source == _SOURCE, articles.c.source.ilike("http%://%")),
    OF_SPACE.where(
        articles.c.title == _TITLE,
        sa.func.coalesce(articles.c.source, sa.null()).is_not_distinct_from(_SOURCE),
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
    names = (digest[:length] for length in range(8, len(digest) + 1))
    return next(name for name in names if ID.value(connection, key=name) is None)


_UPDATE_ARTICLE = Query(
    sa.update(articles).where(articles.c.id == sa.bindparam("key")), articles.columns.keys()
)
DELETE = Query(sa.delete(articles).where(articles.c.id == sa.bindparam("key")))
_ARRIVED = Query(sa.select(arrivals.c.n).where(arrivals.c.article == sa.bindparam("id")))

_FIELDS = tuple(field.name for field in fields(Article))


def values_of(article: Article) -> dict[str, object]:
    """Return an article's values by column."""
    return {name: getattr(article, name) for name in _FIELDS}  # asdict copies deeply: 50 us


def put_article(connection: sa.Connection, article: Article, embedder: str) -> None:
    """Make this the article's current version; its older ones stay where they are."""
    row = values_of(article) | {"embedder": embedder, "folded": article.title.casefold()}
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


CHANNEL = "footnote"
"""Where PostgreSQL tells other processes, once it is committed; SQLite cannot."""


def note_changed(connection: sa.Connection, space: Space, ids: Iterable[str]) -> None:
    """Note which articles were published or removed, for the indexes to sync."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")
    generation = _RAISE.value(connection)
    for article_id in ids:
        replacing(changed).run(connection, space=space, article=article_id, generation=generation)
