import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from queue import Empty, SimpleQueue

import pytest

from index.errors import StorageError
from index.store.catalog import Catalog
from index.store.queue import Claimed, Queue, Taken

HEARD_SECONDS = 10


@pytest.fixture
def database(url, rows):
    rows("TRUNCATE queue, workers")
    with closing(Catalog(url)) as catalog:
        yield catalog.database


@pytest.fixture
def queue(database):
    return Queue(database, "1.0")


def die(rows, worker):
    """Let the time pass in which a worker should have said that it lives."""
    rows(f"UPDATE workers SET until = now() WHERE id = '{worker}'")
    rows(f"UPDATE queue SET until = now() WHERE worker = '{worker}' AND answer IS NULL")


def test_what_is_asked_is_not_logged(rows):
    kept = rows("SELECT relpersistence FROM pg_class WHERE relname IN ('queue', 'workers')")
    assert kept == [("u",), ("u",)]


def test_without_a_worker_nothing_is_put(queue, rows):
    assert queue.put("Who?") is None
    queue.beat("a")
    die(rows, "a")
    assert queue.put("Who?") is None
    assert rows("SELECT * FROM queue") == []


def test_living_workers_are_counted_by_release(database, queue, rows):
    assert queue.living() == (0, 0)
    for worker in "abc":
        queue.beat(worker)
    Queue(database, "0.9").beat("old")
    die(rows, "c")
    assert queue.living() == (2, 1)


def test_a_question_is_answered_once_and_nothing_is_left(queue, rows):
    queue.beat("a")
    number = queue.put("Who?")
    assert queue.take(number) is None
    claimed = queue.claim("a")
    assert claimed == Claimed(number, 1, "Who?")
    assert queue.claim("a") is None
    assert queue.take(number) is None
    assert queue.answer("a", claimed, "Lind.")
    assert not queue.answer("a", claimed, "Berg.")
    assert queue.take(number) == Taken("Lind.", 1)
    assert rows("SELECT * FROM queue") == []
    assert not queue.answer("a", claimed, "Late.")


def test_the_oldest_comes_first_and_each_to_one_worker(queue):
    queue.beat("a")
    numbers = [queue.put(str(n)) for n in range(40)]
    with ThreadPoolExecutor(4) as pool:
        claimed = list(pool.map(queue.claim, "abcd" * 10))
    assert sorted(one.id for one in claimed) == numbers
    assert {one.tries for one in claimed} == {1}
    again = [queue.put(str(n)) for n in range(3)]
    assert [queue.claim("a").id for _ in range(3)] == again


def test_a_question_of_a_dead_worker_is_tried_once_more(queue, rows):
    queue.beat("a")
    queue.beat("b")
    number = queue.put("Who?")
    first = queue.claim("a")
    assert queue.claim("b") is None
    die(rows, "a")
    assert queue.take(number) is None
    second = queue.claim("b")
    assert (second.id, second.tries) == (number, 2)
    assert not queue.answer("a", first, "Late.")
    assert queue.answer("b", second, "Lind.")
    assert queue.take(number) == Taken("Lind.", 2)


def test_after_two_dead_workers_it_has_failed(queue, rows):
    for name in "abc":
        queue.beat(name)
    number = queue.put("Who?")
    for name in "ab":
        assert queue.claim(name)
        assert queue.take(number) is None
        die(rows, name)
    assert queue.claim("c") is None
    taken = queue.take(number)
    assert (taken, taken.failed) == (Taken(None, 2), True)


def test_a_question_that_no_other_worker_can_try_comes_back(queue, rows):
    queue.beat("a")
    untried, tried = queue.put("Who?"), None
    die(rows, "a")
    taken = queue.take(untried)
    assert (taken, taken.failed) == (Taken(None, 0), False)
    queue.beat("a")
    tried = queue.put("Who?")
    queue.claim("a")
    queue.give_back("a", tried)
    assert queue.claim("a") is None, "what it could not answer another may"
    assert queue.take(tried) == Taken(None, 1)


def left(rows):
    """How many seconds nobody else tries the question."""
    return rows("SELECT extract(epoch FROM until - now()) FROM queue")[0][0]


