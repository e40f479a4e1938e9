"""Tables for SQLite and PostgreSQL, from nothing or from any version before Alembic (1 to 11)."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from index.store.columns import BY_KEY, NUMBERED, STRICT, TEXT, blob, key, number, optional, text

revision = "12"
down_revision = None


INDEXES = (
    "articles_by_source ON articles (space, source)",
    "articles_by_language ON articles (space, language)",
    "articles_by_date ON articles"
    " (space, coalesce(published, substr(added, 1, 10)) DESC, added DESC, id)",
    "matches_unsettled ON matches (at) WHERE settled = 0",
)
"""Besides those that are made with their tables."""


def upgrade() -> None:
    """Create the tables that are missing, and bring those that are there up to date."""
    found = frozenset(sa.inspect(op.get_bind()).get_table_names())
    if "gaps" in found:  # its key changes
        op.rename_table("gaps", "gaps_before")
    _create(found - {"gaps"})
    for index in INDEXES:
        op.execute(f"CREATE INDEX IF NOT EXISTS {index}")
    for counter in ("generation", "matched"):
        op.execute(f"INSERT INTO counters VALUES ('{counter}', 0) ON CONFLICT DO NOTHING")  # noqa: S608
    if "articles" in found:
        _bring_up_to_date(op.get_bind(), found)


def _bring_up_to_date(connection: sa.Connection, found: frozenset[str]) -> None:
    op.add_column("articles", _folded())
    for article_id, title in connection.execute(sa.text("SELECT id, title FROM articles")).all():
        connection.execute(
            sa.text("UPDATE articles SET folded = :folded WHERE id = :id"),
            {"folded": title.casefold(), "id": article_id},
        )
    if "gaps" in found:
        op.execute(
            "INSERT INTO gaps (space, day, hash, perhaps_there, question, count)"
            " SELECT space, day, hash, 0, question, count FROM gaps_before"
        )
        op.drop_table("gaps_before")
    op.execute("DROP TRIGGER IF EXISTS arrival")
    op.execute("DROP INDEX IF EXISTS matches_waiting")
    if "arrivals" not in found:
        op.execute("INSERT INTO arrivals (article) SELECT id FROM articles ORDER BY added, id")
    if "changed" not in found:
        op.execute(
            "INSERT INTO changed"
            " SELECT space, id, value FROM articles, counters WHERE name = 'generation'"
        )
    if "replies" in found:
        there = {column["name"] for column in sa.inspect(connection).get_columns("replies")}
        if "channel" not in there:
            for name in ("channel", "before", "answer"):
                op.add_column("replies", optional(name))
            op.create_index("replies_by_channel", "replies", ["channel"])


def _folded() -> sa.Column[str]:
    return sa.Column("folded", TEXT, nullable=False, server_default="")


def _create(found: frozenset[str]) -> None:
    def make(name: str, *parts: Any, options: dict[str, Any] = STRICT) -> None:
        if name not in found:
            op.create_table(name, *parts, **options)

    make(
        "articles",
        key("id"),
        text("space"),
        text("version"),
        text("title"),
        optional("source"),
        optional("published"),
        optional("author"),
        text("language"),
        optional("origin"),
        text("added"),
        number("words"),
        number("passages"),
        text("embedder"),
        _folded(),
        sa.Index("articles_by_space", "space", "title"),
        sa.Index("articles_by_version", "version"),
        sa.Index("articles_by_origin", "space", "origin"),
    )
    make(
        "versions",
        key("article", references="articles.id"),
        key("version"),
        text("text"),
    )
    make(
        "passages",
        key("article"),
        key("version"),
        key("n", sa.Integer),
        number("start"),
        number("end"),
        blob("sentences"),
        blob("vector"),
        sa.ForeignKeyConstraint(
            ["article", "version"], ["versions.article", "versions.version"], ondelete="CASCADE"
        ),
    )
    make(
        "codes",
        key("article"),
        key("version"),
        blob("codes"),
        sa.ForeignKeyConstraint(
            ["article", "version"], ["versions.article", "versions.version"], ondelete="CASCADE"
        ),
        options=BY_KEY,
    )
    make(
        "changed",
        key("space"),
        key("article"),
        number("generation"),
        sa.Index("changed_by_generation", "generation"),
        sa.Index("changed_by_space", "space", "generation"),
        options=BY_KEY,
    )
    make("counters", key("name"), number("value"))
    make(
        "documents",
        key("space"),
        key("key"),
        text("value"),
        options=BY_KEY,
    )
    make(
        "changes",
        key("id", sa.Integer),
        text("space"),
        text("key"),
        optional("old"),
        optional("new"),
        number("refused"),
        text("who"),
        text("at"),
        sa.Index("changes_by_space", "space", "refused"),
        sa.Index("changes_by_user", "who"),
    )
    make(
        "votes",
        key("message"),
        key("who"),
        text("space"),
        number("helpful"),
        text("hash"),
        optional("question"),
        optional("reason"),
        text("at"),
        sa.Index("votes_by_space", "space", "at"),
        sa.Index("votes_by_user", "who"),
        options=BY_KEY,
    )
    make(
        "questions",
        key("space"),
        key("day"),
        key("answered", sa.Integer),
        key("time", sa.Integer),
        number("count"),
        options=BY_KEY,
    )
    make(
        "gaps",
        key("space"),
        key("day"),
        key("hash"),
        key("perhaps_there", sa.Integer),
        text("question"),
        number("count"),
        options=BY_KEY,
    )
    make(
        "replies",
        key("message"),
        optional("source"),
        text("space"),
        text("who"),
        text("question"),
        optional("article"),
        text("at"),
        optional("channel"),
        optional("before"),
        optional("answer"),
        sa.Index("replies_by_source", "source"),
        sa.Index("replies_by_user", "who"),
        sa.Index("replies_by_time", "at"),
        sa.Index("replies_by_channel", "channel"),
        options=BY_KEY,
    )
    make(
        "publications",
        key("id", sa.Integer),
        text("action"),
        text("space"),
        text("article"),
        text("version"),
        text("title"),
        optional("before"),
        text("at"),
        number("undone", "0"),
        sa.Index("publications_by_action", "action"),
        sa.Index("publications_by_article", "article"),
    )
    make(
        "feeds",
        key("id", sa.Integer),
        text("space"),
        text("url"),
        text("title"),
        optional("channel"),
        text("added_by"),
        optional("etag"),
        optional("last_modified"),
        optional("checked"),
        text("next_check"),
        number("failures"),
        optional("last_error"),
        sa.UniqueConstraint("space", "url"),
        sa.Index("feeds_by_next_check", "next_check"),
        options=NUMBERED,
    )
    make(
        "feed_entries",
        key("feed", sa.Integer, "feeds.id"),
        key("entry"),
        optional("article"),
        optional("reason"),
        number("attempts_left"),
        text("named"),
        options=BY_KEY,
    )
    make("tokens", key("space"), key("day"), number("count"), options=BY_KEY)
    make(
        "follows",
        key("id", sa.Integer),
        text("space"),
        text("who"),
        text("topic"),
        text("hash"),
        optional("channel"),
        number("digest"),
        text("since"),
        number("after"),
        number("failures"),
        sa.Index("follows_by_user", "who"),
        sa.Index("follows_by_space", "space"),
        sa.Index("follows_by_after", "after"),
        options=NUMBERED,
    )
    make(
        "arrivals",
        key("n", sa.Integer),
        sa.Column("article", TEXT, nullable=False, unique=True),
        options=NUMBERED,
    )
    make(
        "matches",
        key("follow", sa.Integer, "follows.id"),
        key("article"),
        text("at"),
        number("settled"),
        sa.Index("matches_by_article", "article"),
        options=BY_KEY,
    )
