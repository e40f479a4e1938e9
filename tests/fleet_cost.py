"""`python -m tests.fleet_cost`: what questions cost a fleet's PostgreSQL, and how workers add up.

docs/scale.md calculates with these figures. The server keeps its data on the disk and waits for it.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psycopg

from bot.answering import Inquiry
from bot.remote.asking import Forwarding
from bot.remote.worker import run_worker
from bot.runtime.threads import Workers
from index.model import PUBLIC, THRESHOLDS, Hit, Space
from index.models.reader import Reading
from index.store.catalog import Catalog
from index.store.postgres import PostgresDatabase
from index.store.queue import Queue
from index.store.records import Records
from tests import postgres
from tests.builders import document, open_library
from tests.fake_models import OverlapReader
from tests.soak.processes import Child
from tests.waiting import block_until

QUESTIONS = 500
SERVERS = 10_000
PROCESSES = 8
"""That write at once, each with connections of its own."""

BEATS = 20
"""Questions between two times that the worker says that it lives."""

ANSWER = "word " * 4_000
"""20 kB, as an answer with the seed article's passages has (docs/decisions/0012)."""

FLEETS = (1, 2, 4, 8)
"""Workers that answer together."""

READ_SECONDS = 0.1
"""For which a reader sleeps: it takes no processor, of which there are two for all workers."""

QUESTIONS_EACH, ASKED_EACH = 50, 4
"""Of a worker: all, and at once."""

_WRITTEN = """SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)::int, pg_current_wal_lsn() - '0/0',
    (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database())
    FROM pg_stat_user_tables"""


@dataclass(frozen=True, slots=True)
class Meter:
    """What was used of a server since a moment."""

    rows: int
    wal_bytes: int
    transactions: int
    processor_seconds: float


class Watch:
    """Reads a server's counters; its processes are those of connections that stay open."""

    def __init__(self, server: postgres.Server, url: str) -> None:
        self._main = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
        self._connection = psycopg.connect(url, autocommit=True)

    def read(self) -> Meter:
        time.sleep(1.5)  # its processes report once a second
        self._connection.execute("SELECT pg_stat_clear_snapshot()")
        rows, wal, transactions = self._connection.execute(_WRITTEN).fetchone() or (0, 0, 0)
        return Meter(rows, int(wal), transactions, sum(map(_processor_seconds, self._processes())))

    def close(self) -> None:
        self._connection.close()

    def _processes(self) -> Iterator[int]:
        for stat in Path("/proc").glob("[0-9]*/stat"):
            if stat.parent.name.isdecimal() and _fields(stat)[1] == str(self._main):
                yield int(stat.parent.name)


def _fields(stat: Path) -> list[str]:
    try:
        return stat.read_text().rpartition(")")[2].split()
    except OSError:  # it has ended
        return ["", ""]


def _processor_seconds(process: int) -> float:
    fields = _fields(Path(f"/proc/{process}/stat"))
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def measured(what: str, watch: Watch, count: int) -> Iterator[None]:
    """Print what one of `count` costs the server that is done inside."""
    before, began = watch.read(), time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    after = watch.read()
    print(
        f"{what}: {(after.processor_seconds - before.processor_seconds) / count * 1000:.2f} ms of"
        f" its processors, {(after.rows - before.rows) / count:.1f} rows written,"
        f" {(after.transactions - before.transactions) / count:.1f} transactions,"
        f" {(after.wal_bytes - before.wal_bytes) / count / 1000:.1f} kB of log;"
        f" {count / seconds:.0f} a second"
    )


def record(records: Records, number: int) -> None:
    """Note an answer, as for every question."""
    rng = random.Random(number)
    space = Space(str(rng.randrange(SERVERS)))
    words = f"What is the harbour signal {number}?"
    channel = str(rng.randrange(SERVERS))
    records.note(f"{number}", space, "7", words, "A signal. [1]", 800.0, channel=channel)


