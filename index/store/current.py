"""The current versions of articles: writing them, and telling the indexes that follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

import sqlalchemy as sa

from index.model import Article, Space
from index.store.queries import Query, inserting, replacing
from index.store.schema import arrivals, articles, changed, counters

_UPDATE_ARTICLE = Query(
    sa.update(articles).where(articles.c.id == sa.bindparam("key")), articles.columns.keys()
)
ID = Query(sa.select(articles.c.id).where(articles.c.id == sa.bindparam("key")))
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
    """Note which articles were published or removed, for the indexes that follow."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"NOTIFY {CHANNEL}")
    generation = _RAISE.value(connection)
    for article_id in ids:
        replacing(changed).run(connection, space=space, article=article_id, generation=generation)
