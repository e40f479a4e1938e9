"""Starting and stopping; these have a bot process of their own."""

import asyncio
import socket

import pytest
import pytest_asyncio

from bot.cogs.settings.strings import SETTING_NAMES
from tests.e2e.world import BETWEEN, NATO, NATO_WORDS, World, index, words
from tests.fakediscord import File

pytestmark = pytest.mark.asyncio(loop_scope="session")
SURE = SETTING_NAMES["threshold"]
WRONG_TOKEN = "d3Jvbmc.Gfake0.wrong-wrong-wrong-wrong-wrong"


@pytest_asyncio.fixture(loop_scope="session")
async def world(new_data):
    async with World(new_data(), FOOTNOTE_INDEX_ROLE="Librarian") as world:
        yield world
        world.faultless()


async def test_role_restart_and_end(world):
    """One process and its successor, as each start takes seconds."""
    await role_may_index(world)
    asked = await world.boss.slash(world.general, "remove", article="Role")
    await asked.final(20, settle=0.1)
    file = File("last.txt", b"Last\n\nThe last article before the restart.")
    added = await world.boss.slash(world.general, "index file", file=file)
    await added.final(20, settle=0.1, until=lambda ix: bool(ix.embeds))
    panel = await strict_panel(world)
    synced = registrations(world)
    await sigterm_finishes_what_runs(world)
    await world.bot.restart()
    await world.fd.wait_ready(60)
    await world.bot.wait_log("ready: 2 servers")
    done = await (await world.boss.click(asked, "Remove")).final(20, settle=0.1)
    assert words(done) == "Removed “Role”.", "buttons outlive the process"
    undone = await (await world.boss.click(added.message, "Undo")).final(20, settle=0.1)
    assert "“Last” is removed." in words(undone)
    assert registrations(world) == synced, "the commands have not changed"
    await settings_hold(world, panel)
    await a_refused_intent_ends_it(world)


async def role_may_index(world):
    role = world.acme.add_role("LIBRARIAN")
    world.acme.set_roles(world.alice, [role])
    assert "index text" in world.alice.visible_commands(world.general)
    await index(world, world.alice, world.general, "Role", "Librarians may index this article.")
    guest = world.acme.add_member("Guest")
    ix = await (await guest.slash(world.general, "index text")).final(20, settle=0.1)
    assert "Manage Server or the role Librarian" in words(ix)


async def strict_panel(world):
    panel = await (await world.boss.slash(world.general, "settings panel")).final(20, settle=0.1)
    return await (await world.boss.select(panel, ["Strict"], SURE)).final(20, settle=0.1)


async def settings_hold(world, panel):
    ix = await world.alice.slash(world.general, "ask", question=BETWEEN)
    assert "The articles do not say." in words(await ix.final(20, settle=0.1))
    shown = await world.boss.click(panel.message, "Answer privately")
    assert "private" in words(await shown.final(20, settle=0.1))
    await (await world.boss.select(panel.message, ["Balanced"], SURE)).final(20, settle=0.1)
    ix = await (await world.alice.slash(world.general, "ask", question=BETWEEN)).final(20)
    assert ix.ephemeral
    assert "The articles do not say." not in words(ix)


def registrations(world):
    return sum(r.method == "PUT" and r.path.endswith("/commands") for r in world.fd.requests)


async def sigterm_finishes_what_runs(world):
    world.fd.fault("/messages/@original", 0, method="PATCH", delay=1.0)
    running = await world.alice.slash(world.general, "ask", question=NATO)
    await running.acked()
    stopped = asyncio.create_task(world.bot.terminate(15))
    await asyncio.sleep(0.3)
    late = await world.alice.slash(world.general, "ask", question=NATO)
    assert NATO_WORDS in words(await running.final(20, settle=0))
    assert "about to restart" in words(await late.final(20, settle=0))
    assert await stopped == 0


async def a_refused_intent_ends_it(world):
    world.fd.gateway.close(4014)
    await asyncio.wait_for(world.bot.proc.wait(), 15)
    await asyncio.wait([world.bot.reader], timeout=2)
    assert world.bot.returncode == 1
    assert "4014" in world.bot.lines[-1]


async def test_wrong_token_is_one_line_and_a_taken_port_another(new_data):
    """The bot asks Discord all the same where it cannot serve its metrics."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        await refused_by_discord(new_data(), taken.getsockname()[1])


async def refused_by_discord(data, taken_port):
    given = {"DISCORD_TOKEN": WRONG_TOKEN, "METRICS_PORT": str(taken_port)}
    async with World(data, ready=False, **given) as world:
        await asyncio.wait_for(world.bot.proc.wait(), 30)
        await asyncio.wait([world.bot.reader], timeout=2)
        assert world.bot.returncode == 1
        assert "refused DISCORD_TOKEN" in world.bot.lines[-1]
        assert "Traceback" not in world.bot.log_text
        assert WRONG_TOKEN not in world.bot.log_text
        (line,) = [line for line in world.bot.lines if "METRICS_PORT" in line]
        assert f"{taken_port} cannot be used: Address already in use" in line
