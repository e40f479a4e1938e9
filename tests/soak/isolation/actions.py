"""What members of one server may try to see another's secret, hand-made clients included.

An action returns all that the bot answered, as Discord was given it. Its probe says whose secret
is wanted, and who wants it: a member, or a manager, of another server. With the secret's own
server in both places the action must show it, or it would prove nothing; SHOWING_OWN are those
that do.
"""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tests.e2e.environment import Environment
from tests.fakediscord import Actor, Interaction, Outcome
from tests.fakediscord import kinds as fakediscord_kinds
from tests.fakediscord.model import Channel
from tests.soak.isolation.servers import Server


@dataclass(frozen=True)
class Probe:
    """`own` is the server of whoever wants the secret of `other`."""

    env: Environment
    own: Server
    other: Server
    random: random.Random

    @property
    def actor(self) -> Actor:
        return self.random.choice((self.own.manager, self.own.member))

    @property
    def channel(self) -> Channel:
        return self.random.choice((self.own.channel, self.own.thread))


Action = Callable[[Probe], Awaitable[list[Any]]]
ACTIONS: dict[str, Action] = {}
SHOWING_OWN: set[str] = set()


def action(shows_own: bool = True) -> Callable[[Action], Action]:
    def add(found: Action) -> Action:
        ACTIONS[found.__name__] = found
        if shows_own:
            SHOWING_OWN.add(found.__name__)
        return found

    return add


def visible(outcome: Outcome) -> list[Any]:
    """All of an outcome that reaches a client."""
    messages = [
        (message.content, message.embeds, message.components) for message in outcome.messages
    ]
    return [messages, outcome.modal]


async def result(action: Awaitable[Interaction]) -> list[Any]:
    return visible(await (await action).final(settle=0))


def forged(probe: Probe, custom_id: str, channel: Channel | None = None):
    """A message of the bot whose button has a custom_id of one's own making."""
    button = {"type": fakediscord_kinds.BUTTON, "style": 2, "label": "x", "custom_id": "x"}
    body = {
        "content": "x",
        "components": [{"type": fakediscord_kinds.ACTION_ROW, "components": [button]}],
    }
    message = probe.env.fd.send(channel or probe.channel, probe.env.fd.bot, body)
    message.interactive()[0]["custom_id"] = custom_id
    return message


async def press(probe: Probe, actor: Actor, custom_id: str) -> list[Any]:
    return await result(actor.click(forged(probe, custom_id)))


# Questions.


@action()
async def ask(probe: Probe) -> list[Any]:
    return await result(probe.actor.slash(probe.channel, "ask", question=probe.other.question))


@action()
async def ask_the_article(probe: Probe) -> list[Any]:
    article = probe.random.choice((probe.other.article, probe.other.title))
    return await result(
        probe.actor.slash(probe.channel, "ask", question=probe.other.question, article=article)
    )


@action()
async def summary(probe: Probe) -> list[Any]:
    return await result(probe.actor.slash(probe.channel, "summary", article=probe.other.article))


@action()
async def summary_by_name(probe: Probe) -> list[Any]:
    question = f"Summarise the secret word of {probe.other.guild.name}"
    return await result(probe.actor.slash(probe.channel, "ask", question=question))


@action()
async def latest(probe: Probe) -> list[Any]:
    return await result(probe.actor.slash(probe.channel, "latest"))


@action()
async def latest_on(probe: Probe) -> list[Any]:
    topic = f"the secret word of {probe.other.guild.name}"
    return await result(probe.actor.slash(probe.channel, "latest", topic=topic))


@action()
async def mention(probe: Probe) -> list[Any]:
    probe.env.fd.buckets.clear()
    text = f"{probe.env.at} {probe.other.question}"
    return visible(await probe.actor.ask(probe.channel, text, settle=0))


@action(shows_own=False)
async def direct_message(probe: Probe) -> list[Any]:
    actor = probe.actor
    probe.env.fd.buckets.clear()
    return visible(await actor.ask(actor.dm, probe.other.question, settle=0))


@action()
async def reply(probe: Probe) -> list[Any]:
    probe.env.fd.buckets.clear()
    actor, old = probe.actor, forged(probe, "answer:passages", probe.own.channel)
    text = f"{probe.env.at} {probe.other.question}"
    return visible(await actor.ask(probe.own.channel, text, reply_to=old, settle=0))


@action(shows_own=False)
async def reply_to_the_other(probe: Probe) -> list[Any]:
    """What is asked goes on from what the reply is to."""
    probe.env.fd.buckets.clear()
    text, old = f"{probe.env.at} why?", probe.other.answer
    return visible(await probe.actor.ask(probe.channel, text, reply_to=old, settle=0))


@action()
async def ask_more(probe: Probe) -> list[Any]:
    actor = probe.actor
    form = await (await actor.click(forged(probe, "answer:more"))).response()
    return await result(actor.submit_modal(form, {"Your question": probe.other.question}))


@action()
async def ask_about_a_message(probe: Probe) -> list[Any]:
    actor, channel = probe.actor, probe.channel
    message = await actor.say(channel, probe.other.question)
    return await result(actor.context_menu(message, "Ask about this message"))


# Buttons and pages.


