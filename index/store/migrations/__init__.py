"""The steps from each version of the schema to the next, run by Alembic."""

from __future__ import annotations

import sqlalchemy as sa


def upgrade(connection: sa.Connection) -> None:
    """Bring the database to the newest version, in the transaction that is under way."""
    from alembic import command  # takes 0.3 s, and is rarely needed
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "index.store:migrations")
    command.upgrade(config, "head")
