"""The bot on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e import quick_bot
from tests.e2e.environment import NATO, NATO_WORDS, Environment, index, words
from tests.soak.checks.isolation import figures
from tests.soak.isolation import probe
from tests.soak.isolation.actions import ACTIONS

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def env(new_data, postgres):
    async with Environment(new_data(), run=quick_bot.RUN, DATABASE_URL=postgres.create()) as env:
        yield env
        env.assert_no_errors()


async def test_it_answers_from_it_and_makes_no_file(env):
    assert NATO_WORDS in words(await env.alice.ask(env.general, f"{env.at} {NATO}"))
    assert not has_file(env)


def has_file(env):
    return (Path(env.variables["FOOTNOTE_DATA"]) / "footnote.db").exists()


async def test_no_action_shows_what_another_server_has(env):
    report = await probe(env, count=len(ACTIONS))
    assert [figure for figure in figures(report) if not figure.held] == []
    assert report.tried.keys() == ACTIONS.keys()


async def test_what_was_acknowledged_outlives_kill_and_restart_of_the_server(env, postgres):
    text = "The ferry of Wexcombe sank on Tuesday, its owner said."
    await index(env, env.boss, env.general, "Ferry of Wexcombe", text)
    postgres.stop()
    postgres.start()
    await env.restart(kill=True)
    asked = await env.alice.slash(env.general, "ask", question="What sank on Tuesday?")
    assert "Wexcombe" in words(await asked.final())
