"""Titles by any letters in them, and actions by their time, found without reading all of them."""

from __future__ import annotations

import logging

import sqlalchemy as sa
from alembic import op

revision = "16"
down_revision = "15"

log = logging.getLogger(__name__)

# By id, not by rowid, which VACUUM may change; MATCH also finds ids that are longer.
_DELETE = "DELETE FROM titles WHERE titles MATCH 'id:\"' || old.id || '\"' AND id = old.id"
_SQLITE = (
    "CREATE VIRTUAL TABLE titles USING fts5(id, folded, tokenize = 'trigram case_sensitive 1')",
    "INSERT INTO titles (id, folded) SELECT id, folded FROM articles ORDER BY added, id",
    """CREATE TRIGGER titles_added AFTER INSERT ON articles BEGIN
    INSERT INTO titles (id, folded) VALUES (new.id, new.folded); END""",
    f"""CREATE TRIGGER titles_changed AFTER UPDATE OF folded ON articles
    WHEN new.folded <> old.folded BEGIN {_DELETE};
    INSERT INTO titles (id, folded) VALUES (new.id, new.folded); END""",  # noqa: S608
    f"CREATE TRIGGER titles_removed AFTER DELETE ON articles BEGIN {_DELETE}; END",
)

_POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX titles_by_letters ON articles USING gin (folded gin_trgm_ops)",
)


def upgrade() -> None:
    """Add the indexes; a PostgreSQL without pg_trgm finds titles by reading all of them."""
    op.drop_index("publications_by_action", "publications")
    op.create_index("publications_by_action", "publications", ["action", "at"])
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for statement in _SQLITE:
            connection.exec_driver_sql(statement)
        return
    try:
        with connection.begin_nested():
            for statement in _POSTGRESQL:
                connection.exec_driver_sql(statement)
    except sa.exc.DBAPIError as error:  # it is not installed, or may not be by this role
        log.warning("titles are searched without pg_trgm: %s", str(error.orig).partition("\n")[0])
