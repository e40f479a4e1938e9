"""The tables of following, a step of the migrations in index/catalog/schema.py."""

from __future__ import annotations

FOLLOWS = (
    """
    CREATE TABLE follows (
        id INTEGER PRIMARY KEY AUTOINCREMENT,  -- in buttons; never reused
        space TEXT NOT NULL,         -- what it was made in: a server's own, or public
        who TEXT NOT NULL,           -- a user's id
        topic TEXT NOT NULL,
        hash TEXT NOT NULL,          -- of the topic
        channel TEXT,                -- that is told; NULL: the user, by direct message
        digest INTEGER NOT NULL,     -- 1: told once a day
        since TEXT NOT NULL,         -- ISO 8601, UTC
        after INTEGER NOT NULL,      -- the last arrival before it was made
        failures INTEGER NOT NULL    -- direct messages refused since one arrived
    ) STRICT
    """,
    "CREATE INDEX follows_by_user ON follows (who)",
    "CREATE INDEX follows_by_space ON follows (space)",
    "CREATE INDEX follows_by_after ON follows (after)",
    """
    CREATE TABLE arrivals (          -- articles in the order of their first version
        n INTEGER PRIMARY KEY AUTOINCREMENT,
        article TEXT NOT NULL UNIQUE -- which may be gone
    ) STRICT
    """,
    "INSERT INTO arrivals (article) SELECT id FROM articles ORDER BY added, id",
    """
    CREATE TRIGGER arrival AFTER INSERT ON articles
    WHEN NOT EXISTS (SELECT 1 FROM arrivals WHERE article = NEW.id)
    BEGIN INSERT INTO arrivals (article) VALUES (NEW.id); END
    """,
    "INSERT INTO counters VALUES ('matched', 0)",  # the last arrival compared with all follows
    """
    CREATE TABLE matches (
        follow INTEGER NOT NULL REFERENCES follows ON DELETE CASCADE,
        article TEXT NOT NULL,       -- that answers to it
        at TEXT NOT NULL,            -- ISO 8601, UTC
        settled INTEGER NOT NULL,    -- 1: told, or no longer to be told
        PRIMARY KEY (follow, article)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX matches_by_article ON matches (article)",
    "CREATE INDEX matches_waiting ON matches (at) WHERE NOT settled",
)
