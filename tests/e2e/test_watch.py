"""Folders that are kept in step; with a bot of their own, as it has seeds of its own."""

import asyncio
import sys

import pytest
import pytest_asyncio

from tests.e2e.world import ROOT, World, words

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    seeds = tmp_path_factory.mktemp("seeds")
    (seeds / "mill.txt").write_text("The mill\n\nThe mill of Fen is driven by the tide.")
    return seeds


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def world(new_data, seeds):
    async with World(new_data(), FOOTNOTE_SEEDS=str(seeds)) as world:
        yield world
        world.faultless()


async def asked(world, question):
    ix = await world.alice.slash(world.general, "ask", question=question)
    return words(await ix.final(20, settle=0.1))


async def test_seeds_that_come_change_and_go(world, seeds):
    assert "the tide" in await asked(world, "What drives the mill of Fen?")
    (seeds / "owls.md").write_text("# Owls\n\nThe owls of Tarn hunt at noon.")
    await world.bot.wait_log(r"owls\.md: added as article")
    assert "at noon" in await asked(world, "When do the owls of Tarn hunt?")
    (seeds / "bad.txt").write_text("")
    await world.bot.wait_log(r"bad\.txt cannot be read: it is empty")
    (seeds / "mill.txt").write_text("The mill\n\nThe mill of Fen is driven by the wind.")
    await world.bot.wait_log(r"mill\.txt: replaced as article")
    changed = await asked(world, "What drives the mill of Fen?")
    assert "the wind" in changed
    assert "the tide" not in changed
    (seeds / "owls.md").unlink()
    await world.bot.wait_log(r"owls\.md is gone; article \w+ was removed")
    assert "at noon" not in await asked(world, "When do the owls of Tarn hunt?")


async def test_another_process_watches_beside_the_bot(world, tmp_path):
    (tmp_path / "herons.txt").write_text("Herons\n\nThe herons of Nemi nest in the tower.")
    command = [sys.executable, "-m", "bot", "watch", str(tmp_path), "--space", world.acme.id]
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env=world.bot.env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        assert line.startswith(b"added herons.txt: Herons (")
        assert "in the tower" in await asked(world, "Where do the herons of Nemi nest?")
        (tmp_path / "herons.txt").unlink()
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        assert line.startswith(b"removed herons.txt: Herons (")
        assert "in the tower" not in await asked(world, "Where do the herons of Nemi nest?")
    finally:
        process.terminate()
        await process.wait()
