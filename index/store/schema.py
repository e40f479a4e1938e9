"""The database's tables, in SQLite and PostgreSQL; index/store/migrations makes them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TIMESTAMP

from index.store.columns import BY_KEY, NUMBERED, STRICT, TEXT, blob, key, number, optional, text

VERSION = 17
"""The newest revision in index/store/migrations. Before 12, versions were SQLite's alone."""

metadata = sa.MetaData()

# Times are ISO 8601, UTC; yes and no are 1 and 0.

articles = sa.Table(
    "articles",
    metadata,
    key("id"),
    text("space"),
    text("version"),  # the current one; all other tables may hold older ones
    text("title"),
    optional("source"),
    optional("published"),
    optional("author"),
    text("language"),
    optional("origin"),
    text("added"),  # when the first version was published
    number("words"),
    number("passages"),
    text("embedder"),  # which model made the vectors of the current version
    sa.Column("folded", TEXT, nullable=False, server_default=""),  # the title, case-folded
    sa.Index("articles_by_space", "space", "title"),
    sa.Index("articles_by_version", "version"),
    sa.Index("articles_by_origin", "space", "origin"),
    sa.Index("articles_by_source", "space", "source"),
    sa.Index("articles_by_author", "space", "author"),
    sa.Index("articles_by_folded", "space", "folded"),
    sa.Index("articles_by_language", "space", "language"),
    **STRICT,
)

versions = sa.Table(
    "versions",
    metadata,
    key("article", references="articles.id"),
    key("version"),
    text("text"),
    **STRICT,
)

passages = sa.Table(
    "passages",
    metadata,
    key("article"),
    key("version"),
    key("n", sa.Integer),
    number("start"),
    number("end"),
    blob("sentences"),  # int32 little-endian: start, end, start, end ...
    blob("vector"),  # float16 little-endian, length 1
    sa.ForeignKeyConstraint(
        ["article", "version"], ["versions.article", "versions.version"], ondelete="CASCADE"
    ),
    **STRICT,
)

DATE = sa.func.coalesce(
    articles.c.published,
    sa.func.substr(articles.c.added, sa.literal_column("1"), sa.literal_column("10")),
)
"""Of an article: when it was published, else added."""

titles = sa.table("titles", sa.column("id"), sa.column("folded"), sa.column("rowid"))
"""SQLite's index (FTS5) of three letters in a row of each folded title; triggers keep it."""

sa.Index("articles_by_date", articles.c.space, DATE.desc(), articles.c.added.desc(), articles.c.id)

codes = sa.Table(  # a bit for each dimension of each passage's vector
    "codes",
    metadata,
    key("article"),
    key("version"),
    blob("codes"),  # those of all passages, in order; made anew where missing
    sa.ForeignKeyConstraint(
        ["article", "version"], ["versions.article", "versions.version"], ondelete="CASCADE"
    ),
    **BY_KEY,
)

changed = sa.Table(  # what the indexes sync; articles may be gone
    "changed",
    metadata,
    key("space"),
    key("article"),
    number("generation"),  # the counter's value since it was published or removed
    sa.Index("changed_by_generation", "generation"),
    sa.Index("changed_by_space", "space", "generation"),
    **BY_KEY,
)

counters = sa.Table("counters", metadata, key("name"), number("value"), **STRICT)
"""generation: raised by every publish and removal; matched: the last arrival compared with all
subscriptions; MOVING: is there while a data folder is copied into the database."""

MOVING = "moving"

documents = sa.Table(
    "documents",
    metadata,
    key("space"),
    key("key"),
    text("value"),  # JSON
    **BY_KEY,
)

changes = sa.Table(  # of documents, those that were denied included
    "changes",
    metadata,
    key("id", sa.Integer),  # rises with time
    text("space"),
    text("key"),
    optional("old"),  # JSON; NULL where there was, or was to be, no document
    optional("new"),
    number("refused"),  # 1: it was asked for and not done
    text("who"),  # a user's id, empty once they had it deleted
    text("at"),
    sa.Index("changes_by_space", "space", "refused"),
    sa.Index("changes_by_user", "who"),
    **STRICT,
)

votes = sa.Table(
    "votes",
    metadata,
    key("message"),  # the answer's id
    key("who"),  # a user's id
    text("space"),
    number("helpful"),
    text("hash"),  # of the question
    optional("question"),  # itself, where the answer did not help
    optional("reason"),  # likewise, where one was given
    text("at"),
    sa.Index("votes_by_space", "space", "at"),
    sa.Index("votes_by_user", "who"),
    **BY_KEY,
)

questions = sa.Table(  # how many, never whose
    "questions",
    metadata,
    key("space"),
    key("day"),
    key("answered", sa.Integer),  # 0: refused
    key("time", sa.Integer),  # a step of the scale in index/store/usage.py
    number("count"),
    **BY_KEY,
)

gaps = sa.Table(  # what was refused and how often, never whom
    "gaps",
    metadata,
    key("space"),
    key("day"),
    key("hash"),
    key("perhaps_there", sa.Integer),
    text("question"),
    number("count"),
    **BY_KEY,
)

