"""A server, two guilds, a demo bot, and short cuts for the tests."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import AsyncIterator, Awaitable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from tests.fakediscord import BotProcess, FakeDiscord, Outcome, Reply

DEMO = (sys.executable, Path(__file__).parent / "demo_bot.py")
Answer = TypeVar("Answer", bound=Outcome)


class Environment:
    """Alice and Boss in Acme with the bot; `channel` is a fresh one in each test."""

    bot: BotProcess

    def __init__(self, fd: FakeDiscord) -> None:
        self.fd, self.at = fd, fd.bot.mention
        self.guild, self.other_guild = fd.add_guild("Acme"), fd.add_guild("Beta")
        self.channel = self.guild.add_channel("general")
        self.alice = self.guild.add_member("Alice")
        self.boss = self.guild.add_member("Boss", permissions="manage_guild")

    async def final(self, action: Awaitable[Answer], settle: float = 0.1) -> Answer:
        """Do something and wait for its final answer."""
        return await (await action).final(settle=settle)

    async def ask(self, text: str, settle: float = 0.1, **kw: Any) -> Reply:
        """Let Alice write to the bot and wait for its final answer."""
        channel = kw.pop("channel", self.channel)
        return await self.alice.ask(channel, text, settle=settle, **kw)

    async def answers(self) -> bool:
        """Tell whether the bot is there."""
        ix = await self.final(self.alice.slash(self.channel, "echo", text="still here"))
        return ix.content_text == "still here"

    async def call(
        self, method: str, path: str, body: Any, token: str | None = None
    ) -> tuple[int, Any, Mapping[str, str]]:
        """Call the REST API as the bot does; return status, body and headers."""
        url = f"{self.fd.url}/api/v10{path}"
        headers = {"Authorization": f"Bot {token or self.fd.token}"}
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, url, json=body, headers=headers) as response,
        ):
            return response.status, await response.json(content_type=None), response.headers


@contextlib.asynccontextmanager
async def opened(
    variables: Mapping[str, str] | None = None, **options: Any
) -> AsyncIterator[Environment]:
    """Run a server with these options, and the demo bot in it."""
    async with FakeDiscord(**options) as fd:
        env = Environment(fd)
        env.bot = await fd.run_bot(DEMO, variables)
        await fd.wait_ready(commands=["echo", "index"])
        await env.bot.wait_log("READY")
        yield env
