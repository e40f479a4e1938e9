"""Both sides of the queue, in one process, over PostgreSQL."""

import asyncio
import threading
from contextlib import asynccontextmanager, closing, suppress
from types import SimpleNamespace

import pytest

from bot.answering import Inquiry
from bot.errors import NotAnswered, ShuttingDown
from bot.flow import AnswerFlow, Asked
from bot.metrics.meters import Metrics
from bot.remote import asking, worker
from bot.remote.asking import Forwarding
from bot.remote.worker import Worker
from bot.runtime.threads import Workers
from index.errors import StorageError, UnknownArticle
from index.model import PUBLIC, THRESHOLDS, Space, Thresholds
from index.store.catalog import Catalog
from index.store.queue import Queue
from tests.builders import answer, article, citation
from tests.waiting import until

SECONDS = 30
STRICT = Thresholds(0.9, 0.9)


@pytest.fixture
def queue(url, monkeypatch):
    monkeypatch.setattr(asking, "POLL_SECONDS", 0.1)
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.1)
    with closing(Catalog(url)) as catalog:
        yield Queue(catalog.database, "1.0")


@pytest.fixture
def forwarding(queue, rows, workers):
    rows("TRUNCATE queue, workers")
    made = Forwarding(queue, workers, STRICT)
    yield made
    made.close()


class Articles:
    """A library that answers, once it may, with its name; notes what it was asked."""

    def __init__(self, name: str) -> None:
        self.name, self.asked = name, []
        self.began, self.may = threading.Event(), threading.Event()
        self.may.set()
        self.fault: Exception | None = None

    def get(self, article_id, spaces):
        raise UnknownArticle(article_id, (article("a1", "Harbour"),))

    def ask(self, question, spaces, **options):
        self.asked.append((question, spaces, options))
        self.began.set()
        self.may.wait(SECONDS)
        if self.fault:
            raise self.fault
        return answer(citation(self.name), question=question)


@asynccontextmanager
async def working(articles, queue, metrics=None):
    """Run a worker, and stop it as SIGTERM does."""
    pools, stop = Workers(), asyncio.Event()
    running = Worker(articles, queue, pools, metrics or Metrics())
    task = asyncio.create_task(running.run(stop))
    try:
        await until(lambda: name_of(queue, running.name))
        yield SimpleNamespace(stop=stop, name=running.name, task=task)
    finally:
        articles.may.set()
        stop.set()
        with suppress(asyncio.CancelledError):
            await task
        pools.close()


def name_of(queue, name):
    with queue._database.beside() as connection:
        found = connection.exec_driver_sql(f"SELECT 1 FROM workers WHERE id = '{name}'")
        return found.first()


WHO = Inquiry("Who?", (Space("42"), PUBLIC))


async def test_without_workers_the_bot_answers(forwarding):
    assert await forwarding.ask(WHO) is None
    here = Articles("here")

    async def in_line(call, *given):
        return call(*given)

    flow = AnswerFlow(here, in_line, elsewhere=forwarding.ask)
    assert (await flow.ask(Asked("Who?"))).text == "here [1]"


async def test_a_worker_answers_from_what_the_asker_may_see(forwarding, queue, rows):
    there = Articles("there")
    async with working(there, queue):
        assert (await forwarding.ask(WHO)).text == "there [1]"
    given = {"article_id": None, "thresholds": STRICT}
    assert there.asked == [("Who?", (Space("42"), PUBLIC), given)]
    assert rows("SELECT * FROM queue") == []
    assert rows("SELECT * FROM workers") == []


async def test_a_worker_counts_what_it_is_asked(forwarding, queue):
    metrics = Metrics()
    async with working(Articles("there"), queue, metrics):
        await forwarding.ask(WHO)
        with pytest.raises(UnknownArticle):
            await forwarding.ask(Inquiry("Who?", (PUBLIC,), "Harbor"))
    for outcome in ("answered", "turned_away"):
        labels = {"way": "queue", "outcome": outcome}
        assert metrics.registry.get_sample_value("footnote_questions_total", labels) == 1


async def test_thresholds_of_a_server_are_kept(forwarding, queue):
    there = Articles("there")
    async with working(there, queue):
        await forwarding.ask(Inquiry("Who?", (PUBLIC,), thresholds=THRESHOLDS))
    assert there.asked[0][2]["thresholds"] == THRESHOLDS


async def test_an_unknown_article_raises_as_without_workers(forwarding, queue):
    async with working(Articles("there"), queue):
        with pytest.raises(UnknownArticle) as caught:
            await forwarding.ask(Inquiry("Who?", (PUBLIC,), "Harbor"))
    assert [one.title for one in caught.value.near] == ["Harbour"]


