import asyncio

import pytest

from bot.runtime.leadership import Leadership
from tests.waiting import WAIT_SECONDS


class Lock:
    """Held by this process, or by another."""

    free = True

    def obtain(self):
        return self.free

    def release(self): ...


class Work:
    """Notes when it begins and is cancelled."""

    def __init__(self) -> None:
        self.noted: list[str] = []
        self.changed = asyncio.Event()

    def note(self, what: str) -> None:
        self.noted.append(what)
        self.changed.set()

    async def __call__(self) -> None:
        self.note("begun")
        try:
            await asyncio.sleep(60)
        finally:
            self.note("ended")

    async def until(self, *noted: str) -> None:
        async with asyncio.timeout(WAIT_SECONDS):
            while self.noted != list(noted):
                self.changed.clear()
                await self.changed.wait()


@pytest.fixture
def lock():
    return Lock()


@pytest.fixture
async def work():
    return Work()


@pytest.fixture
async def running(lock, work):
    task = asyncio.create_task(Leadership(lock, 0.01).whenever(work))
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_whoever_leads_works_until_it_no_longer_does(lock, work, running):
    await work.until("begun")
    lock.free = False
    await work.until("begun", "ended")
    lock.free = True
    await work.until("begun", "ended", "begun")
    running.cancel()
    await work.until("begun", "ended", "begun", "ended")


async def test_another_process_does_not_work(lock, work):
    lock.free = False
    task = asyncio.create_task(Leadership(lock, 0.001).whenever(work))
    await asyncio.sleep(0.05)
    task.cancel()
    assert work.noted == []


async def test_what_is_done_is_not_done_again(lock):
    calls = []

    async def once() -> None:
        calls.append(1)

    task = asyncio.create_task(Leadership(lock, 0.001).whenever(once))
    await asyncio.sleep(0.05)
    task.cancel()
    assert calls == [1]


async def test_what_fails_is_raised(lock):
    async def fails() -> None:
        raise RuntimeError("a bug")

    with pytest.raises(RuntimeError, match="a bug"):
        await asyncio.wait_for(Leadership(lock, 0.001).whenever(fails), WAIT_SECONDS)


async def test_that_it_leads_no_longer_is_logged_once(lock, caplog):
    caplog.set_level("INFO")
    leadership = Leadership(lock)
    for free in (True, True, False, False):
        lock.free = free
        assert await leadership.obtain() is free
    assert [record.message for record in caplog.records] == [
        "this process leads",
        "this process no longer leads",
    ]
