"""What is about to be posted, so that a process that dies then leaves it to another."""

from __future__ import annotations

from alembic import op

from index.store.columns import optional

revision = "14"
down_revision = "13"


def upgrade() -> None:
    """Add the columns; what was posted so far is not to be posted again."""
    op.add_column("feed_entries", optional("announcement"))
    op.add_column("matches", optional("nonce"))
    op.execute(
        "CREATE INDEX IF NOT EXISTS entries_unannounced ON feed_entries (feed)"
        " WHERE announcement IS NOT NULL"
    )
