import asyncio
import threading

import pytest

from bot.errors import QueueFull, ShuttingDown
from bot.runtime.threads import QUESTION_THREADS, Pool
from tests.waiting import until


async def test_questions_run_side_by_side(workers):
    barrier = threading.Barrier(3, timeout=30)
    assert await asyncio.gather(*(workers.ask(barrier.wait) for _ in range(3)))


async def test_indexing_runs_one_by_one(workers):
    running, most = 0, 0
    lock = threading.Lock()

    def work():
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        threading.Event().wait(0.02)
        with lock:
            running -= 1

    await asyncio.gather(*(workers.index(work) for _ in range(3)))
    assert most == 1


async def test_what_is_quick_waits_for_no_question(workers):
    gate = threading.Event()
    waiting = [asyncio.create_task(workers.ask(gate.wait, 5)) for _ in range(QUESTION_THREADS + 1)]
    await asyncio.sleep(0.01)
    assert await workers.quick(int, "11", base=2) == 3
    gate.set()
    assert all(await asyncio.gather(*waiting))


async def test_errors_and_arguments_pass_through(workers):
    assert await workers.ask(int, "11", base=2) == 3
    with pytest.raises(ValueError, match="invalid literal"):
        await workers.index(int, "x")


async def test_drain_waits_for_replies_and_takes_nothing_new(workers):
    gate, replied = threading.Event(), []

    async def reply():
        await workers.ask(gate.wait, 5)
        await asyncio.sleep(0.01)
        await workers.ask(int, "1")  # its second step is still its own work
        replied.append(True)

    task = asyncio.create_task(reply())
    await asyncio.sleep(0.01)
    drained = asyncio.create_task(workers.drain(5))
    await asyncio.sleep(0.01)
    with pytest.raises(ShuttingDown):
        await asyncio.create_task(workers.ask(int, "1"))
    gate.set()
    assert await drained
    assert replied
    await task


async def test_drain_waits_for_what_was_tracked_and_for_latecomers(workers):
    """A question that was acknowledged is answered; one that comes now is told why not."""
    replies = []

    async def reply(name, before):
        workers.track()
        await asyncio.sleep(before)  # the acknowledgement
        try:
            await workers.ask(int, "1")
            replies.append(f"{name} answered")
        except ShuttingDown:
            await asyncio.sleep(0.02)
            replies.append(f"{name} refused")

    early = asyncio.create_task(reply("early", 0.02))
    await asyncio.sleep(0)
    drained = asyncio.create_task(workers.drain(5))
    await asyncio.sleep(0)
    late = asyncio.create_task(reply("late", 0))
    assert await drained
    assert sorted(replies) == ["early answered", "late refused"]
    await asyncio.gather(early, late)


async def test_drain_gives_up(workers):
    gate = threading.Event()
    task = asyncio.create_task(workers.index(gate.wait, 5))
    await asyncio.sleep(0.01)
    assert not await workers.drain(0.01)
    workers.check()
    workers.close()
    with pytest.raises(ShuttingDown):
        workers.check()
    gate.set()
    await task


async def test_a_full_queue_raises_at_once(workers, monkeypatch):
    monkeypatch.setattr("bot.runtime.threads.MOST_WAITING", 2)
    gate = threading.Event()
    asked = [asyncio.create_task(workers.ask(gate.wait)) for _ in range(QUESTION_THREADS + 1)]
    await asyncio.sleep(0)
    workers.check_queue()
    asked.append(asyncio.create_task(workers.ask(gate.wait)))
    await asyncio.sleep(0)
    with pytest.raises(QueueFull) as caught:
        workers.check_queue()
    assert caught.value.message.startswith("2 questions are ahead of yours")
    gate.set()
    await asyncio.gather(*asked)
    workers.check_queue()


async def test_the_age_of_the_oldest_call_is_known():
    now, gate = [100.0], threading.Event()
    pool = Pool(2, "test", 60.0, clock=lambda: now[0])
    assert (pool.running, pool.longest_seconds) == (0, 0.0)
    calls = [asyncio.create_task(pool.run(gate.wait))]
    await until(lambda: pool.running == 1)
    now[0] = 130.0
    calls.append(asyncio.create_task(pool.run(gate.wait)))
    await until(lambda: pool.running == 2)
    now[0] = 165.0
    assert pool.longest_seconds == 65.0
    gate.set()
    assert all(await asyncio.gather(*calls))
    assert (pool.running, pool.longest_seconds) == (0, 0.0)
    pool.close()


async def test_a_call_that_nobody_waits_for_still_runs():
    gate = threading.Event()
    pool = Pool(1, "test", 60.0)
    call = asyncio.create_task(pool.run(gate.wait))
    await until(lambda: pool.running == 1)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    assert pool.running == 1
    gate.set()
    await until(lambda: pool.running == 0)
    pool.close()
