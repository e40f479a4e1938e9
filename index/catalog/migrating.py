"""How a database of an earlier release, or an empty one, is brought up to date."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

from index.catalog import schema
from index.catalog.connections import immediate
from index.catalog.copying import copy, unused

log = logging.getLogger(__name__)


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the database to the newest version, in one transaction.

    One that holds something is first copied to `footnote.v1.db` beside it (after its version).
    Raises SchemaTooNew; StorageError for another program's database, or where a step fails.
    """
    found = schema.version(connection, path)  # before anything is changed
    connection.execute("PRAGMA journal_mode = WAL")
    if found == schema.VERSION:
        return
    with immediate(connection):
        found = schema.version(connection, path)  # another process may have been quicker
        if 0 < found < schema.VERSION:
            _keep(path, found)
        for statements in schema.MIGRATIONS[found:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")


def _keep(path: Path, version: int) -> None:
    kept = unused(path.with_stem(f"{path.stem}.v{version}"))
    copy(path, kept)
    log.info("%s: schema %d becomes %d; %s is as it was", path, version, schema.VERSION, kept)
