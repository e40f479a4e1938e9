"""Locks that one of all processes with a database holds, in a folder or at a PostgreSQL server."""

import multiprocessing
import os
import signal
import time
from contextlib import closing

import psycopg
import pytest

from index.store.catalog import Catalog
from tests.waiting import WAIT_SECONDS, block_until


@pytest.fixture
def lock(catalog):
    lock = catalog.database.lock("bot")
    yield lock
    lock.release()


@pytest.fixture
def other(place, catalog):
    """The lock of another process."""
    with closing(Catalog(place)) as another:
        lock = another.database.lock("bot")
        yield lock
        lock.release()


def test_one_holds_it_until_it_is_released(lock, other):
    assert lock.obtain()
    assert lock.obtain()
    assert not other.obtain()
    lock.release()
    assert other.obtain()
    assert not lock.obtain()


def test_others_have_other_names(catalog, lock):
    another = catalog.database.lock("vectors")
    assert lock.obtain()
    assert another.obtain()
    another.release()


def hold(place, held):
    with closing(Catalog(place)) as catalog:
        lock = catalog.database.lock("bot")
        held.put(lock.obtain())
        time.sleep(WAIT_SECONDS)


def test_it_is_free_when_its_process_is_killed(place, lock):
    context = multiprocessing.get_context("spawn")
    held = context.Queue()
    process = context.Process(target=hold, args=(place, held))
    process.start()
    assert held.get(timeout=WAIT_SECONDS)
    assert not lock.obtain()
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    block_until(lock.obtain)


@pytest.fixture
def both(postgres):
    """The locks of two processes with one database, and its URL."""
    url = postgres.create_empty()
    with closing(Catalog(url)) as one, closing(Catalog(url)) as two:
        locks = [one.database.lock("bot"), two.database.lock("bot")]
        yield url, *locks
        for lock in locks:
            lock.release()


def test_who_has_lost_the_connection_knows_and_another_may_hold_it(postgres, both, caplog):
    url, lock, other = both
    assert lock.obtain()
    postgres.disconnect(url)
    assert not lock.obtain()
    assert "no longer gives this process the lock bot" in caplog.text
    block_until(other.obtain)
    assert not lock.obtain()


def test_after_a_restart_of_the_server_exactly_one_holds_it(postgres, both):
    _, *locks = both
    assert locks[0].obtain()
    postgres.stop()
    try:
        assert [lock.obtain() for lock in locks] == [False, False]
    finally:
        postgres.start()
    block_until(lambda: any(lock.obtain() for lock in locks))
    assert sorted(lock.obtain() for lock in locks) == [False, True]


def test_a_session_that_lost_it_without_the_connection_is_not_believed(both):
    """As behind a pooler, which gives each transaction another session."""
    _, lock, _ = both
    assert lock.obtain()
    lock._connection.execute("SELECT pg_advisory_unlock_all()")
    assert not lock.obtain()


def test_each_end_soon_notices_that_the_other_is_gone(both):
    url, lock, _ = both
    assert lock.obtain()
    shown = lock._connection.execute("SHOW tcp_keepalives_idle").fetchone()
    assert shown == ("5",)
    assert lock._connection.info.get_parameters()["keepalives_idle"] == "5"
    with psycopg.connect(url) as usual:
        assert usual.execute("SHOW tcp_keepalives_idle").fetchone() != shown
