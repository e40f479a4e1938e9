"""The queue of questions and its workers, in PostgreSQL."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

from index.store.columns import key, number, optional, text

revision = "13"
down_revision = "12"

_TIME = TIMESTAMP(timezone=True)


def upgrade() -> None:
    """Create the tables; SQLite has no other processes to ask."""
    if op.get_bind().dialect.name != "postgresql":
        return
    op.create_table(
        "queue",
        key("id", sa.BigInteger),
        text("release"),
        text("question"),
        sa.Column("at", _TIME, nullable=False, server_default=sa.func.now()),
        number("tries", "0"),
        optional("worker"),
        sa.Column("until", _TIME),
        optional("answer"),
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "workers",
        key("id"),
        text("release"),
        sa.Column("until", _TIME, nullable=False),
        prefixes=["UNLOGGED"],
    )