def test_a_worker_that_lives_keeps_its_question(queue, rows):
    queue.beat("a")
    number = queue.put("Who?")
    claimed = queue.claim("a")
    rows("UPDATE queue SET until = now() + interval '0.3 seconds'")
    queue.beat("a")
    assert left(rows) < 1, "it is not at it any more"
    queue.beat("a", [number])
    assert left(rows) > 1
    queue.beat("a", [number], takes_more=False)
    assert queue.put("Who else?") is None
    assert queue.take(number) is None
    assert queue.answer("a", claimed, "Lind.")


def test_a_lease_that_is_over_is_not_prolonged(queue, rows):
    queue.beat("a")
    queue.beat("b")
    number = queue.put("Who?")
    queue.claim("a")
    die(rows, "a")
    queue.beat("a", [number])
    assert queue.claim("b")


def test_a_worker_that_leaves_gives_back_what_it_has(queue):
    queue.beat("a")
    queue.beat("b")
    numbers = [queue.put("Who?"), queue.put("Why?")]
    answered, _ = queue.claim("a"), queue.claim("a")
    queue.answer("a", answered, "Lind.")
    queue.give_back("a")
    assert queue.claim("b").id == numbers[1]
    assert queue.take(numbers[0]).answer == "Lind."


def test_releases_do_not_meet(queue, database):
    newer = Queue(database, "1.1")
    queue.beat("a")
    assert newer.put("Who?") is None
    newer.beat("b")
    number = newer.put("Who?")
    assert queue.claim("a") is None
    assert newer.claim("b").id == number


def test_what_a_dead_process_asked_is_forgotten(queue, rows):
    queue.beat("a")
    old, new = queue.put("Who?"), queue.put("Why?")
    rows(f"UPDATE queue SET at = now() - interval '1 hour' WHERE id = {old}")
    queue.beat("a")
    assert rows("SELECT id FROM queue") == [(new,)]
    assert queue.take(old) == Taken(None, 0)
    queue.withdraw(new)
    assert rows("SELECT id FROM queue") == []


def test_nobody_waits_for_who_writes(queue, database):
    queue.beat("a")
    with database.writing(), ThreadPoolExecutor(1) as pool:
        assert pool.submit(queue.put, "Who?").result(HEARD_SECONDS)


class Notices:
    """The notifications that came, in order."""

    def __init__(self):
        self._notices = SimpleQueue()
        self.listener = None

    def __call__(self, notice):
        self._notices.put(notice)

    def next(self):
        return self._notices.get(timeout=HEARD_SECONDS)

    def nothing(self):
        with pytest.raises(Empty):
            self._notices.get(timeout=0.2)


def test_both_sides_hear_of_each_other(queue):
    asked, answered = Notices(), Notices()
    with closing(queue.when_asked(asked)), closing(queue.when_answered(answered)):
        assert (asked.next(), answered.next()) == ("", "")
        assert queue.put("Who?") is None
        asked.nothing()
        queue.beat("a")
        number = queue.put("Who?")
        assert asked.next() == ""
        answered.nothing()
        claimed = queue.claim("a")
        queue.answer("a", claimed, "Lind.")
        assert answered.next() == str(number)
        queue.put("Why?")
        assert asked.next() == ""
        queue.claim("a")
        queue.give_back("a")
        assert asked.next() == ""


def test_a_listener_connects_again(queue, postgres, url):
    heard = Notices()
    with closing(queue.when_asked(heard)):
        heard.next()
        postgres.disconnect(url)
        assert heard.next() == "", "something may have been told meanwhile"
        queue.beat("a")
        queue.put("Who?")
        assert heard.next() == ""
    assert "listening" not in {thread.name for thread in threading.enumerate()}


def test_a_crash_of_the_server_forgets_the_queue(queue, postgres):
    queue.beat("a")
    number = queue.put("Who?")
    postgres.stop()
    try:
        with pytest.raises(StorageError):
            queue.take(number)
    finally:
        postgres.start()
    assert queue.take(number) == Taken(None, 0)
