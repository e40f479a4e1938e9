"""Backups of a data folder: its SQLite file as another one; the other indexes follow that."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from index import strings
from index.errors import DamagedDatabase, StorageError
from index.store.connections import Presence, connect, exclusive, storage_errors
from index.store.database import DATABASE
from index.store.sqlite import duplicate, partial, put, unused, version

LOGS = ("-wal", "-shm")
"""What SQLite puts beside a database while it is open."""

NO_DATABASE = "file is not a database"
"""What SQLite says of any other file."""


@dataclass(frozen=True, slots=True)
class Restored:
    """How many articles there are now, and where what was there before is kept."""

    articles: int
    kept: Path | None


def save(data: Path, file: Path, *, overwrite: bool = False) -> int:
    """Write a folder's database, as it is at one moment, to a file; count its articles.

    Others may read and write it meanwhile. The file is there whole or not at all. Raises
    FileExistsError, DamagedDatabase, StorageError, OSError.
    """
    database = data / DATABASE
    if not database.is_file():
        raise StorageError(str(database), strings.NO_INDEX)
    own = [database, *(data / (DATABASE + end) for end in LOGS)]
    if file.resolve() in [path.resolve() for path in own]:
        raise StorageError(str(file), strings.BACKUP_ONTO_INDEX)
    if file.exists() and not overwrite:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(file))
    with closing(Presence(data)), partial(file) as unfinished:
        duplicate(database, unfinished)
        articles = _articles(unfinished, database)
        put(unfinished, file)
    return articles


def restore(file: Path, data: Path) -> Restored:
    """Make what a backup holds the folder's database, and keep the one that was there.

    A backup of an earlier release is brought up to date when it is opened. Raises StorageError,
    SchemaTooNew, OSError, all before anything is replaced.
    """
    database = data / DATABASE
    data.mkdir(parents=True, exist_ok=True)
    with exclusive(data), partial(database) as unfinished:
        try:
            duplicate(file, unfinished)
        except DamagedDatabase as error:
            no_database = error.reason == NO_DATABASE
            reason = strings.NOT_A_BACKUP if no_database else strings.damaged(error.reason)
            raise StorageError(str(file), reason) from error
        articles = _articles(unfinished, file)
        kept = _keep(database) if database.exists() else None
        put(unfinished, database)
    return Restored(articles, kept)


def _articles(copied: Path, source: Path) -> int:
    """Count a copy's articles. Raises SchemaTooNew, StorageError where the source is not ours."""
    with storage_errors(source), closing(connect(copied, "ro")) as connection:
        if version(connection, source) == 0:
            raise StorageError(str(source), strings.EMPTY)
        (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    return int(articles)


def _keep(database: Path) -> Path:
    """Give the database a second name, with all that was written to it."""
    with suppress(sqlite3.Error), closing(connect(database)) as connection:
        # Closing the only connection empties and deletes the log, unless the database is damaged.
        connection.execute("PRAGMA schema_version")
    kept = unused(database.with_stem(f"{database.stem}.replaced"))
    try:
        os.link(database, kept)
    except OSError:  # a file system without second names
        shutil.copy2(database, kept)
    for end in LOGS:
        log = database.with_name(database.name + end)
        if log.exists():
            log.replace(kept.with_name(kept.name + end))
    return kept
