"""Writing an article's row, inside a transaction of whoever publishes or takes back."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple

from index.catalog.snapshot import ARTICLE_COLUMNS
from index.model import Article

_COLUMNS = (*ARTICLE_COLUMNS.split(", "), "embedder")
_PUT = (
    f"INSERT INTO articles ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
    f" ON CONFLICT (id) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in _COLUMNS)}"
)


def put_article(connection: sqlite3.Connection, article: Article, embedder: str) -> None:
    """Make this the article's current version; its older ones stay where they are."""
    connection.execute(_PUT, (*astuple(article), embedder))


def raise_generation(connection: sqlite3.Connection) -> None:
    """Tell whoever follows the database that it has news."""
    connection.execute("UPDATE counters SET value = value + 1 WHERE name = 'generation'")
