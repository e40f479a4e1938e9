"""The database as one of a PostgreSQL server, which several processes and machines can share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.conninfo import make_conninfo
from psycopg.types.string import StrDumper

from index import strings
from index.errors import DamagedDatabase, SchemaTooNew, StorageError
from index.store.articles import CHANNEL
from index.store.database import Database
from index.store.migrations import upgrade
from index.store.schema import VERSION, metadata
from index.store.sessions import AdvisoryLock, Listener

OLDEST_SERVER = 15

CONNECT_SECONDS = 10
LOCK_SECONDS = 30

IDLE_SECONDS = 20
"""Between two statements of who writes: one that is stopped is taken for lost before others that
wait for the lock give up."""

READING_SECONDS = 600
"""The same of who reads, which keeps old rows alone. 1,000,000 passages are a minute of BM25."""

WRITING = 0x466F6F74
"""The advisory lock of whoever writes ("Foot"), as SQLite has one for its file: what is read before
something is written is still so when it is written."""

_GONE_HERE = {
    "keepalives_idle": 5,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,  # ms
}
_GONE_THERE = {
    "tcp_keepalives_idle": 5,
    "tcp_keepalives_interval": 5,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # ms; no keepalives are sent while an answer is not acknowledged
}
"""Seconds without an answer until the other end counts as lost: 15 here and 20 at the server, so
that whoever loses a lock knows before another holds it."""

DAMAGE = ("XX001", "XX002")
"""Codes of damaged files (postgresql.org/docs/current/errcodes-appendix.html)."""


class PostgresDatabase(Database):
    """A database of a server."""

    def __init__(self, url: str) -> None:
        """Connect, and bring the database up to date; `url` is postgresql://...

        Raises SchemaTooNew, StorageError.
        """
        address = sa.make_url(url)
        super().__init__(address.render_as_string(hide_password=True))
        self._url = url
        self._how = _how_to_connect(str(address.query.get("options", "")))
        with self._errors():
            self._engine = sa.create_engine(
                address.set(drivername="postgresql+psycopg"),
                pool_pre_ping=True,  # the server may have been restarted
                hide_parameters=True,  # they are people's words, and errors are logged
                connect_args=self._how,
            )
            sa.event.listen(self._engine, "connect", _replace_nul)
            self._moments = self._engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            try:
                with self._transaction() as connection:
                    self._prepare(connection)
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def lock(self, name: str) -> AdvisoryLock:
        """Return a lock at the server, for processes on any machine."""
        return AdvisoryLock(self._kept_open, name)

    def listener(self) -> Listener:
        """Return a listener to other processes' changes."""
        return self.listen(CHANNEL)

    def damage(self) -> list[str]:
        """Return nothing: PostgreSQL checks its files itself (pg_amcheck)."""
        return []

    def listen(self, channel: str) -> Listener:
        """Return a listener to the notifications (NOTIFY) of a channel."""
        return Listener(self._kept_open, channel)

    @contextmanager
    def beside(self) -> Iterator[sa.Connection]:
        """Write without waiting for who publishes; each statement is a commit of its own."""
        with self._errors(), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")

    def _kept_open(self) -> psycopg.Connection[Any]:
        """Connect for what is no transaction. Raises psycopg.Error."""
        return psycopg.connect(make_conninfo(self._url, **self._how), autocommit=True)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (psycopg.Error, sa.exc.DBAPIError) as error:
            cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
            kind = DamagedDatabase if getattr(cause, "sqlstate", None) in DAMAGE else StorageError
            raise kind(self.name, str(cause).partition("\n")[0]) from error
        except sa.exc.TimeoutError as error:
            raise StorageError(self.name, strings.NO_CONNECTION_FREE) from error

    def _reader(self) -> AbstractContextManager[sa.Connection]:
        return self._moments.begin()

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        # Not REPEATABLE READ: that would show what was there before the lock was obtained.
        with self._engine.begin() as connection:
            idle = f"'idle_in_transaction_session_timeout', '{IDLE_SECONDS}s', true"
            connection.exec_driver_sql(
                f"SELECT set_config({idle}), pg_advisory_xact_lock({WRITING})"
            )
            yield connection

    def _prepare(self, connection: sa.Connection) -> None:
        version = connection.dialect.server_version_info or (0,)
        if version[0] < OLDEST_SERVER:
            raise StorageError(self.name, strings.old_postgres(version[0], OLDEST_SERVER))
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise StorageError(self.name, strings.wrong_encoding(encoding))
        found = _version(connection, self.name)
        if found > VERSION:
            raise SchemaTooNew(self.name, found, VERSION)
        if found < VERSION:
            upgrade(connection)


def _how_to_connect(options: str) -> dict[str, Any]:
    """Return psycopg's arguments beside the address; `options` are the address's own."""
    settings = {
        **_GONE_THERE,
        "lock_timeout": f"{LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{READING_SECONDS}s",
    }
    given = [options, *(f"-c {name}={value}" for name, value in settings.items())]
    return {
        "connect_timeout": CONNECT_SECONDS,
        "options": " ".join(given).strip(),
        **_GONE_HERE,
    }


def _version(connection: sa.Connection, name: str) -> int:
    """Return the schema's version, 0 where there is none. Raises StorageError for another's."""
    tables = set(sa.inspect(connection).get_table_names())
    found = None
    if "alembic_version" in tables:
        found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    ours = tables & set(metadata.tables)
    if (found is None and ours) or (found is not None and not (found.isdecimal() and ours)):
        raise StorageError(name, strings.OTHER_DATABASE)
    return int(found or 0)


def _replace_nul(connection: object, _: object) -> None:
    """Store U+FFFD for U+0000, which is the one character that PostgreSQL refuses."""
    assert isinstance(connection, psycopg.Connection)
    connection.adapters.register_dumper(str, _WithoutNul)


class _WithoutNul(StrDumper):
    def dump(self, obj: str) -> bytes | bytearray | memoryview | None:
        return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))
