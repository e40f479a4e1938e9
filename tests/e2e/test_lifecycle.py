"""Starting and stopping; these have a bot process of their own."""

import asyncio
import socket

import pytest
import pytest_asyncio

from bot.cogs.settings.strings import SETTING_NAMES
from tests.e2e.environment import BETWEEN, FOOTNOTE, NATO, NATO_WORDS, Environment, index, words
from tests.fakediscord import File
from tests.waiting import WAIT_SECONDS

pytestmark = pytest.mark.asyncio(loop_scope="session")
SURE = SETTING_NAMES["threshold"]
WRONG_TOKEN = "d3Jvbmc.Gfake0.wrong-wrong-wrong-wrong-wrong"


@pytest_asyncio.fixture(loop_scope="session")
async def env(new_data):
    async with Environment(new_data(), run=FOOTNOTE, FOOTNOTE_INDEX_ROLE="Librarian") as env:
        yield env
        env.assert_no_errors()


async def test_role_restart_and_end(env):
    """One process and its successor, as each start takes seconds."""
    await role_may_index(env)
    asked = await env.boss.slash(env.general, "remove", article="Role")
    await asked.final()
    file = File("last.txt", b"Last\n\nThe last article before the restart.")
    added = await env.boss.slash(env.general, "index file", file=file)
    await added.final(until=lambda ix: bool(ix.embeds))
    panel = await strict_panel(env)
    synced = registrations(env)
    await sigterm_finishes_what_runs(env)
    await env.restart()
    done = await (await env.boss.click(asked, "Remove")).final()
    assert "Removed: 1 article" in words(done), "buttons outlive the process"
    undone = await (await env.boss.click(added.message, "Undo")).final()
    assert "“Last” was removed." in words(undone)
    assert registrations(env) == synced, "the commands have not changed"
    await settings_hold(env, panel)
    await a_refused_intent_ends_it(env)


async def role_may_index(env):
    role = env.acme.add_role("LIBRARIAN")
    env.acme.set_roles(env.alice, [role])
    assert "index text" in env.alice.visible_commands(env.general)
    await index(env, env.alice, env.general, "Role", "Librarians may index this article.")
    member = env.acme.add_member("Member")
    ix = await (await member.slash(env.general, "index text")).final()
    assert "Manage Server or the role Librarian" in words(ix)


async def strict_panel(env):
    panel = await (await env.boss.slash(env.general, "settings panel")).final()
    return await (await env.boss.select(panel, ["Strict"], SURE)).final()


async def settings_hold(env, panel):
    ix = await env.alice.slash(env.general, "ask", question=BETWEEN)
    assert "I couldn't find that in the articles." in words(await ix.final())
    shown = await env.boss.click(panel.message, "Answer privately")
    assert "private" in words(await shown.final())
    await (await env.boss.select(panel.message, ["Balanced"], SURE)).final()
    ix = await (await env.alice.slash(env.general, "ask", question=BETWEEN)).final()
    assert ix.ephemeral
    assert "I couldn't find that in the articles." not in words(ix)


def registrations(env):
    return sum(r.method == "PUT" and r.path.endswith("/commands") for r in env.fd.requests)


async def sigterm_finishes_what_runs(env):
    env.fd.fault("/messages/@original", 0, method="PATCH", delay=1.0)
    running = await env.alice.slash(env.general, "ask", question=NATO)
    await running.acked()
    stopped = asyncio.create_task(env.bot.terminate(15))
    await asyncio.sleep(0.3)
    late = await env.alice.slash(env.general, "ask", question=NATO)
    assert NATO_WORDS in words(await running.final(settle=0))
    assert "about to restart" in words(await late.final(settle=0))
    assert await stopped == 0


async def a_refused_intent_ends_it(env):
    env.fd.gateway.close(4014)
    await asyncio.wait_for(env.bot.proc.wait(), WAIT_SECONDS)
    await asyncio.wait([env.bot.reader], timeout=WAIT_SECONDS)
    assert env.bot.returncode == 1
    assert "4014" in env.bot.lines[-1]


async def test_wrong_token_is_one_line_and_a_taken_port_another(new_data):
    """The bot asks Discord all the same where it cannot serve its metrics."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        await refused_by_discord(new_data(), taken.getsockname()[1])


async def refused_by_discord(data, taken_port):
    given = {"DISCORD_TOKEN": WRONG_TOKEN, "METRICS_PORT": str(taken_port)}
    async with Environment(data, ready=False, **given) as env:
        await asyncio.wait_for(env.bot.proc.wait(), WAIT_SECONDS)
        await asyncio.wait([env.bot.reader], timeout=WAIT_SECONDS)
        assert env.bot.returncode == 1
        assert "refused DISCORD_TOKEN" in env.bot.lines[-1]
        assert "Traceback" not in env.bot.log_text
        assert WRONG_TOKEN not in env.bot.log_text
        (line,) = [line for line in env.bot.lines if "METRICS_PORT" in line]
        assert f"{taken_port} cannot be used: Address already in use" in line
