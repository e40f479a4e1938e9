"""Articles that come in: what managers index, and what feeds have."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import psycopg

from tests.e2e.environment import done
from tests.e2e.site import FILLER, Paper, Site
from tests.fakediscord import HarnessTimeout, Interaction, Refused
from tests.fakediscord.waiting import now
from tests.soak.fleet.fleet import Fleet
from tests.soak.fleet.people import Server
from tests.soak.simulation.activity import within

INDEX_SECONDS = 30.0
THERE_SECONDS = 90.0
AT_ONCE = 10
TRIES = 2
LONG_AGO = "2025-01-01T00:00:00.000+00:00"
TOPIC = "What do pilots say about the harbour signal?"
"""Followed: what feeds have answers it."""

_SYLLABLES = "ba do fe gi ku la mo ne pi ru sa to ve wi zu ka le mi no pe".split()


@dataclass(frozen=True, slots=True)
class News:
    """An article with a secret; `indexed` is what the bot answered who indexed it."""

    server: Server
    name: str
    word: str
    indexed: Interaction | None = None

    @property
    def title(self) -> str:
        return f"Signal {self.name}"

    @property
    def text(self) -> str:
        return f"The harbour signal {self.name} is {self.word}, its pilots said on Monday."

    @property
    def question(self) -> str:
        return f"What is the harbour signal {self.name}?"

    @property
    def is_confirmed(self) -> bool:
        """Tell whether the bot said that it has the article."""
        embeds = self.indexed.embeds if self.indexed else ()
        return any(f["name"] == "ID" for embed in embeds for f in embed.get("fields", ()))


def news(server: Server, number: int) -> News:
    """Make up an article; no two of a number are alike."""
    syllables = (_SYLLABLES[number // 20**place % 20] for place in range(3))
    return News(server, f"{''.join(syllables).title()}{number}", f"{server.word}n{number}")


@dataclass
class Desk:
    """All that came in: what managers indexed, and what feeds had."""

    fleet: Fleet
    site: Site
    papers: dict[int, Paper] = field(default_factory=dict)
    indexed: list[News] = field(default_factory=list)
    fed: list[News] = field(default_factory=list)
    _numbers: int = 0

    async def index_first(self, servers: Sequence[Server]) -> None:
        """Have each server index its first article."""
        for server in servers:
            indexing = await index(server, f"Council of {server.name}", server.text)
            await indexing.final(INDEX_SECONDS, until=lambda ix: bool(ix.embeds))

    async def add_feeds(self, servers: Sequence[Server]) -> None:
        """Have servers follow a feed of their own, and somebody in each a topic."""
        await asyncio.gather(*map(self._add_feed, servers))

    async def _add_feed(self, server: Server) -> None:
        name, manager, channel = f"paper{server.number}", server.manager, server.channel
        paper = self.papers[server.number] = self.site.paper(name, f"The {server.name} Times")
        paper.publish(f"First of {server.name}", "The paper was founded on Sunday.")
        link = self.site.url(f"{name}/feed")
        await done(manager.slash(channel, "feeds add", link=link, channel=server.news))
        await done(manager.slash(channel, "follow", topic=TOPIC, channel=server.alerts))

    def _next(self, server: Server) -> News:
        self._numbers += 1
        return news(server, self._numbers)

    async def index_one(self, server: Server) -> None:
        """Index an article, whatever becomes of the bot meanwhile."""
        one = self._next(server)
        with suppress(HarnessTimeout, Refused):  # Refused: it was told why there is no form
            self.indexed.append(
                News(server, one.name, one.word, await index(server, one.title, one.text))
            )

    async def feed_one(self, server: Server) -> None:
        """Have a feed name an article, and be due."""
        one = self._next(server)
        self.papers[server.number].publish(one.title, f"{one.text} {FILLER}")
        self.fed.append(one)
        await self.make_due()

    async def make_due(self) -> None:
        """Let time pass for all feeds."""
        with suppress(psycopg.OperationalError):  # the database is away
            await asyncio.to_thread(self._make_due)

    @property
    def to_be_there(self) -> list[News]:
        """What was confirmed, and what feeds had, as they are asked until it is there."""
        return [*(one for one in self.indexed if one.is_confirmed), *self.fed]

    async def missing(self) -> list[News]:
        """Check feeds until all is in the database; return what is not there in the end."""
        ends, left = now() + THERE_SECONDS, self.to_be_there
        while left and now() < ends:
            await self.make_due()
            await asyncio.sleep(1.0)
            there = await asyncio.to_thread(self._titles)
            left = [one for one in left if one.title not in there]
        return left

    async def unfound(self) -> dict[str, str]:
        """Ask the bots for each article; return what they say of those that they do not find."""
        turns = asyncio.Semaphore(AT_ONCE)

        async def answer(one: News) -> str:
            async with turns:
                asker, said = one.server.manager, "nothing"
                for _ in range(TRIES):  # the process may be starting, and the answer late
                    with suppress(HarnessTimeout):
                        asked = await asker.slash(one.server.channel, "ask", question=one.question)
                        await asked.final(INDEX_SECONDS, settle=0)
                        said = asked.content_text
                        if one.word in said:
                            break
                return said

        wanted = self.to_be_there
        answers = zip(wanted, await asyncio.gather(*map(answer, wanted)), strict=True)
        return {one.question: said for one, said in answers if one.word not in said}

    async def all_told(self) -> None:
        """Wait until all is announced and subscribers are notified, but not forever."""
        ends = now() + THERE_SECONDS
        while now() < ends and await asyncio.to_thread(self._untold):  # noqa: ASYNC110 - a database
            await asyncio.sleep(1.0)

    def _untold(self) -> bool:
        with psycopg.connect(self.fleet.database) as connection:
            row = connection.execute(
                "SELECT count(*) + (SELECT max(n) FROM arrivals)"
                " - (SELECT value FROM counters WHERE name = 'matched')"
                " + (SELECT count(*) FROM feed_entries WHERE announcement IS NOT NULL)"
                " FROM matches WHERE settled = 0"
            ).fetchone()
            return bool(row and row[0])

    def _titles(self) -> set[str]:
        with psycopg.connect(self.fleet.database) as connection:
            return {title for (title,) in connection.execute("SELECT title FROM articles")}

    def _make_due(self) -> None:
        with psycopg.connect(self.fleet.database) as connection:
            connection.execute("UPDATE feeds SET next_check = %s", [LONG_AGO])


async def index(server: Server, title: str, text: str) -> Interaction:
    """Send an article through the form. Raises HarnessTimeout where the bot shows no form."""
    form = await (await server.manager.slash(server.channel, "index text")).response()
    return await server.manager.submit_modal(form, {"Title": title, "Text": text})


@asynccontextmanager
async def coming_in(
    desk: Desk, servers: Sequence[Server], every_seconds: float
) -> AsyncIterator[None]:
    """Have articles come in, by turns from a manager and a feed."""
    ended, rng = asyncio.Event(), random.Random(0)
    feeding = [server for server in servers if server.number in desk.papers]

    async def go_on() -> None:
        while not await within(ended, every_seconds):
            server = rng.choice(servers)
            if desk.fleet.carries(server.guild):
                await desk.index_one(server)
            await desk.feed_one(rng.choice(feeding))

    task = asyncio.create_task(go_on())
    try:
        yield
    finally:
        ended.set()
        await task
