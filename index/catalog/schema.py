"""The database's tables, as the migrations that led to them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index.errors import SchemaTooNew, StorageError

APPLICATION_ID = 0x466F6F74
"""What says that a file is Footnote's ("Foot", in SQLite's header), from schema 2 on."""

_ARTICLES = (
    """
    CREATE TABLE articles (
        id TEXT PRIMARY KEY,
        space TEXT NOT NULL,
        version TEXT NOT NULL,       -- the current one; all other tables may hold older ones
        title TEXT NOT NULL,
        source TEXT,
        published TEXT,
        author TEXT,
        language TEXT NOT NULL,
        origin TEXT,
        added TEXT NOT NULL,         -- when this version was published, ISO 8601, UTC
        words INTEGER NOT NULL,
        passages INTEGER NOT NULL,
        embedder TEXT NOT NULL       -- which model made the vectors of the current version
    ) STRICT
    """,
    "CREATE INDEX articles_by_space ON articles (space, title)",
    "CREATE INDEX articles_by_version ON articles (version)",
    "CREATE INDEX articles_by_origin ON articles (space, origin)",
    """
    CREATE TABLE versions (
        article TEXT NOT NULL REFERENCES articles ON DELETE CASCADE,
        version TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (article, version)
    ) STRICT
    """,
    """
    CREATE TABLE passages (
        article TEXT NOT NULL,
        version TEXT NOT NULL,
        n INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        sentences BLOB NOT NULL,     -- int32 little-endian: start, end, start, end ...
        vector BLOB NOT NULL,        -- float16 little-endian, length 1
        PRIMARY KEY (article, version, n),
        FOREIGN KEY (article, version) REFERENCES versions ON DELETE CASCADE
    ) STRICT
    """,
    "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT",
    "INSERT INTO counters VALUES ('generation', 0)",  # raised by every publish and removal
)

_MARK = (f"PRAGMA application_id = {APPLICATION_ID}",)

_DOCUMENTS = (
    """
    CREATE TABLE documents (
        space TEXT NOT NULL,
        key TEXT NOT NULL,
        value TEXT NOT NULL,         -- JSON
        PRIMARY KEY (space, key)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE changes (           -- of documents, those that were refused included
        id INTEGER PRIMARY KEY,      -- rises with time
        space TEXT NOT NULL,
        key TEXT NOT NULL,
        old TEXT,                    -- JSON; NULL where there was, or was to be, no document
        new TEXT,
        refused INTEGER NOT NULL,    -- 1: it was asked for and not done
        who TEXT NOT NULL,           -- a user's id, empty once they had it deleted
        at TEXT NOT NULL             -- ISO 8601, UTC
    ) STRICT
    """,
    "CREATE INDEX changes_by_space ON changes (space, refused)",
    "CREATE INDEX changes_by_user ON changes (who)",
)

_FEEDBACK = (
    """
    CREATE TABLE votes (
        message TEXT NOT NULL,       -- the answer's id
        who TEXT NOT NULL,           -- a user's id
        space TEXT NOT NULL,
        helpful INTEGER NOT NULL,
        hash TEXT NOT NULL,          -- of the question
        question TEXT,               -- itself, where the answer did not help
        reason TEXT,                 -- likewise, where one was given
        at TEXT NOT NULL,            -- ISO 8601, UTC
        PRIMARY KEY (message, who)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX votes_by_space ON votes (space, at)",
    "CREATE INDEX votes_by_user ON votes (who)",
    """
    CREATE TABLE questions (         -- how many, never whose
        space TEXT NOT NULL,
        day TEXT NOT NULL,           -- ISO 8601, UTC
        answered INTEGER NOT NULL,   -- 0: refused
        time INTEGER NOT NULL,       -- a step of the scale in index/catalog/questions.py
        count INTEGER NOT NULL,
        PRIMARY KEY (space, day, answered, time)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE gaps (              -- what was refused and how often, never whom
        space TEXT NOT NULL,
        day TEXT NOT NULL,
        hash TEXT NOT NULL,
        question TEXT NOT NULL,
        count INTEGER NOT NULL,
        PRIMARY KEY (space, day, hash)
    ) STRICT, WITHOUT ROWID
    """,
)

_TOKENS = (
    """
    CREATE TABLE tokens (            -- that a language model read and wrote
        space TEXT NOT NULL,
        day TEXT NOT NULL,           -- ISO 8601, UTC
        count INTEGER NOT NULL,
        PRIMARY KEY (space, day)
    ) STRICT, WITHOUT ROWID
    """,
)

MIGRATIONS = (_ARTICLES, _MARK, _DOCUMENTS, _FEEDBACK, _TOKENS)
"""What takes a database from each version to the next. Released ones never change."""

VERSION = len(MIGRATIONS)


def version(connection: sqlite3.Connection, path: Path) -> int:
    """The database's version, 0 while it is empty.

    Raises SchemaTooNew for one of a later release, StorageError for another program's.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if found == 0 and not tables:
        return 0
    if application != APPLICATION_ID and not (found == 1 and {"articles", "counters"} <= tables):
        raise StorageError(str(path), "it is not a database of Footnote")
    if found > VERSION:
        raise SchemaTooNew(str(path), found, VERSION)
    return int(found)
