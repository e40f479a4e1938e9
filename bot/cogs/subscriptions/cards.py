"""Subscriptions and notifications as cards, with their buttons."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

import discord

from bot.cogs.ask.cards import head, render
from bot.cogs.subscriptions import strings
from bot.discord.components import PressedButton, row
from bot.discord.embeds import DESCRIPTION_MAX, Card, Payload, Tone
from bot.discord.markdown import excerpt, fit, fit_lines
from bot.discord.replies import acknowledge, whisper
from bot.errors import NotAllowed, NotYours, ServerOnly
from bot.permissions import Interaction
from bot.places import Places
from bot.services import Services
from bot.text import fit_plain
from index.model import PUBLIC, Answer, Space
from index.store.subscriptions import Subscribed, Subscription

TOPIC_MAX = 450
"""Of 200 characters, with whatever has to be escaped."""

ENTRIES = 8
"""Articles in a card: eight entries and their count stay below DESCRIPTION_MAX."""

ENTRY_HEAD_MAX = 240
ENTRY_QUOTE_MAX = 170
ENTRY_TOPIC_MAX = 70
LISTED_TOPIC_MAX = 90
SERVER_MAX = 40


@dataclass(frozen=True, slots=True)
class MatchedAnswer:
    """A subscription, and what one article answers to it; `places` as for `render`."""

    subscription: Subscription
    answer: Answer
    places: Places | None = None


def notification(entries: Sequence[MatchedAnswer], more: int = 0) -> Payload:
    """Return the message for what was matched: one answer, or a card that lists them.

    `more` counts the articles that are not among them.
    """
    first = entries[0]
    if len(entries) == 1 and not more and not first.subscription.digest:
        return _note(first)
    title = strings.DIGEST_TITLE if first.subscription.digest else strings.SEVERAL_TITLE
    lines = [_entry(entry) for entry in entries]
    if more:
        lines.append(strings.more_articles(more))
    return Payload(card=Card(title, "\n".join(lines), Tone.ANSWERED))


def _note(entry: MatchedAnswer) -> Payload:
    topic = fit(entry.subscription.topic, TOPIC_MAX)
    why = strings.why(topic, channel=entry.subscription.channel is not None)
    return replace(render(entry.answer, places=entry.places), content=why)


def _entry(entry: MatchedAnswer) -> str:
    citation = entry.answer.citations[0]
    quote = excerpt(citation.quote, ENTRY_QUOTE_MAX, citation.highlights, prefix="> ")
    topic = fit(" ".join(entry.subscription.topic.split()), ENTRY_TOPIC_MAX, prefix="-# ")
    place = entry.places.of(citation.article, citation.span.start) if entry.places else None
    return f"{head(citation.article, ENTRY_HEAD_MAX, place)}\n{quote}\n{topic}"


def subscribed_card(subscribed: Subscribed, at: datetime) -> Payload:
    """Return what the user subscribes to now; `at` is when digests come."""
    subscription = subscribed.subscription
    lines = [
        fit(subscription.topic, TOPIC_MAX),
        f"-# {strings.delivery(subscription.channel, subscription.digest, at)}",
    ]
    if subscribed.status != "unchanged":
        lines.append(strings.POSTED_FROM_NOW_ON if subscription.channel else strings.FROM_NOW_ON)
        if subscription.channel is None and subscription.space != PUBLIC:
            lines.append(strings.OPEN_MESSAGES)
    return Payload(
        card=Card(strings.SUBSCRIBED_TITLE[subscribed.status], "\n".join(lines), Tone.NEUTRAL)
    )


def list_card(
    subscriptions: Sequence[Subscription], servers: Mapping[Space, str], at: datetime
) -> Payload:
    """Return a list of subscriptions; `servers` names those other than the one it is shown in."""
    lines = [_listed(one, servers.get(one.space), at) for one in subscriptions]
    text = fit_lines(lines, DESCRIPTION_MAX, strings.list_of) or strings.NO_SUBSCRIPTIONS
    return Payload(card=Card(strings.LIST_TITLE, text, Tone.NEUTRAL))


def _listed(subscription: Subscription, server: str | None, at: datetime) -> str:
    topic = fit(" ".join(subscription.topic.split()), LISTED_TOPIC_MAX)
    how = (
        strings.PAUSED
        if subscription.paused
        else strings.delivery(subscription.channel, subscription.digest, at)
    )
    parts = [how, strings.since(subscription.since)]
    if server:
        parts.append(fit(server, SERVER_MAX))
    return f"- {topic}\n-# {' · '.join(parts)}"


async def own(services: Services, interaction: Interaction) -> list[Subscription]:
    """Return the subscriptions that the user may end here; their own of all places come first."""
    subscriptions, quick = services.library.records.subscriptions, services.workers.quick
    mine = [
        one
        for one in await quick(subscriptions.by, str(interaction.user.id))
        if one.channel is None
    ]
    try:
        space = await services.own_space(interaction)
    except (NotAllowed, ServerOnly):
        return mine
    return mine + await quick(subscriptions.in_channels, space)


async def check_own(
    services: Services, interaction: Interaction, subscription: Subscription
) -> None:
    """Raise NotYours, NotAllowed or ServerOnly for who may not end it."""
    if subscription.channel is None:
        allowed = subscription.who == str(interaction.user.id)
    else:
        allowed = subscription.space == await services.own_space(interaction)
    if not allowed:
        raise NotYours(strings.NOT_YOURS)


BUTTONS = 5
"""In one row."""

LABEL_TOPIC_MAX = 60


class UnfollowButton(PressedButton, template=r"follow:end:(?P<id>\d{1,18})"):
    """Ends a subscription, for those whose it is."""

    def __init__(self, subscription_id: int, label: str = strings.UNFOLLOW_BUTTON) -> None:
        super().__init__(f"follow:end:{subscription_id}", label)
        self.subscription_id = subscription_id

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Read the state of a pressed button."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """End it; what was posted stays."""
        await acknowledge(interaction)
        subscriptions, ask = services.library.records.subscriptions, services.workers.ask
        subscription = await ask(subscriptions.get, self.subscription_id)
        if subscription is None:
            await whisper(interaction, Payload(content=strings.ENDED_ALREADY))
            return
        await check_own(services, interaction, subscription)
        await ask(subscriptions.remove, subscription.id)
        topic = fit(subscription.topic, TOPIC_MAX)
        ended = strings.unfollowed(topic, subscription.channel)
        await whisper(interaction, Payload(content=ended))


def unfollow_buttons(subscriptions: Sequence[Subscription]) -> discord.ui.View:
    """Return a button for each of the first subscriptions; of several each says which."""
    each = list({one.id: one for one in subscriptions}.values())[:BUTTONS]
    if len(each) == 1:
        return row(UnfollowButton(each[0].id))
    return row(
        *(
            UnfollowButton(one.id, strings.unfollow(fit_plain(one.topic, LABEL_TOPIC_MAX)))
            for one in each
        )
    )
