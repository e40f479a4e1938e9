"""Ways from one server towards another: each probe is one, as a hand-made client might try it.

A way returns all that the bot answered, as Discord was given it. It is told whose secret is
wanted, and who wants it: a member, or a manager, of another server. Where that is the secret's own
house, the way must show it, or it would prove nothing; SHOWN are those that do.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.e2e.world import World
from tests.fakediscord import Actor, Interaction, Outcome
from tests.fakediscord import kinds as fakediscord_kinds
from tests.fakediscord.model import Channel
from tests.soak.houses import House

SECONDS = 60


@dataclass(frozen=True)
class Probe:
    """`own` is the house of whoever wants the secret of `other`."""

    world: World
    own: House
    other: House
    random: random.Random

    @property
    def who(self) -> Actor:
        return self.random.choice((self.own.chief, self.own.guest))

    @property
    def where(self) -> Channel:
        return self.random.choice((self.own.hall, self.own.thread))


Way = Callable[[Probe], Awaitable[list[Any]]]
WAYS: dict[str, Way] = {}
SHOWN: set[str] = set()


def way(shown: bool = True) -> Callable[[Way], Way]:
    def add(found: Way) -> Way:
        WAYS[found.__name__] = found
        if shown:
            SHOWN.add(found.__name__)
        return found

    return add


def seen(outcome: Outcome) -> list[Any]:
    """All of an outcome that reaches a client."""
    messages = [
        (message.content, message.embeds, message.components) for message in outcome.messages
    ]
    return [messages, outcome.modal]


async def used(action: Awaitable[Interaction]) -> list[Any]:
    return seen(await (await action).final(SECONDS, settle=0))


async def opened(action: Awaitable[Interaction]) -> Interaction:
    return await (await action).response(SECONDS)


def forged(probe: Probe, custom_id: str, channel: Channel | None = None):
    """A message of the bot whose button has a custom_id of one's own making."""
    button = {"type": fakediscord_kinds.BUTTON, "style": 2, "label": "x", "custom_id": "x"}
    body = {
        "content": "x",
        "components": [{"type": fakediscord_kinds.ACTION_ROW, "components": [button]}],
    }
    message = probe.world.fd.send(channel or probe.where, probe.world.fd.bot, body)
    message.interactive()[0]["custom_id"] = custom_id
    return message


async def pressed(probe: Probe, who: Actor, custom_id: str) -> list[Any]:
    return await used(who.click(forged(probe, custom_id)))


# Questions.


@way()
async def ask(probe: Probe) -> list[Any]:
    return await used(probe.who.slash(probe.where, "ask", question=probe.other.question))


@way()
async def ask_the_article(probe: Probe) -> list[Any]:
    article = probe.random.choice((probe.other.article, probe.other.title))
    return await used(
        probe.who.slash(probe.where, "ask", question=probe.other.question, article=article)
    )


@way()
async def summary(probe: Probe) -> list[Any]:
    return await used(probe.who.slash(probe.where, "summary", article=probe.other.article))


@way()
async def summary_by_name(probe: Probe) -> list[Any]:
    question = f"Summarise the secret word of {probe.other.guild.name}"
    return await used(probe.who.slash(probe.where, "ask", question=question))


@way()
async def latest(probe: Probe) -> list[Any]:
    return await used(probe.who.slash(probe.where, "latest"))


@way()
async def latest_on(probe: Probe) -> list[Any]:
    topic = f"the secret word of {probe.other.guild.name}"
    return await used(probe.who.slash(probe.where, "latest", topic=topic))


@way()
async def mention(probe: Probe) -> list[Any]:
    probe.world.fd.buckets.clear()
    said = f"{probe.world.at} {probe.other.question}"
    return seen(await probe.who.ask(probe.where, said, timeout=SECONDS, settle=0))


@way(shown=False)
async def direct_message(probe: Probe) -> list[Any]:
    who = probe.who
    probe.world.fd.buckets.clear()
    return seen(await who.ask(who.dm, probe.other.question, timeout=SECONDS, settle=0))


@way()
async def reply(probe: Probe) -> list[Any]:
    probe.world.fd.buckets.clear()
    who, old = probe.who, forged(probe, "answer:passages", probe.own.hall)
    said = f"{probe.world.at} {probe.other.question}"
    return seen(await who.ask(probe.own.hall, said, reply_to=old, timeout=SECONDS, settle=0))


@way(shown=False)
async def reply_to_the_other(probe: Probe) -> list[Any]:
    """What is asked goes on from what the reply is to."""
    probe.world.fd.buckets.clear()
    said, old = f"{probe.world.at} why?", probe.other.answer
    return seen(await probe.who.ask(probe.where, said, reply_to=old, timeout=SECONDS, settle=0))


@way()
async def ask_more(probe: Probe) -> list[Any]:
    who = probe.who
    form = await opened(who.click(forged(probe, "answer:more")))
    return await used(who.submit_modal(form, {"Your question": probe.other.question}))


@way()
async def ask_about_a_message(probe: Probe) -> list[Any]:
    who, where = probe.who, probe.where
    message = await who.say(where, probe.other.question)
    return await used(who.context_menu(message, "Ask about this message"))


