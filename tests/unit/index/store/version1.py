"""A database as the first release wrote it (commit 18ae85f): two spaces, an article in each."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.fake_models import HashingEmbedder

EMBEDDER = HashingEmbedder(dimension=8)

DUMP = """
CREATE TABLE articles (
    id TEXT PRIMARY KEY,
    space TEXT NOT NULL,
    version TEXT NOT NULL,
    title TEXT NOT NULL,
    source TEXT,
    published TEXT,
    author TEXT,
    language TEXT NOT NULL,
    origin TEXT,
    added TEXT NOT NULL,
    words INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    embedder TEXT NOT NULL
) STRICT;
INSERT INTO articles VALUES (
    '06015350', 'public', '4c329e847bcff29e', 'Harbour opens', 'The Gazette', '2026-03-01', NULL,
    'en', NULL, '2026-11-24T11:16:34+00:00', 10, 1, 'hashing');
INSERT INTO articles VALUES (
    'e4ba8013', '1001', 'cc401d8890bc3201', 'Weather', NULL, NULL, NULL,
    'en', NULL, '2026-11-24T11:16:34+00:00', 5, 1, 'hashing');
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
INSERT INTO counters VALUES ('generation', 2);
CREATE TABLE versions (
    article TEXT NOT NULL REFERENCES articles ON DELETE CASCADE,
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (article, version)
) STRICT;
INSERT INTO versions VALUES (
    '06015350', '4c329e847bcff29e', 'The harbour opened on Monday. Mayor Lind cut the ribbon.');
INSERT INTO versions VALUES ('e4ba8013', 'cc401d8890bc3201', 'It rained in the valley.');
CREATE TABLE passages (
    article TEXT NOT NULL,
    version TEXT NOT NULL,
    n INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentences BLOB NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (article, version, n),
    FOREIGN KEY (article, version) REFERENCES versions ON DELETE CASCADE
) STRICT;
INSERT INTO passages VALUES (
    '06015350', '4c329e847bcff29e', 0, 0, 56,
    X'000000001D0000001E00000038000000', X'55B555B5000055B555B555B5000055B9');
INSERT INTO passages VALUES (
    'e4ba8013', 'cc401d8890bc3201', 0, 0, 24,
    X'0000000018000000', X'00000000883A88360000000088B60000');
CREATE INDEX articles_by_space ON articles (space, title);
CREATE INDEX articles_by_version ON articles (version);
CREATE INDEX articles_by_origin ON articles (space, origin);
PRAGMA user_version = 1;
"""


def write_version1(path: Path) -> None:
    """Make the database."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(DUMP)