replies = sa.Table(  # what was asked, for the buttons of its answer
    "replies",
    metadata,
    key("message"),  # the answer's id
    optional("source"),  # the id of the message that asked, if one did
    text("space"),
    text("who"),  # a user's id
    text("question"),
    optional("article"),  # an id, where one alone was asked
    text("at"),
    optional("channel"),  # where everybody there may read it
    optional("before"),  # the answer that its question goes on from
    optional("answer"),  # what was said; NULL: a refusal, or forgotten
    sa.Index("replies_by_source", "source"),
    sa.Index("replies_by_user", "who"),
    sa.Index("replies_by_time", "at"),
    sa.Index("replies_by_channel", "channel"),
    **BY_KEY,
)

publications = sa.Table(  # what can be undone; versions keeps what they replaced
    "publications",
    metadata,
    key("id", sa.Integer),  # rises with time
    text("action"),  # which command published it
    text("space"),
    text("article"),
    text("version"),
    text("title"),
    optional("before"),  # JSON: the row of articles that it replaced, if it did
    text("at"),
    number("undone", "0"),
    sa.Index("publications_by_action", "action", "at"),
    sa.Index("publications_by_article", "article"),
    **STRICT,
)

feeds = sa.Table(
    "feeds",
    metadata,
    key("id", sa.Integer),  # offered in Discord
    text("space"),
    text("url"),
    text("title"),
    optional("channel"),  # where its articles are announced; NULL: where all are
    text("added_by"),  # a user's id, empty once they had it deleted
    optional("etag"),  # of the last answer, to be asked for news with
    optional("last_modified"),  # likewise
    optional("checked"),
    text("next_check"),
    number("failures"),  # since a check went well
    optional("last_error"),  # plain words
    sa.UniqueConstraint("space", "url"),
    sa.Index("feeds_by_next_check", "next_check"),
    **NUMBERED,
)

feed_entries = sa.Table(  # all that were seen, so that what is removed stays away
    "feed_entries",
    metadata,
    key("feed", sa.Integer, "feeds.id"),
    key("entry"),
    optional("article"),  # what was made of it, which may be gone
    optional("reason"),  # why nothing could be made of it, plain words
    number("attempts_left"),
    text("named"),  # when the feed last had it
    optional("announcement"),  # "": to be made; a nonce: begun with it; NULL: made, or none
    **BY_KEY,
)
_UNANNOUNCED = feed_entries.c.announcement.is_not(None)
sa.Index(
    "entries_unannounced",
    feed_entries.c.feed,
    sqlite_where=_UNANNOUNCED,
    postgresql_where=_UNANNOUNCED,
)

tokens = sa.Table(  # that a language model read and wrote
    "tokens", metadata, key("space"), key("day"), number("count"), **BY_KEY
)

follows = sa.Table(
    "follows",
    metadata,
    key("id", sa.Integer),  # in buttons
    text("space"),  # what it was made in: a server's own, or public
    text("who"),  # a user's id
    text("topic"),
    text("hash"),  # of the topic
    optional("channel"),  # that is notified; NULL: the user, by direct message
    number("digest"),  # 1: notified once a day
    text("since"),
    number("after"),  # the last arrival before it was made
    number("failures"),  # direct messages rejected since one arrived
    sa.Index("follows_by_user", "who"),
    sa.Index("follows_by_space", "space"),
    sa.Index("follows_by_after", "after"),
    **NUMBERED,
)

arrivals = sa.Table(  # articles in the order of their first version
    "arrivals",
    metadata,
    key("n", sa.Integer),
    sa.Column("article", TEXT, nullable=False, unique=True),  # which may be gone
    **NUMBERED,
)

matches = sa.Table(
    "matches",
    metadata,
    key("follow", sa.Integer, "follows.id"),
    key("article"),  # that answers to it
    text("at"),
    number("settled"),  # 1: notified, or no longer to be notified
    optional("nonce"),  # of the message about it, once that is about to be sent
    sa.Index("matches_by_article", "article"),
    **BY_KEY,
)
sa.Index(
    "matches_unsettled",
    matches.c.at,
    sqlite_where=matches.c.settled == 0,
    postgresql_where=matches.c.settled == 0,
)

shared = sa.MetaData()
"""Tables that PostgreSQL alone has, for what its processes tell each other. They are not logged:
none of it is on replicas, and a crash of the server empties them."""

_UNLOGGED: dict[str, Any] = {"prefixes": ["UNLOGGED"]}
_TIME = TIMESTAMP(timezone=True)
"""Of the database's clock."""

queue = sa.Table(  # questions that workers answer, without who asked
    "queue",
    shared,
    key("id", sa.BigInteger),
    text("release"),  # of whoever asks, which alone can read an answer
    text("question"),  # JSON
    sa.Column("at", _TIME, nullable=False, server_default=sa.func.now()),
    number("tries", "0"),
    optional("worker"),  # that tries it, or did last
    sa.Column("until", _TIME),  # then the worker is taken to be dead; NULL: nobody has tried it
    optional("answer"),  # JSON
    **_UNLOGGED,
)

workers = sa.Table(
    "workers",
    shared,
    key("id"),
    text("release"),
    sa.Column("until", _TIME, nullable=False),  # then it is taken to be dead
    **_UNLOGGED,
)