# Buttons and pages.


@way()
async def passages(probe: Probe) -> list[Any]:
    page = probe.random.randrange(3)
    return await pressed(probe, probe.who, f"passages:on:{probe.other.answer.id}:{page}")


@way(shown=False)
async def passages_of_direct_messages(probe: Probe) -> list[Any]:
    return await pressed(probe, probe.who, f"passages:back:{probe.other.direct.id}:0")


@way()
async def passages_of_another_message(probe: Probe) -> list[Any]:
    """The message itself claims to be the other's answer."""
    message = forged(probe, "answer:passages")
    message.id = probe.other.answer.id
    return await used(probe.who.click(message))


@way(shown=False)
async def vote(probe: Probe) -> list[Any]:
    message = forged(probe, "answer:helpful")
    message.id = probe.other.answer.id
    return await used(probe.who.click(message))


@way()
async def articles(probe: Probe) -> list[Any]:
    return await used(probe.who.slash(probe.where, "articles"))


@way()
async def pages_of_articles(probe: Probe) -> list[Any]:
    who = probe.who
    step, page = probe.random.choice(("on", "back")), probe.random.randrange(4)
    return await pressed(probe, who, f"articles:{step}:{who.id}:{page}")


@way()
async def pages_of_feeds(probe: Probe) -> list[Any]:
    chief = probe.own.chief
    return await pressed(probe, chief, f"feeds:on:{chief.id}:{probe.random.randrange(3)}")


@way(shown=False)
async def undo(probe: Probe) -> list[Any]:
    if probe.own is probe.other:
        return []
    return await pressed(probe, probe.own.chief, f"undo:{probe.other.action}")


@way(shown=False)
async def removal(probe: Probe) -> list[Any]:
    if probe.own is probe.other:
        return []
    chief = probe.own.chief
    return await pressed(probe, chief, f"removal:remove:{chief.id}:{probe.other.article}")


# Commands of those who may index, and what is offered while typing.


@way(shown=False)
async def remove(probe: Probe) -> list[Any]:
    article = probe.random.choice((probe.other.article, probe.other.title))
    return await used(probe.own.chief.slash(probe.where, "remove", article=article))


@way(shown=False)
async def reindex(probe: Probe) -> list[Any]:
    article = probe.random.choice((probe.other.article, probe.other.title))
    return await used(probe.own.chief.slash(probe.where, "reindex", article=article))


@way(shown=False)
async def index_the_same_title(probe: Probe) -> list[Any]:
    """A new version would show what it changed."""
    chief, where = probe.own.chief, probe.where
    form = await opened(chief.slash(where, "index text"))
    fields = {"Title": probe.other.title, "Text": "Nothing is known of it, they said."}
    if probe.own is probe.other:
        return []
    return await used(chief.submit_modal(form, fields))


@way()
async def feeds(probe: Probe) -> list[Any]:
    return await used(probe.own.chief.slash(probe.where, "feeds list"))


@way(shown=False)
async def check_feed(probe: Probe) -> list[Any]:
    feed = str(probe.random.choice(probe.other.feeds))
    return await used(probe.own.chief.slash(probe.where, "feeds check", feed=feed))


@way(shown=False)
async def remove_feed(probe: Probe) -> list[Any]:
    if probe.own is probe.other:
        return []
    feed = str(probe.random.choice(probe.other.feeds))
    return await used(probe.own.chief.slash(probe.where, "feeds remove", feed=feed))


@way()
async def offered_feeds(probe: Probe) -> list[Any]:
    name = probe.random.choice(("feeds remove", "feeds check"))
    typed = probe.random.choice(("", probe.other.secret[:4], probe.other.secret))
    return [await probe.own.chief.autocomplete(probe.where, name, "feed", typed)]


@way()
async def offered_titles(probe: Probe) -> list[Any]:
    name = probe.random.choice(("ask", "summary", "remove", "reindex"))
    typed = probe.random.choice(("", "The", "papers", probe.other.secret[:4]))
    return [await probe.own.chief.autocomplete(probe.where, name, "article", typed)]


@way()
async def following(probe: Probe) -> list[Any]:
    return await used(probe.own.chief.slash(probe.where, "following"))


@way(shown=False)
async def unfollow(probe: Probe) -> list[Any]:
    """By its number, of whichever house it may be."""
    number = probe.random.randrange(1, 9)
    return (
        []
        if probe.own is probe.other
        else await pressed(probe, probe.own.guest, f"follow:end:{number}")
    )


@way()
async def offered_follows(probe: Probe) -> list[Any]:
    who, where = probe.own.chief, probe.where
    return [await who.autocomplete(where, "unfollow", "topic", probe.random.choice(("", "the")))]


@way()
async def stats(probe: Probe) -> list[Any]:
    return await used(probe.own.chief.slash(probe.own.hall, "stats", days=1))


@way(shown=False)
async def settings(probe: Probe) -> list[Any]:
    name = probe.random.choice(("settings panel", "settings log"))
    return await used(probe.own.chief.slash(probe.own.hall, name))


@way(shown=False)
async def privacy(probe: Probe) -> list[Any]:
    return await used(probe.who.slash(probe.where, "privacy"))