def answer(queue: Queue, number: int) -> None:
    """Have a worker answer a question, as bots and workers do."""
    if number % BEATS == 0:
        queue.beat("worker")
    put = queue.put(f"What is the harbour signal {number}?")
    claimed = queue.claim("worker")
    assert put
    assert claimed
    queue.answer("worker", claimed, ANSWER)
    queue.take(put)


def _together(calls: list[Callable[[int], None]], numbers: range) -> None:
    """Make a call for each number, divided among threads."""
    with ThreadPoolExecutor(len(calls)) as pool:
        for n, call in enumerate(calls):
            mine = numbers[n :: len(calls)]
            pool.submit(lambda call=call, mine=mine: list(map(call, mine)))


class SleepingReader(OverlapReader):
    """Takes its time, and reads for one question at a time, as the real one does."""

    def __init__(self) -> None:
        self._turn = threading.Lock()

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        with self._turn:
            time.sleep(READ_SECONDS)
        return super().read(question, hits)


def _work(_: Callable[[object], None], url: str, release: str) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_library(Path(folder), database_url=url, reader=SleepingReader()) as library,
    ):
        run_worker(library, _queue(library.records.database, release), None)


def _queue(database: object, release: str) -> Queue:
    assert isinstance(database, PostgresDatabase)
    return Queue(database, release)


async def _ask(forwarding: Forwarding, questions: range, at_once: int) -> None:
    """Ask that many questions, as a bot does of its people."""
    places = asyncio.Semaphore(at_once)

    async def ask(number: int) -> None:
        async with places:  # each question is another, as answers are kept
            question = f"Who opened the harbour on Monday, signal {number}?"
            assert await forwarding.ask(Inquiry(question, (PUBLIC,)))

    await asyncio.gather(*map(ask, questions))


def count_answers(url: str, workers: int) -> None:
    """Print how many answers a second so many workers give."""
    release = f"of {workers}"
    with ExitStack() as stack:
        catalog = stack.enter_context(closing(Catalog(url)))
        queue = _queue(catalog.database, release)
        for _ in range(workers):
            stack.enter_context(Child(_work, url, release))
        block_until(lambda: queue.living()[0] == workers)
        pools = Workers()
        stack.callback(pools.close)

        async def measure() -> float:
            with closing(Forwarding(queue, pools, THRESHOLDS)) as forwarding:
                at_once = ASKED_EACH * workers
                await _ask(forwarding, range(at_once), at_once)  # builds the indexes
                began = time.perf_counter()
                await _ask(forwarding, range(at_once, QUESTIONS_EACH * workers), at_once)
                return (QUESTIONS_EACH * workers - at_once) / (time.perf_counter() - began)

        print(f"{workers} workers: {asyncio.run(measure()):.1f} answers a second", flush=True)


def main() -> None:
    """Print one line for each kind of work."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres.running(postgres.binaries(), durable=True))
        url = server.create()
        catalogs = [stack.enter_context(closing(Catalog(url))) for _ in range(PROCESSES)]
        records = [Records(catalog.database) for catalog in catalogs]
        database = catalogs[0].database
        assert isinstance(database, PostgresDatabase)
        queue = Queue(database, "1.0")
        watch = stack.enter_context(closing(Watch(server, url)))
        for one in records:
            record(one, 0)
        with measured("an answer recorded, one by one", watch, QUESTIONS):
            _together([partial(record, records[0])], range(QUESTIONS))
        with measured(f"an answer recorded, by {PROCESSES} at once", watch, QUESTIONS):
            _together([partial(record, one) for one in records], range(QUESTIONS, 2 * QUESTIONS))
        with measured("a question to a worker and back", watch, QUESTIONS):
            for number in range(QUESTIONS):
                answer(queue, number)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = server.create()
        with open_library(folder, database_url=url) as library:
            library.ingest([document()])
        for workers in FLEETS:
            count_answers(url, workers)


if __name__ == "__main__":
    main()
