"""Articles by their titles, and the newest ones, without reading all of a space."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from index.model import Article, Space
from index.store import likeness
from index.store.queries import Query, among, contains
from index.store.schema import DATE, articles, titles
from index.store.selecting import ARTICLES, NEWEST_FIRST

MOST_COMPARED = 2_000
"""Titles, the newest, that are read as people type; 20 ms where they may be misspelt."""

MOST_FOUND = 2_000
"""Titles with the same letters, those that SQLite got last, of which the newest are offered."""

INDEXED_LETTERS = 3
"""In a row, by which titles can be found."""

_LIKE_MARKS = re.compile(r"[\\%_]")

_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_MOST = sa.bindparam("most", type_=sa.Integer)
_WORDS = sa.bindparam("words", type_=sa.Text)
_DATED = ARTICLES.add_columns(DATE.label("date"))
_OF_SPACE = articles.c.space == sa.bindparam("space")
_NEWEST = Query(_DATED.where(_OF_SPACE).order_by(*NEWEST_FIRST).limit(_LIMIT))


def _newest_first(some: sa.Subquery) -> sa.Select[Any]:
    """Return the first of rows that are an article and its date."""
    order = (some.c.date.desc(), some.c.added.desc(), some.c.id)
    dated = [some.c[column.name] for column in _DATED.selected_columns]
    return sa.select(*dated).order_by(*order).limit(_LIMIT)


def _with_letters(dialect: str) -> sa.Select[Any]:
    """Return how to find titles by the index, in all of the spaces."""
    rows = _DATED.where(among(articles.c.space, "spaces"))
    if dialect == "postgresql":
        return _newest_first(rows.where(articles.c.folded.like(sa.bindparam("like"))).subquery())
    match = sa.literal_column("titles").op("MATCH")(sa.bindparam("match"))
    found = rows.join_from(titles, articles, titles.c.id == articles.c.id).where(
        match, contains(articles.c.folded, _WORDS)
    )
    return _newest_first(found.order_by(titles.c.rowid.desc()).limit(_MOST).subquery())


_WITH_LETTERS = Query(_with_letters)
_COMPARED = (
    _DATED.add_columns(articles.c.folded)
    .where(_OF_SPACE)
    .order_by(*NEWEST_FIRST)
    .limit(_MOST)
    .subquery()
)
_NEWEST_TITLED = Query(
    _newest_first(sa.select(_COMPARED).where(contains(_COMPARED.c.folded, _WORDS)).subquery())
)


def newest(connection: sa.Connection, spaces: Sequence[Space], limit: int) -> list[Article]:
    """Return the newest articles of the spaces, newest first."""
    return _newest(connection, _NEWEST, spaces, limit)


def titled(
    connection: sa.Connection, words: str, spaces: Sequence[Space], limit: int
) -> list[Article]:
    """Return articles whose title contains the words (any case), newest first.

    Of very many that do, those are left out that were added long ago. Fewer letters than the
    index has are looked for in the newest articles alone.
    """
    words = words.casefold()
    given = {"words": words, "most": MOST_COMPARED}
    found = _newest(connection, _NEWEST_TITLED, spaces, limit, **given)
    if len(found) == limit or len(words) < INDEXED_LETTERS:
        return found
    before_nul, *_ = words.split("\0")  # where FTS5 takes the query to end
    rows = _WITH_LETTERS.run(
        connection,
        spaces=[[space] for space in spaces],
        words=words,
        match='folded:"{}"'.format(before_nul.replace('"', '""')),
        like="%{}%".format(_LIKE_MARKS.sub(r"\\\g<0>", words)),
        most=MOST_FOUND,
        limit=limit,
    )
    return [Article(*row[:-1]) for row in rows.fetchall()]


def titles_like(
    connection: sa.Connection, words: str, spaces: Sequence[Space], limit: int
) -> list[Article]:
    """Return those of the newest articles whose titles the words may be misspelt, likest first."""
    return likeness.with_titles_like(words, newest(connection, spaces, MOST_COMPARED), limit)


def _newest(
    connection: sa.Connection, query: Query, spaces: Sequence[Space], limit: int, **given: object
) -> list[Article]:
    found = [
        row
        for space in spaces
        for row in query.run(connection, space=space, limit=limit, **given).fetchall()
    ]
    articles = sorted((Article(*row[:-1]) for row in found), key=lambda a: a.id)
    dates = {row[0]: row[-1] for row in found}
    articles.sort(key=lambda a: (dates[a.id], a.added), reverse=True)
    return articles[:limit]
