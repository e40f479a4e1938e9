"""Bots that are started for one test: intents, zombies, restarts, the redirection."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.fakediscord import FakeDiscord, File, HarnessTimeout, InteractionFailed
from tests.waiting import WAIT_SECONDS

from .environment import DEMO, Environment, opened
from .test_gateway import reached

pytestmark = pytest.mark.asyncio(loop_scope="package")
ZSTD = os.environ.get("ZSTD_PATH", "")  # a folder with the zstandard package, if not installed
ENV = {"DEMO_CONTENT": "0", "DEMO_MEMBERS": "1", "FAKE_DISCORD_HEARTBEAT_TIMEOUT": "1"}


@pytest_asyncio.fixture(loop_scope="package", scope="module")
async def limited() -> AsyncIterator[Environment]:
    """A bot with the members intent, without message content, quick to give a gateway up."""
    options = {"heartbeat_interval": 0.3, "cdn": "discord", "privileged": ("members",)}
    async with opened(ENV, **options) as env:
        yield env


async def test_members_are_chunked(limited: Environment):
    ready = await limited.bot.wait_log("READY")
    assert re.search(r"\[4, 2\]|\[4, 3\]", ready)


async def test_no_message_content(limited: Environment):
    await limited.alice.say(limited.channel, "no mention")
    await limited.bot.wait_log("MESSAGE '' 0 Acme")
    dm = limited.alice.dm
    assert (await limited.ask("dm", channel=dm)).content_text == "you said: dm"


async def test_cdn_of_discord(limited: Environment):
    reply = await limited.ask(f"{limited.at} mention", attachments=[File("f.txt", b"F")])
    file = "[f.txt text/plain; charset=utf-8: F]"  # read from https://cdn.discordapp.com/...
    assert reply.content_text == f"you said: mention {file}"
    assert "cdn.discordapp.com" in reply.to.attachments[0].url


async def test_zombie(limited: Environment):
    gateway, resumes = limited.fd.gateway, limited.fd.gateway.resumes
    gateway.ack = False
    await reached(lambda: gateway.resumes > resumes)  # discord.py gave the zombie up
    gateway.ack, connects, resumes = True, gateway.connects, gateway.resumes
    gateway.mute()
    await reached(lambda: gateway.connects > connects)
    gateway.mute(False)
    await reached(lambda: gateway.resumes > resumes)
    assert await limited.answers()


async def test_kill_and_restart(limited: Environment, monkeypatch: pytest.MonkeyPatch):
    await limited.bot.kill()
    assert limited.bot.returncode == -9
    with monkeypatch.context() as patch:
        patch.setattr(limited.fd, "ack_window", 0.2)
        ix = await limited.alice.slash(limited.channel, "echo", text="anyone?")
        with pytest.raises(InteractionFailed):
            await ix.response()
    await limited.bot.restart(kill=True)
    await limited.fd.wait_ready()
    assert await limited.answers()
    assert limited.bot.rss_mb() > 10
    assert await limited.bot.terminate() is not None


@pytest.mark.skipif(not os.path.isdir(ZSTD), reason="ZSTD_PATH names no folder")
async def test_zstd_stream(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(ZSTD)
    async with opened({"PYTHONPATH": ZSTD}) as env:
        connection = env.fd.gateway.connections[0]
        assert connection.request.query["compress"] == "zstd-stream"
        assert connection.pack
        assert await env.answers()


@pytest.mark.parametrize(
    ("options", "variables", "message"),
    [
        ({}, {"DISCORD_TOKEN": "bad"}, "Improper token"),
        ({"privileged": ()}, {}, "PrivilegedIntentsRequired"),
    ],
)
async def test_bad_token_and_disallowed_intent(options: dict, variables: dict, message: str):
    async with FakeDiscord(**options) as fd:
        fd.add_guild("A")
        bot = await fd.run_bot(DEMO, variables)
        with pytest.raises(HarnessTimeout, match="exited"):
            await fd.wait_ready(20)
        assert bot.returncode
        assert message in bot.log_text


SCRIPT = """
import asyncio, aiohttp
URL = "https://discord.com/api/v10/gateway"
for name in ("httpx", "requests"):
    try:
        print(name, __import__(name).get(URL).json()["url"])
    except ImportError:
        print(name, "absent")
async def main():
    async with aiohttp.ClientSession() as session, session.get(URL) as response:
        print("aiohttp", (await response.json())["url"])
asyncio.run(main())
"""


async def test_redirected_libraries(tmp_path):
    """A bot that calls Discord hosts by aiohttp, httpx or requests lands on the fake server too."""
    script, log_file = tmp_path / "script.py", tmp_path / "bot.log"
    script.write_text(SCRIPT)
    async with FakeDiscord() as fd:
        bot = await fd.run_bot([sys.executable, script], log_file=log_file)
        await asyncio.wait_for(bot.reader, WAIT_SECONDS)
        assert len(bot.lines) == 3, bot.tail()
        assert all(fd.ws_url in line or "absent" in line for line in bot.lines), bot.tail()
        assert log_file.read_text().splitlines() == bot.lines
