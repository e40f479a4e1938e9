"""Copies of a database file, made while others read and write it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from index.catalog.connections import connect, damage, storage_errors
from index.errors import DamagedDatabase


def copy(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment, over whatever `target` is.

    Raises DamagedDatabase where the source is, StorageError, OSError; then `target` is untouched.
    """
    with partial(target) as unfinished:
        duplicate(source, unfinished)
        put(unfinished, target)


def duplicate(source: Path, target: Path) -> None:
    """Copy a database as it is at one moment into a new file, and check that."""
    with storage_errors(source), closing(connect(source, "ro")) as old:
        old.execute("PRAGMA schema_version")  # reads the header: is it a database at all
        with storage_errors(target.parent), closing(sqlite3.connect(target)) as new:
            old.backup(new)  # in one step: writers go on, and do not make it begin anew
            new.execute("PRAGMA journal_mode = DELETE")  # one file, on a read-only disk as well
    with storage_errors(source), closing(connect(target, "ro")) as copied:
        if found := damage(copied, "integrity_check"):
            raise DamagedDatabase(str(source), found[0])


@contextmanager
def partial(target: Path) -> Iterator[Path]:
    """A name beside `target` for what is to become it; what is left there in the end is deleted."""
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.partial")
    _delete(unfinished)
    try:
        yield unfinished
    finally:
        _delete(unfinished)


def _delete(unfinished: Path) -> None:
    unfinished.unlink(missing_ok=True)
    # SQLite leaves its journal where the disk was full.
    unfinished.with_name(f"{unfinished.name}-journal").unlink(missing_ok=True)


def put(unfinished: Path, target: Path) -> None:
    """Give a file its name, for good: it is there after a power loss as well."""
    unfinished.replace(target)
    if os.name == "posix":  # elsewhere a folder cannot be opened
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def unused(path: Path) -> Path:
    """The path or, where it is taken, the first of `name-2.db`, `name-3.db` that is not."""
    if not path.exists():
        return path
    names = (path.with_stem(f"{path.stem}-{n}") for n in count(2))
    return next(name for name in names if not name.exists())
