import asyncio
import logging
import socket

import aiohttp
import pytest

from bot.metrics.monitor import serve
from tests.waiting import free_port


class Monitor:
    """Says what it is told to."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    async def metrics(self) -> bytes:
        return b"footnote_articles 1.0\n"

    async def problems(self) -> list[str]:
        return self.wrong


@pytest.fixture
async def served():
    monitor, port = Monitor(), free_port()
    serving = asyncio.create_task(serve(monitor, port))
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        while True:
            try:
                await session.get("/health")
                break
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.01)
        yield monitor, session
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


async def test_both_pages(served):
    monitor, session = served
    async with session.get("/metrics") as page:
        assert page.headers["Content-Type"].startswith("text/plain; version=")
        assert await page.text() == "footnote_articles 1.0\n"
    async with session.get("/health") as page:
        assert (page.status, await page.json()) == (200, {"status": "ok", "wrong": []})
    monitor.wrong = ["It is ill."]
    async with session.get("/health") as page:
        assert page.status == 503
        assert (await page.json())["wrong"] == ["It is ill."]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:9464", 200),
        ("LOCALHOST", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil:80", 421),
        ("[::1", 421),
    ],
)
async def test_only_names_of_this_machine_are_answered(served, host, status):
    _, session = served
    async with session.get("/metrics", headers={"Host": host}) as page:
        assert page.status == status


async def test_nothing_else_is_there(served):
    _, session = served
    async with session.get("/") as page:
        assert page.status == 404
    async with session.post("/metrics") as page:
        assert page.status == 405


async def test_a_taken_port_is_logged_and_ends_it(caplog):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        await serve(Monitor(), port)
    (line,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert f"METRICS_PORT {port} cannot be used: Address already in use" in line.getMessage()
