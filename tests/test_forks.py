"""Forks: what makes each a process of its own."""

import os
import signal

import pytest

from tests.fakediscord import FakeDiscord
from tests.forks import Fork
from tests.waiting import block_until

pytestmark = pytest.mark.model

PROGRAM = """
import os, signal, sys, threading, time, warnings
import discord.http
sys.stdout.reconfigure(errors="backslashreplace")  # as bot.cli.commands does, and this
sys.stdout = open(sys.stdout.fileno(), "w", buffering=1)
print(__name__, *sys.argv[1:], os.environ.get("GIVEN"), os.environ.get("LATER"), os.getcwd())
print(os.getpgid(0) == os.getpid(), threading.active_count(), len(os.listdir("/proc/self/task")))
print(discord.http.Route.BASE)
print("tests.preloaded" in sys.modules)
warnings.warn("at the bottom", ResourceWarning)
print("on the other stream", file=sys.stderr)
if sys.argv[1:] == ["wait"]:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))
    print("waiting")
    time.sleep(60)
sys.exit(3)
"""


@pytest.fixture
def program(tmp_path, monkeypatch):
    (tmp_path / "forked_program.py").write_text(PROGRAM)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("LATER", "inherited")
    return lambda *arguments: Fork("forked_program", *arguments)


async def test_it_has_what_is_its_own(program, tmp_path):
    given = {"GIVEN": "1", "PYTHONWARNINGS": "default"}
    async with FakeDiscord() as fd:
        bot = await fd.run_bot(program("one", "two"), given, tmp_path)
        await bot.reader
    assert bot.returncode == 3
    assert bot.lines[:4] == [
        f"__main__ one two 1 inherited {tmp_path}",
        "True 1 1",
        f"{fd.url}/api/v10",
        "True",
    ]
    assert "ResourceWarning: at the bottom" in bot.log_text
    assert "on the other stream" in bot.lines


@pytest.mark.parametrize(("kill", "status"), [(True, -signal.SIGKILL), (False, 5)])
async def test_it_ends_by_signals(program, kill, status):
    async with FakeDiscord() as fd:
        bot = await fd.run_bot(program("wait"))
        await bot.wait_log("waiting")
        assert bot.returncode is None
        assert await (bot.kill() if kill else bot.terminate()) == status
        block_until(lambda: not os.path.exists(f"/proc/{bot.pid}"))


async def test_it_is_killed_as_soon_as_it_is_there(program):
    async with FakeDiscord() as fd:
        bot = await fd.run_bot(program("wait"))
        assert await bot.kill() == -signal.SIGKILL
