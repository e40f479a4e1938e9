"""Servers that each keep a secret, in whatever the bot stores of a server."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.model import Space
from index.store.catalog import Catalog
from index.store.records import Records
from tests.e2e.environment import Environment, article_id, index_text
from tests.fakediscord import Actor
from tests.fakediscord.model import Channel, Guild, Message

SECRETS = {"Arden": "xylophorn", "Brook": "quillobax", "Corfe": "zephyrant"}
FEEDS = 12
"""Of each server: more than a page."""


@dataclass(frozen=True)
class Server:
    """A server, and what those of another must never see or change.

    `secret` is a word that stands in its articles, the title of one and those of its feeds, a
    question that was refused, and a topic that the manager follows. `article` is the id of the
    other article, `action` what its Undo goes by; `answer` is a message for the manager alone,
    `direct` one in the manager's direct messages.
    """

    guild: Guild
    channel: Channel
    thread: Channel
    manager: Actor
    member: Actor
    secret: str
    article: str
    action: str
    feeds: list[int]
    answer: Message
    direct: Message

    @property
    def question(self) -> str:
        return f"What is the secret word of {self.guild.name}?"

    @property
    def title(self) -> str:
        return f"Secret of {self.guild.name}"


async def add_servers(env: Environment) -> list[Server]:
    """Make the servers and have each put its secret in every place."""
    # A message may be answered late; an interaction has three seconds, and a bot just started less.
    await env.alice.ask(env.general, f"{env.at} Who is Carl Bildt?")
    return [await _add_server(env, name, secret) for name, secret in SECRETS.items()]


async def _add_server(env: Environment, name: str, secret: str) -> Server:
    guild = env.fd.add_guild(name)
    channel = guild.add_channel("general")
    manager = guild.add_member(f"Manager of {name}", permissions="manage_guild")
    member = guild.add_member(f"Member of {name}")
    text = f"The secret word of {name} is {secret}, its directors agreed on Monday."
    await index_text(
        manager, channel, f"The {secret} papers", f"A clerk found the {secret} papers."
    )
    indexed = await index_text(manager, channel, f"Secret of {name}", text)
    asking = await manager.slash(
        channel, "ask", question=f"What is the secret word of {name}?", private=True
    )
    answer = await asking.final()
    await (await member.slash(channel, "ask", question=f"Why was {secret} sold?")).final()
    await (await manager.slash(channel, "follow", topic=f"the {secret} papers")).final()
    direct = await manager.ask(manager.dm, f"Is the word {secret} known?")
    return Server(
        guild=guild,
        channel=channel,
        thread=await manager.create_thread(channel, "talk"),
        manager=manager,
        member=member,
        secret=secret,
        article=article_id(indexed),
        action=indexed.id,
        feeds=_add_feeds(env, guild, manager, secret),
        answer=answer.message,
        direct=direct.message,
    )


def _add_feeds(env: Environment, guild: Guild, manager: Actor, secret: str) -> list[int]:
    """Have feeds that are not due before tomorrow."""
    space, due = Space(guild.id), datetime.now(UTC) + timedelta(days=1)
    with closing(Catalog(env.database)) as catalog:
        feeds = Records(catalog.database).feeds
        return [
            feeds.add(
                space, f"http://127.0.0.1:9/{secret}/{n}", f"{secret} {n}", manager.id, due
            ).id
            for n in range(FEEDS)
        ]