@action()
async def passages(probe: Probe) -> list[Any]:
    page = probe.random.randrange(3)
    return await press(probe, probe.actor, f"passages:on:{probe.other.answer.id}:{page}")


@action(shows_own=False)
async def passages_of_direct_messages(probe: Probe) -> list[Any]:
    return await press(probe, probe.actor, f"passages:back:{probe.other.direct.id}:0")


@action()
async def passages_of_another_message(probe: Probe) -> list[Any]:
    """The message itself claims to be the other's answer."""
    message = forged(probe, "answer:passages")
    message.id = probe.other.answer.id
    return await result(probe.actor.click(message))


@action(shows_own=False)
async def vote(probe: Probe) -> list[Any]:
    message = forged(probe, "answer:helpful")
    message.id = probe.other.answer.id
    return await result(probe.actor.click(message))


@action()
async def articles(probe: Probe) -> list[Any]:
    return await result(probe.actor.slash(probe.channel, "articles"))


@action()
async def pages_of_articles(probe: Probe) -> list[Any]:
    actor = probe.actor
    step, page = probe.random.choice(("on", "back")), probe.random.randrange(4)
    return await press(probe, actor, f"articles:{step}:{actor.id}:{page}")


@action()
async def pages_of_feeds(probe: Probe) -> list[Any]:
    manager = probe.own.manager
    return await press(probe, manager, f"feeds:on:{manager.id}:{probe.random.randrange(3)}")


@action(shows_own=False)
async def undo(probe: Probe) -> list[Any]:
    if probe.own is probe.other:
        return []
    return await press(probe, probe.own.manager, f"undo:{probe.other.action}")


@action(shows_own=False)
async def removal(probe: Probe) -> list[Any]:
    if probe.own is probe.other:
        return []
    manager = probe.own.manager
    return await press(probe, manager, f"removal:remove:{manager.id}:{probe.other.article}")


# Commands of those who may index, and what is offered while typing.


@action(shows_own=False)
async def remove(probe: Probe) -> list[Any]:
    article = probe.random.choice((probe.other.article, probe.other.title))
    return await result(probe.own.manager.slash(probe.channel, "remove", article=article))


@action(shows_own=False)
async def reindex(probe: Probe) -> list[Any]:
    article = probe.random.choice((probe.other.article, probe.other.title))
    return await result(probe.own.manager.slash(probe.channel, "reindex", article=article))


@action(shows_own=False)
async def index_the_same_title(probe: Probe) -> list[Any]:
    """A new version would show what it changed."""
    manager, channel = probe.own.manager, probe.channel
    form = await (await manager.slash(channel, "index text")).response()
    fields = {"Title": probe.other.title, "Text": "Nothing is known of it, they said."}
    if probe.own is probe.other:
        return []
    return await result(manager.submit_modal(form, fields))


@action()
async def feeds(probe: Probe) -> list[Any]:
    return await result(probe.own.manager.slash(probe.channel, "feeds list"))


@action(shows_own=False)
async def check_feed(probe: Probe) -> list[Any]:
    feed = str(probe.random.choice(probe.other.feeds))
    return await result(probe.own.manager.slash(probe.channel, "feeds check", feed=feed))


@action(shows_own=False)
async def remove_feed(probe: Probe) -> list[Any]:
    if probe.own is probe.other:
        return []
    feed = str(probe.random.choice(probe.other.feeds))
    return await result(probe.own.manager.slash(probe.channel, "feeds remove", feed=feed))


@action()
async def offered_feeds(probe: Probe) -> list[Any]:
    name = probe.random.choice(("feeds remove", "feeds check"))
    typed = probe.random.choice(("", probe.other.secret[:4], probe.other.secret))
    return [await probe.own.manager.autocomplete(probe.channel, name, "feed", typed)]


@action()
async def offered_titles(probe: Probe) -> list[Any]:
    name = probe.random.choice(("ask", "summary", "remove", "reindex"))
    typed = probe.random.choice(("", "The", "papers", probe.other.secret[:4]))
    return [await probe.own.manager.autocomplete(probe.channel, name, "article", typed)]


@action()
async def following(probe: Probe) -> list[Any]:
    return await result(probe.own.manager.slash(probe.channel, "following"))


@action(shows_own=False)
async def unfollow(probe: Probe) -> list[Any]:
    """By its number, of whichever server it may be."""
    number = probe.random.randrange(1, 9)
    return (
        []
        if probe.own is probe.other
        else await press(probe, probe.own.member, f"follow:end:{number}")
    )


@action()
async def offered_follows(probe: Probe) -> list[Any]:
    actor, channel = probe.own.manager, probe.channel
    return [
        await actor.autocomplete(channel, "unfollow", "topic", probe.random.choice(("", "the")))
    ]


@action()
async def stats(probe: Probe) -> list[Any]:
    return await result(probe.own.manager.slash(probe.own.channel, "stats", days=1))


@action(shows_own=False)
async def settings(probe: Probe) -> list[Any]:
    name = probe.random.choice(("settings panel", "settings log"))
    return await result(probe.own.manager.slash(probe.own.channel, name))


@action(shows_own=False)
async def privacy(probe: Probe) -> list[Any]:
    return await result(probe.actor.slash(probe.channel, "privacy"))
