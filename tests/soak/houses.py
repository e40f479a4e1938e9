"""Servers that each keep a secret, in whatever the bot stores of a server."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from index.model import Space
from index.store.catalog import Catalog
from index.store.database import DATABASE
from index.store.records import Records
from tests.e2e.world import World, article_id
from tests.fakediscord import Actor, Interaction
from tests.fakediscord.model import Channel, Guild, Message

SECRETS = {"Arden": "xylophorn", "Brook": "quillobax", "Corfe": "zephyrant"}
FEEDS = 12
"""Of each server: more than a page."""


@dataclass(frozen=True)
class House:
    """A server, and what those of another must never see or change.

    `secret` is a word that stands in its articles, the title of one and those of its feeds, a
    question that was refused, and a topic that the chief follows. `article` is the id of the other
    article, `action` what its Undo goes by; `answer` is a message for the chief alone, `direct`
    one in the chief's direct messages.
    """

    guild: Guild
    hall: Channel
    thread: Channel
    chief: Actor
    guest: Actor
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


async def settle(world: World) -> list[House]:
    """Make the servers and have each put its secret in every place."""
    # A message may be answered late; an interaction has three seconds, and a bot just started less.
    await world.alice.ask(world.general, f"{world.at} Who is Carl Bildt?")
    return [await _house(world, name, secret) for name, secret in SECRETS.items()]


async def _house(world: World, name: str, secret: str) -> House:
    guild = world.fd.add_guild(name)
    hall = guild.add_channel("hall")
    chief = guild.add_member(f"Chief of {name}", permissions="manage_guild")
    guest = guild.add_member(f"Guest of {name}")
    text = f"The secret word of {name} is {secret}, its directors agreed on Monday."
    await _index(chief, hall, f"The {secret} papers", f"A clerk found the {secret} papers.")
    indexed = await _index(chief, hall, f"Secret of {name}", text)
    asking = await chief.slash(
        hall, "ask", question=f"What is the secret word of {name}?", private=True
    )
    answer = await asking.final(20, settle=0.1)
    await (await guest.slash(hall, "ask", question=f"Why was {secret} sold?")).final(20)
    await (await chief.slash(hall, "follow", topic=f"the {secret} papers")).final(20)
    direct = await chief.ask(chief.dm, f"Is the word {secret} known?", settle=0.1)
    return House(
        guild=guild,
        hall=hall,
        thread=await chief.create_thread(hall, "talk"),
        chief=chief,
        guest=guest,
        secret=secret,
        article=article_id(indexed),
        action=indexed.id,
        feeds=_follow(world, guild, chief, secret),
        answer=answer.message,
        direct=direct.message,
    )


async def _index(chief: Actor, hall: Channel, title: str, text: str) -> Interaction:
    form = await (await chief.slash(hall, "index text")).response(20)
    submitted = await chief.submit_modal(form, {"Title": title, "Text": text})
    return await submitted.final(20, settle=0.1, until=lambda ix: bool(ix.embeds))


def _follow(world: World, guild: Guild, chief: Actor, secret: str) -> list[int]:
    """Have feeds that are not due before tomorrow."""
    due = datetime.now(UTC) + timedelta(days=1)
    with closing(Catalog(Path(world.environment["FOOTNOTE_DATA"]) / DATABASE)) as catalog:
        feeds = Records.of(catalog.database).feeds
        return [
            feeds.add(
                Space(guild.id), f"http://127.0.0.1:9/{secret}/{n}", f"{secret} {n}", chief.id, due
            ).id
            for n in range(FEEDS)
        ]
