"""Subscriptions and notifications as cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.cogs.ask.cards import head, render
from bot.cogs.subscriptions import strings
from bot.discord.embeds import DESCRIPTION_MAX, Card, Payload, Tone, size
from bot.discord.markdown import excerpt, fit
from index.model import PUBLIC, Answer

if TYPE_CHECKING:
    from index.model import Space
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

MORE_MAX = 80
"""For the count of what a list has no room for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A subscription, and what one article answers to it."""

    subscription: Subscription
    answer: Answer


def news(entries: Sequence[Entry], more: int = 0) -> Payload:
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


def _note(entry: Entry) -> Payload:
    topic = fit(entry.subscription.topic, TOPIC_MAX)
    why = strings.why(topic, channel=entry.subscription.channel is not None)
    return replace(render(entry.answer), content=why)


def _entry(entry: Entry) -> str:
    citation = entry.answer.citations[0]
    quote = excerpt(citation.quote, ENTRY_QUOTE_MAX, citation.highlights, prefix="> ")
    topic = fit(" ".join(entry.subscription.topic.split()), ENTRY_TOPIC_MAX, prefix="-# ")
    return f"{head(citation.article, ENTRY_HEAD_MAX)}\n{quote}\n{topic}"


def subscribed_card(subscribed: Subscribed, at: datetime) -> Payload:
    """Return what the user subscribes to now; `at` is when digests come."""
    subscription = subscribed.subscription
    lines = [
        fit(subscription.topic, TOPIC_MAX),
        f"-# {strings.delivery(subscription.channel, subscription.digest, at)}",
    ]
    if subscribed.status != "unchanged":
        lines.append(strings.FROM_NOW_ON)
        if subscription.channel is None and subscription.space != PUBLIC:
            lines.append(strings.OPEN_MESSAGES)
    return Payload(
        card=Card(strings.SUBSCRIBED_TITLE[subscribed.status], "\n".join(lines), Tone.NEUTRAL)
    )


def list_card(
    subscriptions: Sequence[Subscription], servers: Mapping[Space, str], at: datetime
) -> Payload:
    """Return a list of subscriptions; `servers` names those other than the one it is shown in."""
    lines: list[str] = []
    left = DESCRIPTION_MAX - MORE_MAX
    for subscription in subscriptions:
        line = _listed(subscription, servers.get(subscription.space), at)
        left -= size(line) + 1
        if left < 0:
            lines.append(strings.list_of(len(subscriptions) - len(lines)))
            break
        lines.append(line)
    text = "\n".join(lines) or strings.NO_SUBSCRIPTIONS
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
