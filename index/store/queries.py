"""Statements that are made once and run by the driver itself, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

Maker = Callable[[str], sa.ClauseElement]
"""Makes a statement for "sqlite" or "postgresql"."""


class Query:
    """A statement whose text is made once for each kind of database.

    SQLAlchemy's own execute() takes 80 us for each statement, the driver 2 (SQLite, 2 cores). For
    statements that run seldom, it is good enough. Values are text, whole numbers, bytes, None, or
    rows for `Rows`; what a query returns is not converted.
    """

    def __init__(
        self, statement: sa.ClauseElement | Maker, columns: Iterable[str] | None = None
    ) -> None:
        """Take a statement; `columns` are those that an INSERT or UPDATE is given values for."""
        self._make: Maker = statement if callable(statement) else lambda _: statement
        self._columns = None if columns is None else list(columns)
        self._texts: dict[str, tuple[str, Mapping[str, object]]] = {}

    def run(self, connection: sa.Connection, **values: object) -> DBAPICursor:
        """Run it, and return the cursor with its rows."""
        text, given = self._text(connection.dialect)
        rows = {name: json.dumps(v) for name, v in values.items() if isinstance(v, list)}
        cursor = connection.connection.cursor()
        cursor.execute(text, {**given, **values, **rows})
        return cursor

    def run_each(self, connection: sa.Connection, rows: Iterable[Mapping[str, object]]) -> None:
        """Run it for each of the rows."""
        text, given = self._text(connection.dialect)
        connection.connection.cursor().executemany(text, [{**given, **row} for row in rows])

    def value(self, connection: sa.Connection, **values: object) -> Any:
        """Run it, and return the first column of its first row; None where there is none."""
        row = self.run(connection, **values).fetchone()
        return row[0] if row else None

    def _text(self, dialect: sa.Dialect) -> tuple[str, Mapping[str, object]]:
        """Return the text, and the values that stand in the statement itself."""
        if dialect.name not in self._texts:
            named = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
            made = self._make(dialect.name).compile(dialect=named, column_keys=self._columns)
            self._texts[dialect.name] = str(made), made.params
        return self._texts[dialect.name]


Insert = sqlite.Insert | postgresql.Insert


def insert(dialect: str, table: sa.Table) -> Insert:
    """Return an INSERT that can say what to do where the key is taken."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


@cache
def inserting(table: sa.Table) -> Query:
    """Return the INSERT of a row; the database numbers it where the table is numbered."""
    return Query(sa.insert(table), _given(table))


@cache
def replacing(table: sa.Table) -> Query:
    """Return the INSERT of a row in the place of the one with its key."""
    return upserting(table, **{c.name: None for c in table.columns if not c.primary_key})


def upserting(table: sa.Table, **changes: sa.ColumnElement[Any] | None) -> Query:
    """Return the INSERT of a row that changes the one with its key; None: to the new value."""

    def make(dialect: str) -> Insert:
        statement = insert(dialect, table)
        new = statement.excluded
        return statement.on_conflict_do_update(
            index_elements=table.primary_key.columns,
            set_={name: new[name] if to is None else to for name, to in changes.items()},
        )

    return Query(make, _given(table))


def _given(table: sa.Table) -> list[str]:
    return [c.name for c in table.columns if c is not table.autoincrement_column]


class _Each(FunctionElement[Any]):
    """The elements of a JSON array, as rows."""

    inherit_cache = True
    name = "each"


class _Part(FunctionElement[Any]):
    """One element of a JSON array: the array, its number as a literal."""

    inherit_cache = True
    name = "part"


class contains(FunctionElement[bool]):  # noqa: N801 - called like SQL's functions
    """Whether the first text contains the second, letter for letter; any contains ''."""

    inherit_cache = True
    name = "contains"
    type = sa.Boolean()


@compiles(_Each, "sqlite")
def _(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **options)})"


@compiles(_Each, "postgresql")
def _(element: _Each, compiler: SQLCompiler, **options: Any) -> str:
    return f"jsonb_array_elements(CAST({compiler.process(element.clauses, **options)} AS jsonb))"


@compiles(_Part, "sqlite")
def _(element: _Part, compiler: SQLCompiler, **options: Any) -> str:
    array, n = element.clauses
    return f"json_extract({compiler.process(array, **options)}, '$[{n.value}]')"


@compiles(_Part, "postgresql")
def _(element: _Part, compiler: SQLCompiler, **options: Any) -> str:
    array, n = element.clauses
    return f"({compiler.process(array, **options)} ->> {n.value})"


@compiles(contains, "sqlite")
def _(element: contains, compiler: SQLCompiler, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)}) > 0"


@compiles(contains, "postgresql")
def _(element: contains, compiler: SQLCompiler, **options: Any) -> str:
    return f"strpos({compiler.process(element.clauses, **options)}) > 0"


class Rows:
    """Rows that a query is given as one value, however many: a list of lists.

    A list in the text would make another statement for each number of rows, and by IN with several
    columns SQLite reads the whole table.
    """

    def __init__(self, name: str) -> None:
        """Name the value."""
        self.table = _Each(sa.bindparam(name, type_=sa.Text)).table_valued("value")

    def equal(self, *columns: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
        """Tell whether the columns are those of the row."""
        parts = (
            sa.cast(_Part(self.table.c.value, sa.literal(n)), column.type)
            for n, column in enumerate(columns)
        )
        return sa.and_(*(column == part for column, part in zip(columns, parts, strict=True)))


def among(column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[bool]:
    """Tell whether a column is one of a value's rows of one column."""
    rows = Rows(name)
    return column.in_(sa.select(_Part(rows.table.c.value, sa.literal(0))))


def one_of(column: sa.ColumnElement[Any], values: Iterable[str]) -> sa.ColumnElement[bool]:
    """Tell whether a column is one of the values, of which there may be any number."""
    return among(column, "values").params(values=json.dumps([[value] for value in values]))
