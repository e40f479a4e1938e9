"""The database's tables and how older ones are brought up to date."""

from __future__ import annotations

import sqlite3

from index.errors import SchemaTooNew

VERSION = 1

_TABLES = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    space TEXT NOT NULL,
    version TEXT NOT NULL,           -- the current one; all other tables may hold older ones
    title TEXT NOT NULL,
    source TEXT,
    published TEXT,
    author TEXT,
    language TEXT NOT NULL,
    origin TEXT,
    added TEXT NOT NULL,             -- when this version was published, ISO 8601, UTC
    words INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    embedder TEXT NOT NULL           -- which model made the vectors of the current version
) STRICT;
CREATE INDEX articles_by_space ON articles (space, title);
CREATE INDEX articles_by_version ON articles (version);
CREATE INDEX articles_by_origin ON articles (space, origin);

CREATE TABLE versions (
    article TEXT NOT NULL REFERENCES articles ON DELETE CASCADE,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (article, version)
) STRICT;

CREATE TABLE passages (
    article TEXT NOT NULL,
    version TEXT NOT NULL,
    n INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences BLOB NOT NULL,         -- int32 little-endian: start, end, start, end ...
    vector BLOB NOT NULL,            -- float16 little-endian, length 1
    PRIMARY KEY (article, version, n),
    FOREIGN KEY (article, version) REFERENCES versions ON DELETE CASCADE
) STRICT;

CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT INTO counters VALUES ('generation', 0);  -- raised by every publish and removal
"""


def prepare(connection: sqlite3.Connection) -> None:
    """Create the tables in an empty database. Raises SchemaTooNew for one of a later release."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found > VERSION:
            raise SchemaTooNew(found, VERSION)
        if found == 0:
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
