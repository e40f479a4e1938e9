import asyncio
import threading

from bot.runtime.threads import Pool


async def test_tells_how_long_its_oldest_call_has_run():
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


async def until(reached):
    async with asyncio.timeout(5):
        while not reached():  # noqa: ASYNC110 - threads tell of nothing
            await asyncio.sleep(0.001)
