"""A bot and two workers, over one PostgreSQL database."""

import asyncio
import re
from types import SimpleNamespace

import psycopg
import pytest
import pytest_asyncio

from tests.e2e.environment import NATO, NATO_WORDS, ROOT, Environment, words
from tests.e2e.light_bot import HOLD, RUN
from tests.fakediscord.driver.process import BotProcess
from tests.forks import Fork
from tests.waiting import WAIT_SECONDS, until

pytestmark = pytest.mark.asyncio(loop_scope="session")
WORK = Fork(RUN.module, "worker")


@pytest_asyncio.fixture(loop_scope="session")
async def fleet(postgres, tmp_path):
    """The environment, its workers by name, and the file that holds them."""
    url, hold = postgres.create(), tmp_path / "hold"
    async with Environment(tmp_path / "bot", run=RUN, DATABASE_URL=url) as env:
        processes, workers = [], {}
        try:
            for number in range(2):
                own = {"FOOTNOTE_DATA": str(tmp_path / f"worker{number}"), HOLD: str(hold)}
                processes.append(BotProcess(env.fd, WORK, env.variables | own, ROOT, "", None))
                await processes[-1].start()
            for process in processes:
                line = await process.wait_log("takes questions", WAIT_SECONDS)
                workers[re.search(r"worker (\w+) takes", line)[1]] = process
            yield SimpleNamespace(env=env, url=url, workers=workers, hold=hold)
        finally:
            for process in processes:
                await process.terminate()
        env.assert_no_errors()
    assert not any("Traceback" in process.log_text for process in processes)


def rows(url, query):
    with psycopg.connect(url, autocommit=True) as connection:
        return connection.execute(query).fetchall()


async def test_a_worker_answers_and_one_that_is_killed_costs_one_retry(fleet):
    """One test, as each start takes seconds."""
    env, workers = fleet.env, fleet.workers
    reply = await env.alice.ask(env.general, f"{env.at} {NATO}")
    assert NATO_WORDS in words(reply)
    assert sum("question 1: answered" in process.log_text for process in workers.values()) == 1

    fleet.hold.touch()
    asking = asyncio.create_task(env.bea.ask(env.lobby, f"{env.at} {NATO}"))
    await until(lambda: rows(fleet.url, "SELECT worker FROM queue WHERE tries = 1"))
    ((name,),) = rows(fleet.url, "SELECT worker FROM queue")
    await workers.pop(name).kill()
    fleet.hold.unlink()
    reply = await asking
    assert NATO_WORDS in words(reply)
    assert len(reply.messages) == 1
    (other,) = workers.values()
    assert "question 2: answered" in other.log_text

    assert await other.terminate() == 0
    reply = await env.alice.ask(env.general, f"{env.at} Who is Pete Hegseth?")
    assert reply.messages, "the bot answers itself"
    assert rows(fleet.url, "SELECT worker FROM queue UNION ALL SELECT id FROM workers") == []
    assert len([m for m in env.lobby.history() if NATO_WORDS in words(m)]) == 1
