"""The database's tables, as the migrations that led to them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from index import strings
from index.errors import SchemaTooNew, StorageError

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

_REPLIES = (
    """
    CREATE TABLE replies (           -- what was asked, for the buttons of its answer
        message TEXT PRIMARY KEY,    -- the answer's id
        source TEXT,                 -- the id of the message that asked, if one did
        space TEXT NOT NULL,
        who TEXT NOT NULL,           -- a user's id
        question TEXT NOT NULL,
        article TEXT,                -- an id, where one alone was asked
        at TEXT NOT NULL             -- ISO 8601, UTC
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX replies_by_source ON replies (source)",
    "CREATE INDEX replies_by_user ON replies (who)",
    "CREATE INDEX replies_by_time ON replies (at)",
)

_PUBLICATIONS = (
    """
    CREATE TABLE publications (      -- what can be undone; versions keeps what they replaced
        id INTEGER PRIMARY KEY,      -- rises with time
        action TEXT NOT NULL,        -- which command published it
        space TEXT NOT NULL,
        article TEXT NOT NULL,
        version TEXT NOT NULL,
        title TEXT NOT NULL,
        before TEXT,                 -- JSON: the row of articles that it replaced, if it did
        at TEXT NOT NULL,            -- ISO 8601, UTC
        undone INTEGER NOT NULL DEFAULT 0
    ) STRICT
    """,
    "CREATE INDEX publications_by_action ON publications (action)",
    "CREATE INDEX publications_by_article ON publications (article)",
)

_FEEDS = (
    """
    CREATE TABLE feeds (
        id INTEGER PRIMARY KEY AUTOINCREMENT,  -- offered in Discord; never reused
        space TEXT NOT NULL,
        url TEXT NOT NULL,
        title TEXT NOT NULL,
        channel TEXT,                -- where its articles are told of; NULL: where all are
        added_by TEXT NOT NULL,      -- a user's id, empty once they had it deleted
        etag TEXT,                   -- of the last answer, to be asked for news with
        last_modified TEXT,          -- likewise
        checked TEXT,                -- ISO 8601, UTC
        next_check TEXT NOT NULL,    -- likewise
        failures INTEGER NOT NULL,   -- since a check went well
        last_error TEXT,             -- plain words
        UNIQUE (space, url)
    ) STRICT
    """,
    "CREATE INDEX feeds_by_next_check ON feeds (next_check)",
    """
    CREATE TABLE feed_entries (      -- all that were seen, so that what is removed stays away
        feed INTEGER NOT NULL REFERENCES feeds ON DELETE CASCADE,
        entry TEXT NOT NULL,
        article TEXT,                -- what was made of it, which may be gone
        reason TEXT,                 -- why nothing could be made of it, plain words
        attempts_left INTEGER NOT NULL,
        named TEXT NOT NULL,         -- when the feed last had it, ISO 8601, UTC
        PRIMARY KEY (feed, entry)
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

_TURNS = (
    "ALTER TABLE replies ADD COLUMN channel TEXT",  # where everybody there may read it
    "ALTER TABLE replies ADD COLUMN before TEXT",  # the answer that its question goes on from
    "ALTER TABLE replies ADD COLUMN answer TEXT",  # what was said; NULL: a refusal, or forgotten
    "CREATE INDEX replies_by_channel ON replies (channel)",
)

_CHANGED = (
    """
    CREATE TABLE changed (           -- what the indexes follow; articles may be gone
        space TEXT NOT NULL,
        article TEXT NOT NULL,
        generation INTEGER NOT NULL, -- the counter's value since it was published or removed
        PRIMARY KEY (space, article)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX changed_by_generation ON changed (generation)",
    "CREATE INDEX changed_by_space ON changed (space, generation)",
    "INSERT INTO changed SELECT space, id, value FROM articles, counters WHERE name = 'generation'",
    """
    CREATE TABLE codes (             -- a bit for each dimension of each passage's vector
        article TEXT NOT NULL,
        version TEXT NOT NULL,
        codes BLOB NOT NULL,         -- those of all passages, in order; made anew where missing
        PRIMARY KEY (article, version),
        FOREIGN KEY (article, version) REFERENCES versions ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX articles_by_source ON articles (space, source)",
    "CREATE INDEX articles_by_language ON articles (space, language)",
    "CREATE INDEX articles_by_date ON articles"
    " (space, coalesce(published, substr(added, 1, 10)) DESC, added DESC, id)",
)

MIGRATIONS = (
    _ARTICLES,
    _MARK,
    _DOCUMENTS,
    _FEEDBACK,
    _REPLIES,
    _PUBLICATIONS,
    _FEEDS,
    _TOKENS,
    FOLLOWS,
    _TURNS,
    _CHANGED,
)
"""What takes a database from each version to the next. Released ones never change."""

VERSION = len(MIGRATIONS)


def version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the database's version, 0 while it is empty.

    Raises SchemaTooNew for one of a later release, StorageError for another program's.
    """
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if found == 0 and not tables:
        return 0
    if application != APPLICATION_ID and not (found == 1 and {"articles", "counters"} <= tables):
        raise StorageError(str(path), strings.OTHER_DATABASE)
    if found > VERSION:
        raise SchemaTooNew(str(path), found, VERSION)
    return int(found)
