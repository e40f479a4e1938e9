import asyncio

from bot.client import Background
from tests.waiting import WAIT_SECONDS


async def test_what_runs_is_cancelled_and_waited_for():
    background, ended = Background(), []

    async def work():
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            ended.append(True)

    background.start(work(), "work")
    await asyncio.sleep(0)
    await background.stop()
    assert ended == [True]
    await background.stop()


async def test_what_fails_is_logged_and_harms_no_other(caplog):
    background, done = Background(), asyncio.Event()

    async def fails():
        raise RuntimeError("a bug")

    async def works():
        await asyncio.sleep(0)
        done.set()

    background.start(fails(), "counting sheep")
    background.start(works(), "work")
    await asyncio.wait_for(done.wait(), WAIT_SECONDS)
    await background.stop()
    assert "counting sheep ended" in caplog.text
    assert "a bug" in caplog.text
