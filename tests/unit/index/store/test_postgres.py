"""What is PostgreSQL's alone: servers and databases that cannot be used, and what breaks."""

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from index import strings
from index.errors import DamagedDatabase, SchemaTooNew, StorageError
from index.model import PUBLIC
from index.store import postgres as store
from index.store.catalog import Catalog
from index.store.schema import VERSION
from tests.builders import document, open_library
from tests.postgres import ESCAPED, PASSWORD
from tests.waiting import WAIT_SECONDS


def run(url, statement):
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def refused(url):
    with pytest.raises(StorageError) as caught:
        Catalog(url)
    assert PASSWORD not in str(caught.value)
    assert ESCAPED not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "table",
    [
        "articles (id text)",
        "alembic_version (version_num text)",
        "alembic_version AS SELECT '1975ea83b712' AS version_num",
    ],
)
def test_another_programs_database_is_left_alone(postgres, table):
    url = postgres.create()
    run(url, f"CREATE TABLE {table}")
    if table.startswith("alembic_version ("):
        run(url, "INSERT INTO alembic_version VALUES ('1975ea83b712')")
    assert refused(url).reason == strings.OTHER_DATABASE
    with psycopg.connect(url) as connection:
        (tables,) = connection.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone()
    assert tables == 1


def test_a_database_of_a_later_release_is_left_alone(postgres):
    url = postgres.create()
    Catalog(url).close()
    run(url, f"UPDATE alembic_version SET version_num = '{VERSION + 1}'")
    with pytest.raises(SchemaTooNew) as caught:
        Catalog(url)
    assert (caught.value.found, caught.value.supported) == (VERSION + 1, VERSION)


def test_another_encoding_is_refused_with_how_to_make_a_database(postgres):
    url = postgres.url("latin")
    run(
        postgres.url("postgres"),
        "CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
    )
    assert "LATIN1" in refused(url).reason


def test_an_old_server_is_refused(postgres, monkeypatch):
    monkeypatch.setattr(store, "OLDEST_SERVER", 99)
    assert "99" in refused(postgres.create()).reason


def test_without_psycopg_it_says_what_to_install(monkeypatch):
    monkeypatch.delitem(sys.modules, "index.store.postgres")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StorageError, match=r"footnote-bot\[postgres\]"):
        Catalog("postgresql://127.0.0.1/footnote")


@pytest.mark.parametrize(
    ("there", "given"), [(ESCAPED, "wrong"), ("footnote:", "nobody:"), ("footnote1", "missing")]
)
def test_a_server_that_lets_nobody_in_is_an_error_without_the_password(postgres, there, given):
    refused(postgres.url("footnote1").replace(there, given))


def test_a_server_that_is_not_there_is_an_error():
    refused(f"postgresql://footnote:{ESCAPED}@127.0.0.1:9/footnote")


def test_processes_that_start_at_once_make_one_schema(postgres):
    url = postgres.create()
    with ThreadPoolExecutor(4) as pool:
        for catalog in pool.map(Catalog, [url] * 4):
            catalog.close()


def test_damaged_files_are_named_as_such(postgres):
    raising = "DO $$ BEGIN RAISE EXCEPTION 'invalid page' USING ERRCODE = 'XX001'; END $$"
    with (
        closing(Catalog(postgres.create())) as catalog,
        pytest.raises(DamagedDatabase, match="invalid page"),
        catalog.database.reading() as connection,
    ):
        connection.exec_driver_sql(raising)


def test_a_restarted_server_is_used_again(postgres, tmp_path):
    with open_library(tmp_path, database_url=postgres.create()) as library:
        library.ingest([document()])
        postgres.stop()
        try:
            for fails in (
                library.list,
                lambda: library.records.settings.read(PUBLIC),
                lambda: library.ingest([document(title="Other")]),
            ):
                with pytest.raises(StorageError):
                    fails()
        finally:
            postgres.start()
        assert len(library.list()) == 1
        library.ingest([document(title="Other")])
        assert len(library.list()) == 2


