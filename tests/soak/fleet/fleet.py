"""The fleet's processes and servers: started, killed, and started again."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psycopg

from tests import chroma, postgres
from tests.fakediscord import BotProcess, FakeDiscord, Guild
from tests.fakediscord.waiting import now
from tests.forks import Fork
from tests.soak.command import ROOT

PROGRAM = "tests.soak.fleet.light"
THRESHOLD = "0.2"
"""The light reader is less sure than the real one."""

READY_SECONDS = 300.0
ACK_SECONDS = 10.0
"""Instead of Discord's 3: a process that has just started shares two cores with all others."""

IDENTIFY_SECONDS = 5.0
"""Discord's own, once all of the fleet has started: that takes a minute by it."""

DOWN_SECONDS = 1.0
"""For which a server is gone."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a fleet is made of.

    `workers` answer for the bots; without them each bot answers for itself.
    """

    bots: int = 3
    shards_each: int = 2
    workers: int = 2
    servers: int = 60
    people: int = 200

    @property
    def shards(self) -> int:
        return self.bots * self.shards_each


@dataclass
class Outages:
    """When something was killed, and when it was back."""

    times: list[tuple[float, float]] = field(default_factory=list)

    def within(self, first: float, last: float) -> bool:
        """Tell whether it was away at some time of a period."""
        return any(began <= last and ended >= first for began, ended in self.times)


class Process:
    """One process of the fleet; `shards` are those of a bot, `ends` when it ended by itself.

    `worked_seconds` is the processor time that it took, its starts aside.
    """

    def __init__(self, name: str, process: BotProcess, started: str, shards: range) -> None:
        """`started` is what it logs once it works."""
        self.name = name
        self.shards = shards
        self.outages = Outages()
        self.ends: list[float] = []
        self.worked_seconds = 0.0
        self._process = process
        self._started = started
        self._is_starting = False

    @property
    def log(self) -> str:
        return self._process.log_text

    @property
    def is_running(self) -> bool:
        return self._process.returncode is None

    def works(self) -> bool:
        """Tell whether it has started, and was not killed since."""
        return self.is_running and not self._is_starting

    async def start(self) -> None:
        """Start it, again where it ends, as systemd does, and wait until it works."""
        before = self.log.count(self._started)
        self._is_starting = True
        await self._process.start()
        async with asyncio.timeout(READY_SECONDS):
            while self.log.count(self._started) == before:
                if not self.is_running:
                    self.ends.append(now())
                    await self._process.start()
                await asyncio.sleep(0.2)
        self._is_starting = False
        self._started_after = self._processor_seconds()

    async def kill(self) -> None:
        """kill -9, and start it again."""
        began = now()
        self._is_starting = True
        self.worked_seconds += self._processor_seconds() - self._started_after
        await self._process.kill()
        self._forget_sessions()
        await self.start()
        self.outages.times.append((began, now()))

    def _processor_seconds(self) -> float:
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _forget_sessions(self) -> None:
        """Do what Discord does some minutes later with sessions that nobody resumes."""
        sessions = self._process.fd.sessions
        for session in list(sessions.values()):
            if session.shard[0] in self.shards and not session.conn:
                del sessions[session.id]

    async def stop(self) -> int | None:
        """Stop it for good; return the exit status."""
        if self.works():
            self.worked_seconds += self._processor_seconds() - self._started_after
        return await self._process.terminate()


class Fleet:
    """The fleet and the loopback Discord.

    `outages` are those of the database, `connections` the most that there were to it.
    """

    def __init__(self, plan: Plan, folder: Path) -> None:
        self.plan = plan
        self.fd = FakeDiscord()
        self.fd.ack_window = ACK_SECONDS
        self.outages = Outages()
        self.connections = 0
        self._folder = folder
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            self.postgres = stack.enter_context(postgres.running(postgres.binaries()))
            self.database = self.postgres.create()
            self.chroma = chroma.Server(self._folder / "chroma")
            stack.callback(self.chroma.end)
            await stack.enter_async_context(self.fd)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def start(self) -> None:
        """Start all processes; the servers that the bots are in have to be there already."""
        self.bots = [self._bot(number) for number in range(self.plan.bots)]
        self.workers = [self._worker(number) for number in range(self.plan.workers)]
        for process in self.processes:
            self._stack.push_async_callback(process.stop)
        # The first one makes the database's tables, which the others would wait for.
        await self.bots[0].start()
        await asyncio.gather(*(process.start() for process in self.processes[1:]))
        self.fd.identify_seconds = IDENTIFY_SECONDS

    @property
    def processes(self) -> list[Process]:
        return [*self.bots, *self.workers]

    def _bot(self, number: int) -> Process:
        each = self.plan.shards_each
        shards = range(number * each, (number + 1) * each)
        carried = {"SHARDS": f"{shards[0]}-{shards[-1]}/{self.plan.shards}"}
        process = self._process("run", f"bot{number}", carried)
        return Process(f"bot {number}", process, "ready: ", shards)

    def _worker(self, number: int) -> Process:
        process = self._process("worker", f"worker{number}", {})
        return Process(f"worker {number}", process, "takes questions", range(0))

    def _process(self, command: str, folder: str, variables: Mapping[str, str]) -> BotProcess:
        given = {
            "FOOTNOTE_DATA": str(self._folder / folder),
            "FOOTNOTE_SEEDS": str(self._folder / "seeds"),
            "DATABASE_URL": self.database,
            "CHROMA_URL": self.chroma.url,
            "FOOTNOTE_THRESHOLD": THRESHOLD,
            **variables,
        }
        log = self._folder / f"{folder}.log"
        return BotProcess(self.fd, Fork(PROGRAM, command), given, ROOT, self.fd.token, log)

    def bot_of(self, guild: Guild | None) -> Process:
        """Return the bot that carries a server, or direct messages (None)."""
        shard = (int(guild.id) >> 22) % self.plan.shards if guild else 0
        return self.bots[shard // self.plan.shards_each]

    def carries(self, guild: Guild | None) -> bool:
        """Tell whether what happens in a server now reaches its bot."""
        return any(one.conn and one.covers(guild) for one in self.fd.sessions.values())

    async def stop(self) -> None:
        """Stop all processes; their servers stay."""
        await asyncio.gather(*(process.stop() for process in self.processes))

    async def count_connections(self) -> None:
        """Keep the most connections to the database that were seen, but for this one."""
        with suppress(psycopg.OperationalError):  # it is away
            self.connections = max(self.connections, await asyncio.to_thread(self._connections))

    def _connections(self) -> int:
        with psycopg.connect(self.database) as connection:
            query = "SELECT count(*) - 1 FROM pg_stat_activity WHERE datname = current_database()"
            (count,) = connection.execute(query).fetchone() or (0,)
            return int(count)

    async def restart_database(self) -> None:
        """Stop PostgreSQL as by a crash, and start it again."""
        began = now()
        await asyncio.to_thread(self.postgres.stop)
        await asyncio.sleep(DOWN_SECONDS)
        await asyncio.to_thread(self.postgres.start)
        self.outages.times.append((began, now()))

    async def restart_chroma(self) -> None:
        """kill -9 Chroma, and start it again with its data."""
        await asyncio.to_thread(self.chroma.end)
        await asyncio.sleep(DOWN_SECONDS)
        await asyncio.to_thread(self.chroma.start)
