"""Two servers, their people, and the real bot process between them."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Awaitable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Self

from index.store.database import DATABASE
from tests.fakediscord import FakeDiscord, Guild, Interaction, Message, Outcome, Reply
from tests.forks import Fork
from tests.waiting import WAIT_SECONDS, until

ROOT = Path(__file__).resolve().parents[2]
FOOTNOTE = [sys.executable, "-m", "bot", "run"]
RUN = Fork("tests.e2e.bot", "run")
"""The same, but that it is forked and what its reader says is kept."""
RUN_ON_LOOPBACK = Fork("tests.e2e.loopback_bot", "run")
"""It also reaches sites on loopback, and polls several times a second."""
COMMANDS = """
    ask articles feeds follow following help index latest privacy reindex remove settings stats
    summary unfollow
""".split()
ACK_SECONDS = 10.0
"""For an interaction to be acknowledged; Discord gives 3, which `make soak` measures against."""
NATO = "What did Hegseth say about NATO?"
NATO_WORDS = "aspirations for NATO membership"
BETWEEN = "Who said that all options were still available?"
"""Answered on the level Balanced, refused on Strict."""
SEED_TITLE = "Unsettling Clarity in Trump's Ukraine Strategy Raises Concerns Among Allies"

_RECONNECT = re.compile(
    r"^\S+ \S+ ERROR discord\.client: Attempting a reconnect.*?(?=^\d{4}-|\Z)",
    re.DOTALL | re.MULTILINE,
)
"""The loop of its Discord stands still while tests without a loop run, at times for minutes."""


class Environment:
    """Acme, where most happens, and Beta, whose people must not see Acme's articles."""

    def __init__(
        self,
        data: Path,
        *,
        ready: bool = True,
        run: list[str] | Fork = RUN,
        privileged: Sequence[str] = (),
        **variables: str,
    ) -> None:
        self.fd = FakeDiscord(privileged=privileged)
        self.variables = {
            "FOOTNOTE_DATA": str(data),
            "FOOTNOTE_SEEDS": str(ROOT / "seeds"),
            "PYTHONWARNINGS": "default",
            **variables,
        }
        self.fd.ack_window = ACK_SECONDS
        self.database: Path | str = variables.get("DATABASE_URL") or data / DATABASE
        self._ready = ready
        self._run = run
        self.acme, self.beta = self.fd.add_guild("Acme"), self.fd.add_guild("Beta")
        self.general, self.lobby = self.acme.add_channel("general"), self.beta.add_channel("lobby")
        self.alice = self.acme.add_member("Alice")
        self.boss = self.acme.add_member("Boss", permissions="manage_guild")
        self.bea = self.beta.add_member("Bea", permissions="manage_guild")

    async def __aenter__(self) -> Self:
        await self.fd.__aenter__()
        try:
            self.bot = await self.fd.run_bot(self._run, self.variables, cwd=ROOT)
            if self._ready:
                await self.fd.wait_ready(WAIT_SECONDS, commands=COMMANDS)
                await self.bot.wait_log("ready: 2 servers")
        except BaseException:
            await self.fd.__aexit__()
            raise
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.fd.__aexit__(*exception)

    def add_server(self, name: str) -> Guild:
        """A server whose first channel takes the bot's introduction, so that no test does."""
        guild = self.fd.add_guild(name, with_bot=False)
        guild.add_channel("welcome")
        self.fd.join(guild)
        return guild

    async def restart(self, *, kill: bool = False) -> None:
        """Stop or kill the bot, start it again and wait until it is ready."""
        before = self.bot.log_text.count("ready: ")
        await self.bot.restart(kill=kill)
        await until(lambda: self.bot.log_text.count("ready: ") > before)

    @property
    def at(self) -> str:
        return self.fd.bot.mention

    def sql(self, statement: str, parameters: Sequence[Any] = ()) -> list[tuple]:
        """Read or change the running bot's database."""
        with closing(sqlite3.connect(self.database)) as connection, connection:
            return connection.execute(statement, parameters).fetchall()

    def forge(self, message: Message, custom_id: str, label: str = "Next") -> None:
        """Give a button another custom_id, as a hand-made client might send."""
        (button,) = [c for c in message.interactive() if c.get("label") == label]
        button.update(custom_id=custom_id, disabled=False)

    def clear_faults(self) -> None:
        """Take back what an earlier test did to Discord."""
        self.fd.clear_faults()
        self.fd.buckets.clear()

    def assert_no_errors(self) -> None:
        """Assert that the bot never asked for what Discord refuses."""
        assert not self.fd.unknown_routes
        refused = [r for r in self.fd.errors if "injected" not in str(r.response)]
        assert not refused, [(r.method, r.path, r.status, r.response) for r in refused]
        log = _RECONNECT.sub("", self.bot.log_text)
        before, found, after = log.partition("Traceback")
        assert not found, f"{before[-1000:]}{found}{after[:5000]}"


def words(outcome: Outcome | Message) -> str:
    """What a reader sees: no marks, no backslashes."""
    text = outcome.text if isinstance(outcome, Message) else outcome.content_text
    return re.sub(r"\\(.)", r"\1", text.replace("**", "").replace("\u200b", ""))


async def done(action: Awaitable[Interaction]) -> Interaction:
    """Use the bot and wait for its final answer."""
    return await (await action).final(WAIT_SECONDS)


async def asked(actor, channel, question: str, **options: Any) -> Interaction:
    """Ask with the command and wait for the answer."""
    return await done(actor.slash(channel, "ask", question=question, **options))


async def answered(env: Environment, question: str) -> str:
    """What Alice reads when she asks in Acme."""
    return words(await asked(env.alice, env.general, question))


async def index(env: Environment, actor, channel, title: str, text: str) -> str:
    """Index an article through the form; return its id."""
    return article_id(await index_text(actor, channel, title, text))


async def index_text(actor, channel, title: str, text: str, **more: str) -> Interaction:
    """Index an article through the form; return the submitted form's answer."""
    form = await (await actor.slash(channel, "index text")).response()
    submitted = await actor.submit_modal(form, {"Title": title, "Text": text, **more})
    return await submitted.final(until=lambda ix: bool(ix.embeds))


def article_id(done: Interaction | Reply) -> str:
    (field,) = [f for e in done.embeds for f in e["fields"] if f["name"] == "ID"]
    return field["value"].strip("`")
