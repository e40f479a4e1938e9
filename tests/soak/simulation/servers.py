"""The bot with servers and users in them; each server has an article with a word of its own."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e import quick_bot
from tests.e2e.environment import RUN, Environment, index
from tests.fakediscord import Actor, Outcome
from tests.fakediscord.model import Channel, Guild
from tests.soak.command import ROOT, new_data

SERVERS, USERS = 20, 50
DISCORD_ACK_SECONDS = 3.0
SUITE_SERVERS = 4
"""In the suite: starting twenty takes longer than a check of a round."""

_ENDS = "varn sten holm mar lund fors dal vik rud borg".split()
_STARTS = "quil xyl zeph torn brim".split()
_SIDES = "north south".split()


@dataclass(frozen=True)
class Server:
    """A server, its channel, the one who may index there, and the word that only it knows."""

    guild: Guild
    channel: Channel
    manager: Actor
    word: str

    @property
    def question(self) -> str:
        return f"What is the code word of {self.guild.name}?"


@dataclass
class User:
    """A member of a server. `last_answer` is the last one with buttons that the bot gave.

    `asked` numbers the questions, so that those that are to be answered anew are not remembered.
    """

    name: str
    actor: Actor
    server: Server
    rng: random.Random
    last_answer: Outcome | None = None
    asked: int = 0


@dataclass(frozen=True)
class Simulation:
    """All servers, and all users in turn over them."""

    env: Environment
    servers: list[Server]
    users: list[User]

    @property
    def words(self) -> set[str]:
        return {server.word for server in self.servers}


def seeds_in(folder: Path) -> Path:
    """The seeds folder of a check."""
    return folder / "seeds"


@asynccontextmanager
async def started(
    folder: Path, *, servers: int = SERVERS, users: int = USERS, **variables: str
) -> AsyncIterator[Simulation]:
    """Start the bot with data and seeds in `folder`, and add servers that index their articles.

    In the suite its reader only counts words.
    """
    suite = servers <= SUITE_SERVERS
    shutil.copytree(ROOT / "seeds", seeds_in(folder))
    variables["FOOTNOTE_SEEDS"] = str(seeds_in(folder))
    run = quick_bot.RUN if suite else RUN
    async with Environment(new_data(folder), run=run, **variables) as env:
        if not suite:
            env.fd.ack_window = DISCORD_ACK_SECONDS
        added = await asyncio.gather(*(_add_server(env, number) for number in range(servers)))
        yield Simulation(env, added, [_add_user(added[n % servers], n) for n in range(users)])


async def _add_server(env: Environment, number: int) -> Server:
    start, end, side = number // 2 % 5, number // 2, number % 2
    name = f"{_STARTS[start]}{_ENDS[end % 10]} {_SIDES[side]}".title()
    word = f"{_ENDS[number % 10]}{_STARTS[number // 4 % 5]}{number:02}"
    guild = env.fd.add_guild(name)
    channel = guild.add_channel("general")
    manager = guild.add_member(f"Manager of {name}", permissions="manage_guild")
    text = f"The code word of {name} is {word}, its council agreed on Monday."
    await index(env, manager, channel, f"Council of {name}", text)
    return Server(guild, channel, manager, word)


def _add_user(server: Server, number: int) -> User:
    name = f"User {number}"
    return User(name, server.guild.add_member(name), server, random.Random(number))
