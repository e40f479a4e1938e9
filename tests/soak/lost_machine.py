"""Cut a machine off from PostgreSQL: `unshare --net python -m tests.soak.lost_machine`.

It leads, reads and writes then. In a network of its own, of loopback alone, the packets of its
connections are dropped without a word. Prints as JSON after how many seconds each end knew.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from threading import Event

import psycopg

from index.errors import StorageError
from index.store.catalog import Catalog
from index.store.database import Database
from tests import postgres

BEGUN_SECONDS = 1.0
LOOK_SECONDS = 0.2


def main() -> None:
    """Cut one off, and have another go on."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with postgres.running(postgres.binaries()) as server, ThreadPoolExecutor() as pool:
        url, over = server.create_empty(), Event()
        lost = Catalog(url)
        lock = lost.database.lock("bot")
        assert lock.obtain()
        reading = pool.submit(_read, lost.database)
        pool.submit(_write, lost.database, over)
        time.sleep(BEGUN_SECONDS)
        _cut(url)
        began = time.monotonic()
        knowing = pool.submit(_until, lambda: not lock.obtain())
        with closing(Catalog(url)) as other:  # which may have to wait for the first time already
            with other.database.writing():
                wrote = time.monotonic()
            _until(other.database.lock("bot").obtain)
            led = time.monotonic()
        over.set()
        ends = {"read": reading.result(), "knew": knowing.result(), "wrote": wrote, "led": led}
    print(json.dumps({name: at - began for name, at in ends.items()}))


def _read(database: Database) -> float:
    """Have a query run that takes too long; return when it failed."""
    with suppress(StorageError), database.reading() as connection:
        connection.exec_driver_sql("SELECT pg_sleep(60)")
    return time.monotonic()


def _write(database: Database, over: Event) -> None:
    with suppress(StorageError), database.writing():
        over.wait()


def _until(holds: Callable[[], bool]) -> float:
    while not holds():
        time.sleep(LOOK_SECONDS)
    return time.monotonic()


def _cut(url: str) -> None:
    """Drop what the connections send that are there now, either way."""
    with psycopg.connect(url) as connection:
        query = "SELECT client_port FROM pg_stat_activity WHERE client_port > 0 AND pid <> %s"
        rows = connection.execute(query, [connection.info.backend_pid]).fetchall()
    for (port,) in rows:
        for end in ("--sport", "--dport"):
            drop = ["iptables", "-A", "INPUT", "-p", "tcp", end, str(port), "-j", "DROP"]
            subprocess.run(drop, check=True)


if __name__ == "__main__":
    main()
