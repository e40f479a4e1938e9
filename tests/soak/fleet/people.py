"""Servers with a secret each, and people in them who ask for it, again and again."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.fakediscord import Actor, HarnessTimeout, Outcome
from tests.fakediscord.model import Channel, Guild
from tests.soak.fleet.fleet import Fleet
from tests.soak.simulation.activity import within

ANSWER_SECONDS = 20.0
"""After so long an answer counts as lost."""

OFFLINE_SECONDS = 0.5
"""Between two checks that a server's bot is back: Discord shows that it is offline."""

_ENDS = "varn sten holm mar lund fors dal vik rud borg".split()
_STARTS = "quil xyl zeph torn brim fosk".split()


WORDS = re.compile(rf"(?:{'|'.join(_ENDS)})(?:{'|'.join(_STARTS)})(\d{{3}})(?:n\d+)?")
"""The secrets of all servers; the group is the server's number."""


@dataclass(frozen=True)
class Server:
    """A server; `word` is in its first article, and only there.

    What feeds have is announced in `news`, what is on a followed topic in `alerts`.
    """

    number: int
    guild: Guild
    channel: Channel
    news: Channel
    alerts: Channel
    manager: Actor

    @property
    def name(self) -> str:
        return self.guild.name

    @property
    def word(self) -> str:
        """The server's secret; those of its other articles begin with it."""
        return f"{_ENDS[self.number % 10]}{_STARTS[self.number // 10 % 6]}{self.number:03}"

    @property
    def text(self) -> str:
        """The text of its first article."""
        return f"The code word of {self.name} is {self.word}, its council agreed on Monday."

    @property
    def question(self) -> str:
        return f"What is the code word of {self.name}?"


@dataclass
class Person:
    """A member of a server, and the last answer with buttons that he or she was given."""

    actor: Actor
    server: Server
    rng: random.Random
    last_answer: Outcome | None = None
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Use:
    """One use of the bot; `expected` is in the answer. What came of it is in `seen` in the end.

    `server` None is a direct message. `records` tells whether the answer is counted and kept.
    """

    action: str
    server: Server | None
    seen: Outcome
    expected: str
    records: bool = True


PUBLIC_QUESTION = "Who moored the barge of Anholt?"
PUBLIC_WORD = "Ferryman Gullbrand"
PUBLIC_ARTICLE = (
    "The barge of Anholt\n\n"
    f"{PUBLIC_WORD} moored the barge of Anholt at the old quay on Monday. Nobody was hurt.\n"
)
"""What everybody may ask, in direct messages too."""


def add_servers(fleet: Fleet) -> list[Server]:
    """Add servers, as many to each shard."""
    fd, shards = fleet.fd, fleet.plan.shards
    servers = []
    for number in range(fleet.plan.servers):
        while (int(fd.snowflake()) >> 22) % shards != number % shards:
            time.sleep(0.0005)
        guild = fd.add_guild(f"{_STARTS[number % 6]}{_ENDS[number // 6 % 10]}".title())
        servers.append(
            Server(
                number,
                guild,
                guild.add_channel("general"),
                guild.add_channel("news"),
                guild.add_channel("alerts"),
                guild.add_member("Manager", permissions="manage_guild"),
            )
        )
    return servers


def add_people(fleet: Fleet, servers: list[Server]) -> list[Person]:
    """Add members to the servers, in turn."""
    return [
        Person(
            (server := servers[n % len(servers)]).guild.add_member(f"Person {n}"),
            server,
            random.Random(n),
        )
        for n in range(fleet.plan.people)
    ]


async def ask(fleet: Fleet, person: Person) -> Use:
    """/ask for the server's own word."""
    server = person.server
    seen = await person.actor.slash(server.channel, "ask", question=_question(person))
    return Use("/ask", server, seen, server.word)


async def mention(fleet: Fleet, person: Person) -> Use:
    """A message to the bot."""
    server = person.server
    text = f"{fleet.fd.bot.mention} {_question(person)}"
    message = await person.actor.say(server.channel, text)
    return Use("mention", server, fleet.fd.reply_to(message), server.word)


async def direct_message(fleet: Fleet, person: Person) -> Use:
    """A direct message, which sees what is public."""
    message = await person.actor.say(person.actor.dm, PUBLIC_QUESTION)
    return Use("direct message", None, fleet.fd.reply_to(message), PUBLIC_WORD)


async def passages(fleet: Fleet, person: Person) -> Use:
    """The button under the last answer, whoever gave it; a question where there is none yet."""
    if person.last_answer is None or "Passages" not in person.last_answer.buttons:
        return await ask(fleet, person)
    seen = await person.actor.click(person.last_answer, "Passages")
    return Use("Passages", person.server, seen, "", records=False)


ACTIONS: tuple[tuple[Callable[[Fleet, Person], Awaitable[Use]], int], ...] = (
    (ask, 50),
    (mention, 30),
    (direct_message, 10),
    (passages, 10),
)
"""How many of a hundred uses each is."""


def _question(person: Person) -> str:
    """Half of the questions are worded as never before: what was answered is remembered."""
    person.asked += 1
    if person.rng.random() < 0.5:
        return person.server.question
    return f"{person.server.question} Once more, for the {person.asked}th time."


async def answered(use: Use) -> bool:
    """Wait for the answer; False where none came."""
    try:
        await use.seen.final(ANSWER_SECONDS, settle=0)
    except HarnessTimeout:
        return False
    return True


@asynccontextmanager
async def asking(
    fleet: Fleet, people: list[Person], think: tuple[float, float]
) -> AsyncIterator[list[Use]]:
    """Have people use the bot, `think` seconds (from, to) before each use, to the last answer."""
    uses: list[Use] = []
    ended = asyncio.Event()

    async def go_on(person: Person) -> None:
        while not await within(ended, person.rng.uniform(*think)):
            (action,) = person.rng.choices([a for a, _ in ACTIONS], [n for _, n in ACTIONS])
            where = None if action is direct_message else person.server.guild
            if not fleet.carries(where):
                await asyncio.sleep(OFFLINE_SECONDS)
                continue
            use = await action(fleet, person)
            uses.append(use)
            if await answered(use) and "Passages" in use.seen.buttons:
                person.last_answer = use.seen

    tasks = [asyncio.create_task(go_on(person)) for person in people]
    try:
        yield uses
    finally:
        ended.set()
        await asyncio.gather(*tasks)
