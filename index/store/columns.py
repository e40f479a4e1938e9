"""Columns as SQLite and PostgreSQL both have them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

TEXT = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
"""Compared by code points in both."""

STRICT: dict[str, Any] = {"sqlite_strict": True}
BY_KEY = STRICT | {"sqlite_with_rowid": False}
NUMBERED = STRICT | {"sqlite_autoincrement": True}
"""SQLite's options of a table: stored by its key; ids are never given twice."""


def key(name: str, kind: Any = TEXT, references: str | None = None) -> sa.Column[Any]:
    """Return a column of the primary key; its row goes with the one that it refers to."""
    parts = [sa.ForeignKey(references, ondelete="CASCADE")] if references else []
    return sa.Column(name, kind, *parts, primary_key=True)


def text(name: str) -> sa.Column[str]:
    """Return a column of text."""
    return sa.Column(name, TEXT, nullable=False)


def optional(name: str) -> sa.Column[Any]:
    """Return a column of text that may be NULL."""
    return sa.Column(name, TEXT)


def number(name: str, default: str | None = None) -> sa.Column[int]:
    """Return a column of whole numbers; yes and no are 1 and 0."""
    return sa.Column(name, sa.Integer, nullable=False, server_default=default)


def blob(name: str) -> sa.Column[bytes]:
    """Return a column of bytes."""
    return sa.Column(name, sa.LargeBinary, nullable=False)