async def test_many_ask_at_once_and_each_gets_the_own_answer(forwarding, queue):
    def ask(n):
        return forwarding.ask(Inquiry(f"Who {n}?", (PUBLIC,)))

    async with working(Articles("a"), queue), working(Articles("b"), queue):
        found = await asyncio.gather(*map(ask, range(30)))
    assert [one.question for one in found] == [f"Who {n}?" for n in range(30)]


async def test_what_a_worker_fails_at_another_tries(forwarding, queue, caplog):
    broken, sound = Articles("broken"), Articles("sound")
    broken.fault = StorageError("/data", "the disk is full")
    async with working(broken, queue):
        asked = asyncio.create_task(forwarding.ask(WHO))
        await until(broken.began.is_set)
        async with working(sound, queue):
            found = await asked
    assert (found is None) or found.text == "sound [1]"
    assert "the disk is full" in caplog.text
    assert len(broken.asked) == 1


async def test_after_two_failures_the_asker_gets_an_error(forwarding, queue, rows, caplog):
    first, second = Articles("first"), Articles("second")
    first.fault = second.fault = ValueError("a bug")
    async with working(first, queue), working(second, queue):
        with pytest.raises(NotAnswered):
            await forwarding.ask(WHO)
    assert (len(first.asked), len(second.asked)) == (1, 1)
    assert rows("SELECT * FROM queue") == []
    assert caplog.text.count("a bug") >= 2


async def test_a_dead_worker_costs_one_retry_and_its_late_answer_is_dropped(
    forwarding, queue, rows, caplog
):
    dead, alive = Articles("dead"), Articles("alive")
    dead.may.clear()
    async with working(dead, queue) as first:
        asked = asyncio.create_task(forwarding.ask(WHO))
        await until(dead.began.is_set)
        async with working(alive, queue):
            rows(f"UPDATE queue SET until = now() WHERE worker = '{first.name}'")
            assert (await asked).text == "alive [1]"
            dead.may.set()
            await until(lambda: "comes too late" in caplog.text)
    assert (len(dead.asked), len(alive.asked)) == (1, 1)
    assert rows("SELECT * FROM queue") == []


async def test_a_worker_that_stops_finishes_what_it_has_and_takes_no_more(forwarding, queue, rows):
    slow = Articles("slow")
    slow.may.clear()
    async with working(slow, queue) as one:
        asked = asyncio.create_task(forwarding.ask(WHO))
        await until(slow.began.is_set)
        one.stop.set()
        await until(lambda: not rows("SELECT * FROM workers"))
        assert await forwarding.ask(Inquiry("And who?", (PUBLIC,))) is None
        slow.may.set()
        assert (await asked).text == "slow [1]"
        await one.task


async def test_a_worker_that_cannot_finish_in_time_gives_back(forwarding, queue, rows, monkeypatch):
    monkeypatch.setattr(worker, "FINISH_SECONDS", 0.1)
    slow, other = Articles("slow"), Articles("other")
    slow.may.clear()
    async with working(slow, queue) as one:
        asked = asyncio.create_task(forwarding.ask(WHO))
        await until(slow.began.is_set)
        async with working(other, queue):
            one.stop.set()
            await one.task
            assert (await asked).text == "other [1]"


async def test_both_sides_outlive_the_server(forwarding, queue, rows, postgres, caplog):
    async with working(Articles("there"), queue):
        await asyncio.to_thread(postgres.stop)
        try:
            with pytest.raises(StorageError):
                await forwarding.ask(WHO)
            await until(lambda: "no questions can be had" in caplog.text)
        finally:
            await asyncio.to_thread(postgres.start)
        await until(lambda: rows("SELECT * FROM workers"))
        assert (await forwarding.ask(WHO)).text == "there [1]"


async def test_nothing_is_left_of_a_question_that_nobody_waits_for(forwarding, queue, rows):
    slow = Articles("slow")
    slow.may.clear()
    async with working(slow, queue):
        asked = asyncio.create_task(forwarding.ask(WHO))
        await until(slow.began.is_set)
        asked.cancel()
        await asyncio.wait([asked])
        assert rows("SELECT * FROM queue") == []


async def test_waiting_for_workers_counts_and_ends_as_here(forwarding, queue, workers):
    slow = Articles("slow")
    slow.may.clear()
    async with working(slow, queue):
        asked = [asyncio.create_task(forwarding.ask(WHO)) for _ in range(9)]
        await until(slow.began.is_set)
        await until(lambda: workers.waiting == 1)
        assert not await workers.drain(0.1)
        late = asyncio.create_task(forwarding.ask(WHO))
        await asyncio.wait([late])
        assert isinstance(late.exception(), ShuttingDown)
        slow.may.set()
        await asyncio.gather(*asked)
        assert workers.waiting == 0
