"""Moving a data folder's SQLite file into PostgreSQL; the file stays as it was."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from index import strings
from index.errors import StorageError
from index.store.catalog import Catalog
from index.store.connections import exclusive
from index.store.database import DATABASE
from index.store.queries import replacing
from index.store.schema import MOVING, counters, metadata
from index.store.sqlite import copy

BATCH = 500
"""Rows of one commit; some MB of passages."""

_COPIES = "moving-"
"""Begins the names of folders with copies."""

TABLES = [table for table in metadata.sorted_tables if table is not counters]


ReportTable = Callable[[str, int], None]
"""Called with a table that is the same in both, row for row, and its number of rows."""


def move(data: Path, url: str, report: ReportTable) -> None:
    """Copy all tables into an empty database, or go on where an earlier call was stopped.

    Rows go in the order of their keys, so what is there must be the first of them; at the end all
    are read again and compared. Raises StorageError where another process has the folder open, or
    the database holds something else.
    """
    if not (data / DATABASE).is_file():
        raise StorageError(str(data / DATABASE), strings.NO_INDEX)
    with exclusive(data):
        for left in data.glob(f"{_COPIES}*"):  # of calls that were killed
            shutil.rmtree(left)
        _move(data, url, report)


def _move(data: Path, url: str, report: ReportTable) -> None:
    with tempfile.TemporaryDirectory(dir=data, prefix=_COPIES) as folder:
        # A copy, as opening a database of an earlier release brings it up to date.
        copied = Path(folder) / DATABASE
        copy(data / DATABASE, copied)
        with closing(Catalog(copied)) as source, closing(Catalog(url)) as target:
            begun = [_there(source, target, table) for table in TABLES]
            _mark(target)
            for table, rest in zip(TABLES, begun, strict=True):
                _copy(rest, target, table)
            for table in TABLES:
                old, new = (_Digest(catalog, table) for catalog in (source, target))
                if old.whole() != new.whole():
                    raise StorageError(target.database.name, strings.not_the_same(table.name))
                report(table.name, old.rows)
            _finish(source, target)


class _Digest:
    """Reads a table by its key, and sums up what was read.

    Attributes:
        rows: How many were read.
    """

    def __init__(self, catalog: Catalog, table: sa.Table) -> None:
        self._catalog = catalog
        self._table = table
        self._after: Sequence[Any] | None = None
        self._hash = hashlib.sha256()
        self.rows = 0

    def next(self, most: int) -> Sequence[sa.Row[Any]]:
        """Read the next rows."""
        keys = list(self._table.primary_key)
        query = sa.select(self._table).order_by(*keys).limit(most)
        if self._after is not None:
            query = query.where(sa.tuple_(*keys) > sa.tuple_(*self._after))
        with self._catalog.database.reading() as connection:
            rows = connection.execute(query).all()
        for row in rows:
            # PostgreSQL has no U+0000; index/store/postgres.py stores this in its place.
            self._hash.update(
                repr(tuple(row)).replace(r"\x00", "\N{REPLACEMENT CHARACTER}").encode()
            )
        if rows:
            self._after = [rows[-1]._mapping[key] for key in keys]
            self.rows += len(rows)
        return rows

    def batches(self) -> Iterator[Sequence[sa.Row[Any]]]:
        """Read what is left."""
        while rows := self.next(BATCH):
            yield rows

    def whole(self) -> tuple[int, str]:
        """Read what is left, and return the number and sum of all rows."""
        for _ in self.batches():
            pass
        return self.so_far()

    def so_far(self) -> tuple[int, str]:
        """Return the number and sum of the rows that were read."""
        return self.rows, self._hash.hexdigest()


def _there(source: Catalog, target: Catalog, table: sa.Table) -> _Digest:
    """Read what the target has already, which must be the first rows; return how to read on."""
    there, first = _Digest(target, table), _Digest(source, table)
    present, found = there.whole()
    while first.rows < present and first.next(min(BATCH, present - first.rows)):
        pass
    if first.so_far() != (present, found):
        raise StorageError(target.database.name, strings.HOLDS_OTHER)
    return first


def _copy(rest: _Digest, target: Catalog, table: sa.Table) -> None:
    """Copy the rows that the target lacks."""
    numbered = table.autoincrement_column
    for rows in rest.batches():
        with target.database.writing() as connection:
            connection.execute(sa.insert(table), [dict(row._mapping) for row in rows])
    if numbered is not None:
        _number_on(target, table, numbered)


def _number_on(target: Catalog, table: sa.Table, column: sa.Column[Any]) -> None:
    """Have new rows numbered after those that were copied with their numbers."""
    with target.database.writing() as connection:
        last = connection.scalar(sa.select(sa.func.max(column)))
        if last is not None:
            sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(sa.select(sa.func.setval(sequence, last)))


def _mark(target: Catalog) -> None:
    """Keep others from opening what is not complete."""
    with target.database.writing() as connection:
        replacing(counters).run(connection, name=MOVING, value=1)


def _finish(source: Catalog, target: Catalog) -> None:
    """Copy the counters, and let others open the database, in one commit."""
    with source.database.reading() as connection:
        rows = connection.execute(sa.select(counters)).all()
    with target.database.writing() as connection:
        for row in rows:
            replacing(counters).run(connection, **row._mapping)
        connection.execute(sa.delete(counters).where(counters.c.name == MOVING))
