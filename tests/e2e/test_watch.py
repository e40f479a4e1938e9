"""Folders that are kept in step; with a bot of their own, as it has seeds of its own."""

import asyncio
import sys

import pytest
import pytest_asyncio

from tests.e2e.environment import ROOT, Environment, answered
from tests.waiting import WAIT_SECONDS

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    seeds = tmp_path_factory.mktemp("seeds")
    (seeds / "mill.txt").write_text("The mill\n\nThe mill of Fen is driven by the tide.")
    return seeds


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def env(new_data, seeds):
    async with Environment(new_data(), FOOTNOTE_SEEDS=str(seeds)) as env:
        yield env
        env.assert_no_errors()


async def test_seeds_that_come_change_and_go(env, seeds):
    assert "the tide" in await answered(env, "What drives the mill of Fen?")
    (seeds / "owls.md").write_text("# Owls\n\nThe owls of Tarn hunt at noon.")
    await env.bot.wait_log(r"owls\.md: added as article")
    assert "at noon" in await answered(env, "When do the owls of Tarn hunt?")
    (seeds / "bad.txt").write_text("")
    await env.bot.wait_log(r"bad\.txt cannot be read: it's empty")
    (seeds / "mill.txt").write_text("The mill\n\nThe mill of Fen is driven by the wind.")
    await env.bot.wait_log(r"mill\.txt: replaced as article")
    changed = await answered(env, "What drives the mill of Fen?")
    assert "the wind" in changed
    assert "the tide" not in changed
    (seeds / "owls.md").unlink()
    await env.bot.wait_log(r"owls\.md is gone; article \w+ was removed")
    assert "at noon" not in await answered(env, "When do the owls of Tarn hunt?")


async def test_another_process_watches_beside_the_bot(env, tmp_path):
    (tmp_path / "herons.txt").write_text("Herons\n\nThe herons of Nemi nest in the tower.")
    command = [sys.executable, "-m", "bot", "watch", str(tmp_path), "--space", env.acme.id]
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env=env.bot.env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        line = await asyncio.wait_for(process.stdout.readline(), WAIT_SECONDS)
        assert line.startswith(b"added herons.txt: Herons (")
        assert "in the tower" in await answered(env, "Where do the herons of Nemi nest?")
        (tmp_path / "herons.txt").unlink()
        line = await asyncio.wait_for(process.stdout.readline(), WAIT_SECONDS)
        assert line.startswith(b"removed herons.txt: Herons (")
        assert "in the tower" not in await answered(env, "Where do the herons of Nemi nest?")
    finally:
        process.terminate()
        await process.wait()
