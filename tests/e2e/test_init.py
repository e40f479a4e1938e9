"""`footnote init` as a process, asking the fake Discord."""

import asyncio
import os
import pty
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.permissions import NEEDED
from tests.e2e.environment import NATO, NATO_WORDS, done, words
from tests.fakediscord import FakeDiscord
from tests.fakediscord.driver.process import REDIRECT
from tests.fakediscord.permissions import EVERYONE
from tests.waiting import WAIT_SECONDS

pytestmark = pytest.mark.asyncio(loop_scope="session")
ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "bot", "init")


async def run(fd, folder, token):
    """Run it without a terminal; return its exit code and what it printed."""
    (folder / "token").write_text(token)
    command = [*COMMAND, "--token-file", "token", "--folder", "news"]
    process = await fd.run_bot(command, {"DISCORD_TOKEN": ""}, folder)
    await asyncio.wait_for(process.reader, WAIT_SECONDS)
    return process.returncode, process.log_text


async def test_a_good_token(tmp_path):
    async with FakeDiscord(name="Quoter") as fd:
        code, said = await run(fd, tmp_path, fd.token)
        assert (code, fd.errors, fd.unknown_routes) == (0, [], [])
    assert "quoter is set up" in said
    assert f"client_id={fd.bot.id}&" in said
    assert "Message Content" not in said
    assert dotenv_values(tmp_path / ".env") == {"DISCORD_TOKEN": fd.token, "FOOTNOTE_SEEDS": "news"}


async def test_without_the_intent(tmp_path):
    async with FakeDiscord(privileged=()) as fd:
        code, said = await run(fd, tmp_path, fd.token)
    assert code == 0
    assert "The Message Content Intent is off" in said


async def test_a_wrong_token(tmp_path):
    async with FakeDiscord() as fd:
        wrong = fd.token[::-1]
        code, said = await run(fd, tmp_path, wrong)
    assert code == 2
    assert "Discord rejects this token" in said
    assert wrong not in said
    assert not (tmp_path / ".env").exists()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [({"status": 503}, "status 503"), ({"reset": "before"}, "can't be reached")],
)
async def test_discord_out_of_reach(tmp_path, fault, reason):
    async with FakeDiscord() as fd:
        fd.fault("/users/@me", times=0, **fault)
        code, said = await run(fd, tmp_path, fd.token)
    assert code == 1
    assert reason in said
    assert "check the network" in said
    assert not (tmp_path / ".env").exists()


def on_a_terminal(folder, environment, *answers):
    """Type each (prompt, answer) when its prompt is shown; return the exit code and the output."""
    terminal, its_end = pty.openpty()
    process = subprocess.Popen(
        COMMAND,
        cwd=folder,
        env={"PATH": os.environ["PATH"], **environment},
        stdin=its_end,
        stdout=its_end,
        stderr=its_end,
        start_new_session=True,
    )
    os.close(its_end)
    shown = b""
    for prompt, answer in answers:
        while prompt not in shown:
            shown += os.read(terminal, 1024)
        os.write(terminal, f"{answer}\n".encode())
    with suppress(OSError):  # it has ended
        while True:
            shown += os.read(terminal, 1024)
    os.close(terminal)
    return process.wait(10), shown.decode()


async def test_on_a_terminal_the_token_is_not_shown(tmp_path):
    async with FakeDiscord(name="Quoter") as fd:
        path = os.pathsep.join([str(REDIRECT), str(ROOT)])
        code, said = await asyncio.to_thread(
            on_a_terminal,
            tmp_path,
            {"PYTHONPATH": path, "FAKE_DISCORD_URL": fd.url},
            (b"stays hidden", fd.token),
            (b"Folder", "news"),
        )
    assert code == 0
    assert "quoter is set up" in said
    assert fd.token not in said
    assert dotenv_values(tmp_path / ".env")["DISCORD_TOKEN"] == fd.token


@pytest.mark.parametrize("lacking", [None, "create_public_threads"])
async def test_what_the_link_asks_for_is_enough(env, lacking):
    """In a server where @everyone has nothing; without one of them something does not work."""
    given = [name for name, value in NEEDED if value and name not in (lacking, "read_messages")]
    guild = env.fd.add_guild("Strict", everyone=0, with_bot=False)
    guild.add_channel("welcome")  # takes the introduction
    env.fd.join(guild, ["view_channel", *given])
    ann = guild.add_member("Ann", permissions=EVERYONE)
    answer = await ann.ask(guild.add_channel("news"), f"{env.at} {NATO}")
    assert NATO_WORDS in words(answer)
    pressed = await done(ann.click(answer.message, "Ask in a thread"))
    if lacking:
        assert "thread" in pressed.content_text
        assert not answer.message.thread
    else:
        reply = await ann.ask(answer.message.thread, f"{env.at} Who is Carl Bildt?")
        assert "Former Swedish Prime Minister" in words(reply)
    env.assert_no_errors()
