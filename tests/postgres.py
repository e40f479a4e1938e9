"""A PostgreSQL server on loopback, from the system's packages, in a temporary folder."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from unittest import SkipTest

import psycopg

from index.store.catalog import Catalog
from tests.waiting import free_port

NO_POSTGRES = "PostgreSQL is not installed (apt install postgresql)"
"""Why tests are skipped, which is said in red at the end."""

MEMORY = Path("/dev/shm")
"""Where a disk need not be waited for; what a loss of power takes is not tried."""

PASSWORD = "s3cret/+%"
"""With what has to be escaped in a URL."""
ESCAPED = "s3cret%2F%2B%25"

NUL_IN_POSTGRES = "\N{REPLACEMENT CHARACTER}"
"""What U+0000 is stored as."""


def binaries() -> Path:
    """The folder of initdb and postgres. Raises SkipTest where PostgreSQL is not installed."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: -int(p.parent.name))
    on_path = [Path(found).parent for found in (shutil.which("initdb"),) if found]
    for folder in (*packaged, *on_path):
        if (folder / "initdb").exists():
            return folder
    raise SkipTest(NO_POSTGRES)


class Server:
    """Runs as an unprivileged user, as it refuses to run as root."""

    def __init__(self, folder: Path, programs: Path, *, durable: bool = False) -> None:
        """With `durable` each commit waits for the disk."""
        self.folder = folder
        self._fsync = "on" if durable else "off"
        self._programs = programs
        self._as = {"user": "nobody", "group": "nogroup"} if os.getuid() == 0 else {}
        if self._as:
            os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
        self._numbers = count(1)
        self._empty = ""
        self.port = free_port()
        password = folder / "password"
        password.write_text(PASSWORD)
        password.chmod(0o644)
        self._run(
            "initdb", "--username=footnote", f"--pwfile={password}", "--auth=scram-sha-256",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        )  # fmt: skip

    def _run(self, program: str, *options: str) -> None:
        command = [self._programs / program, "-D", self.folder / "data", *options]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL, **self._as)

    def start(self) -> None:
        """Start, and wait until it answers."""
        settings = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
            f" -c fsync={self._fsync} -c max_connections=200"
        )
        log = str(self.folder / "log")
        self._run("pg_ctl", "start", "--wait", "--silent", f"--log={log}", f"--options={settings}")

    def stop(self) -> None:
        """Stop at once; all connections break."""
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode=immediate")

    def url(self, database: str) -> str:
        return f"postgresql://footnote:{ESCAPED}@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template1") -> str:
        """Make a database, and return its URL."""
        name = f"footnote{next(self._numbers)}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def create_empty(self) -> str:
        """Make a database with Footnote's tables, as a copy of the first such one."""
        if not self._empty:
            url = self.create()
            Catalog(url).close()
            self._empty = url.rpartition("/")[2]
        return self.create(self._empty)

    def disconnect(self, url: str) -> None:
        """End all connections to a database, as when their processes or the network fail."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
                [url.rpartition("/")[2]],
            )


_TIDY = """
read -r gone
server=$(head -n 1 "$0/data/postmaster.pid") && kill -QUIT "$server"
while kill -0 "$server"; do sleep 0.1; done
rm -rf "$0"
"""
"""Waits until the process that holds the other end of its input has ended, however it did."""


@contextmanager
def _tidied(folder: Path) -> Iterator[None]:
    """Have the server stopped and the folder deleted if this process is killed."""
    watcher = subprocess.Popen(
        ["/bin/sh", "-c", _TIDY, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # what kills this process's group leaves it alone
    )
    with watcher:
        yield


@contextmanager
def running(programs: Path, *, durable: bool = False) -> Iterator[Server]:
    """Run a server in a folder of its own, on the disk if it is `durable`."""
    parent = MEMORY if MEMORY.is_dir() and not durable else None
    folder = Path(tempfile.mkdtemp(prefix=f"postgres-{secrets.token_hex(2)}-", dir=parent))
    with _tidied(folder):
        server = Server(folder, programs, durable=durable)
        server.start()
        yield server
