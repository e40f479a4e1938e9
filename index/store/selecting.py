"""Articles by what is known of them: their title, source, author and date, found by indexes."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import sqlalchemy as sa

from index.model import Article, Space
from index.store.schema import DATE, articles

ARTICLES = sa.select(*(articles.c[field.name] for field in fields(Article)))
"""Rows that are the values of an Article."""

NEWEST_FIRST = (DATE.desc(), articles.c.added.desc(), articles.c.id)

LAST = chr(sys.maxunicode)
"""Comes after all other characters."""

_SITE = re.compile(r"https?://[^/]+/", re.IGNORECASE)


def site_of(source: str) -> str:
    """Return the beginning that all links to the same host have; "" for other sources."""
    site = _SITE.match(source)
    return site[0] if site else ""


def last_of_site(source: str) -> str:
    """Return what follows all links to the same host; another source itself."""
    site = site_of(source)
    return f"{site}{LAST}" if site else source


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions that articles meet, all that are given.

    `title` is case-folded. Of `authors`, `sources` and `sites` (see `site_of`) one is enough.
    `first` and `last` are the days of publication, as ISO 8601 writes them.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    first: str = ""
    last: str = ""

    @property
    def is_credited(self) -> bool:
        """Tell whether an author or a source is a condition."""
        return bool(self.authors or self.sources or self.sites)

    def holds(self, article: Article) -> bool:
        """Tell whether the article meets them."""
        source, published = article.source or "", article.published
        credited = (
            article.author in self.authors
            or source in self.sources
            or source.startswith(self.sites)
        )
        dated = published is not None and self.first <= published <= self.last + LAST
        return (
            self.title in ("", article.title.casefold())
            and (credited or not self.is_credited)
            and (dated or not self.last)
        )

    def newest(self, spaces: Sequence[Space], limit: int) -> sa.Select[Any]:
        """Return the statement that reads the newest of them, newest first."""
        found = self._rows(spaces, *ARTICLES.selected_columns, DATE.label("date"))
        # coalesce() keeps SQLite from finding a few among all articles in the order of their dates.
        date = sa.func.coalesce(found.c.date, sa.null())
        order = (date.desc(), found.c.added.desc(), found.c.id)
        return sa.select(*found.c).order_by(*order).limit(limit)

    def number(self, spaces: Sequence[Space]) -> sa.Select[Any]:
        """Return the statement that counts them."""
        return sa.select(sa.func.count()).select_from(self._rows(spaces, articles.c.id))

    def _rows(self, spaces: Sequence[Space], *columns: sa.ColumnElement[Any]) -> sa.Subquery:
        conditions = []
        if self.title:
            conditions.append(articles.c.folded == self.title)
        if self.last:
            conditions.append(articles.c.published.is_not(None))
            conditions.append(_within(DATE, self.first, self.last))
        # One SELECT for each index: with OR, SQLite reads all articles of the space.
        return sa.union(
            *(
                sa.select(*columns).where(articles.c.space == space, credited, *conditions)
                for space in spaces
                for credited in self._credited()
            )
        ).subquery()

    def _credited(self) -> Iterator[sa.ColumnElement[bool]]:
        if not self.is_credited:
            yield sa.true()
        if self.authors:
            yield articles.c.author.in_(self.authors)
        if self.sources:
            yield articles.c.source.in_(self.sources)
        for site in self.sites:
            yield _within(articles.c.source, site, site)


def _within(column: sa.ColumnElement[str], first: str, last: str) -> sa.ColumnElement[bool]:
    """Tell whether a value is `first`, begins with `last` or lies between.

    PostgreSQL's BETWEEN takes no collation.
    """
    return sa.and_(column >= first, column <= last + LAST)