def test_a_connection_that_breaks_amid_a_question_is_an_error_and_replaced(postgres):
    url = postgres.create()
    with closing(Catalog(url)) as catalog:

        def read():
            with catalog.snapshot() as snapshot:
                postgres.disconnect(url)
                snapshot.articles([PUBLIC])

        def write():
            with catalog.database.writing():
                postgres.disconnect(url)
                catalog.remove(["a1"], PUBLIC)

        for broken in (read, write):
            with pytest.raises(StorageError):
                broken()
        with catalog.snapshot() as snapshot:
            assert snapshot.articles([PUBLIC]) == []


@pytest.mark.parametrize("using", ["reading", "writing", "beside"])
def test_each_end_of_a_pooled_connection_soon_notices_that_the_other_is_gone(postgres, using):
    with (
        closing(Catalog(postgres.create_empty())) as catalog,
        getattr(catalog.database, using)() as connection,
    ):
        there = {
            name: connection.exec_driver_sql(f"SHOW {name}").scalar_one()
            for name in ("tcp_keepalives_idle", "tcp_keepalives_count", "tcp_user_timeout")
        }
        idle = connection.exec_driver_sql("SHOW idle_in_transaction_session_timeout").scalar_one()
        here = connection.connection.driver_connection.info.get_parameters()
    assert list(there.values()) == ["5", "3", "20000"]
    assert idle == ("20s" if using == "writing" else "10min")
    assert (here["keepalives_idle"], here["tcp_user_timeout"]) == ("5", "10000")


def test_who_may_be_lost_amid_a_write_is_so_before_others_give_up():
    for seconds in (store.IDLE_SECONDS, store._GONE_THERE["tcp_user_timeout"] / 1000):
        assert seconds < store.LOCK_SECONDS


def write_for_long(url, begun, fails):
    with closing(Catalog(url)) as catalog:
        try:
            with catalog.database.writing():
                begun.set()
                time.sleep(1)
        except StorageError:
            fails.set()


def test_a_process_that_is_stopped_amid_a_write_does_not_keep_others_from_writing(
    postgres, monkeypatch
):
    monkeypatch.setattr(store, "IDLE_SECONDS", 3)
    url = postgres.create_empty()
    context = multiprocessing.get_context("fork")  # with the seconds set here
    begun, fails = context.Event(), context.Event()
    process = context.Process(target=write_for_long, args=(url, begun, fails))
    process.start()
    try:
        assert begun.wait(WAIT_SECONDS)
        os.kill(process.pid, signal.SIGSTOP)
        with closing(Catalog(url)) as catalog:
            catalog.remove(["a1"], PUBLIC)
    finally:
        os.kill(process.pid, signal.SIGCONT)
        process.join()
    assert fails.is_set(), "what it wrote is gone, and it is told so"


RUN_A_SERVER = """
import time
from tests import postgres

with postgres.running(postgres.binaries()) as server:
    print(server.port, server.folder, flush=True)
    time.sleep(600)
"""


def test_tests_that_are_killed_leave_no_server(postgres):
    process = subprocess.Popen([sys.executable, "-c", RUN_A_SERVER], stdout=subprocess.PIPE)
    with process:
        port, folder = process.stdout.readline().decode().split()
        with closing(socket.create_connection(("127.0.0.1", int(port)))):
            process.kill()
    ends = time.monotonic() + 30
    while Path(folder).exists():
        assert time.monotonic() < ends
        time.sleep(0.1)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", int(port)))


@pytest.mark.parametrize("may_create", [True, False])
def test_titles_are_found_without_an_index_where_it_cannot_be_made(postgres, may_create):
    url = postgres.create()
    if not may_create:
        run(
            url, "DROP ROLE IF EXISTS plain; CREATE ROLE plain; GRANT ALL ON SCHEMA public TO plain"
        )
        run(url, f"ALTER ROLE CURRENT_USER IN DATABASE {url.rpartition('/')[2]} SET role = 'plain'")
    with closing(Catalog(url)) as catalog, catalog.snapshot() as snapshot:
        assert snapshot.titled("ferry", [PUBLIC], 5) == []
    with psycopg.connect(url) as connection:
        (indexes,) = connection.execute(
            "SELECT count(*) FROM pg_indexes WHERE indexname = 'titles_by_letters'"
        ).fetchone()
    assert indexes == may_create
