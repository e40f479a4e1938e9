"""/follow, /unfollow and /following: notifications of new articles on a topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.subscriptions import strings
from bot.cogs.subscriptions.cards import TOPIC_MAX, list_card, own, subscribed_card
from bot.cogs.subscriptions.notifying import digest_time, guild_of, may_notify
from bot.discord.autocomplete import Choices, offer
from bot.discord.embeds import Payload
from bot.discord.markdown import fit
from bot.discord.replies import acknowledge, answer
from bot.errors import BlankTopic, UnknownSubscription
from bot.permissions import Interaction, check_written
from bot.services import Services
from index.model import PUBLIC, Space
from index.store.subscriptions import Subscription


class SubscriptionCommands(commands.Cog):
    """A user's subscriptions; only whoever asks sees the replies."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(description=strings.FOLLOW)
    @app_commands.describe(
        topic=strings.FOLLOW_TOPIC, digest=strings.FOLLOW_DIGEST, channel=strings.FOLLOW_CHANNEL
    )
    async def follow(
        self,
        interaction: Interaction,
        topic: app_commands.Range[str, 1, 200],
        digest: bool = False,
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Follow a topic from now on."""
        await acknowledge(interaction, private=True)
        topic = " ".join(topic.split())
        if not re.search(r"\w", topic):
            raise BlankTopic
        guild_id = interaction.guild_id
        space = PUBLIC if guild_id is None else Space(str(guild_id))
        if channel:
            space = await self._services.own_space(interaction)
            check_written(channel, interaction.user, may_notify)
        subscribed = await self._services.workers.ask(
            self._services.library.records.subscriptions.put,
            space,
            str(interaction.user.id),
            topic,
            channel=str(channel.id) if channel else None,
            digest=digest,
        )
        await answer(interaction, subscribed_card(subscribed, _next_digest()))

    @app_commands.command(description=strings.UNFOLLOW)
    @app_commands.describe(topic=strings.UNFOLLOW_TOPIC)
    async def unfollow(self, interaction: Interaction, topic: str) -> None:
        """Stop following a topic."""
        await acknowledge(interaction, private=True)
        found = _named(await own(self._services, interaction), topic, interaction.guild_id)
        if found is None:
            raise UnknownSubscription(topic)
        remove = self._services.library.records.subscriptions.remove
        await self._services.workers.ask(remove, found.id)
        await answer(
            interaction,
            Payload(content=strings.unfollowed(fit(found.topic, TOPIC_MAX), found.channel)),
        )

    @unfollow.autocomplete("topic")
    async def topics(self, interaction: Interaction, typed: str) -> Choices:
        """Offer subscriptions that the user may end."""
        return await offer(self._matching(interaction, typed.strip().casefold()))

    async def _matching(self, interaction: Interaction, wanted: str) -> list[tuple[str, str]]:
        return [
            (_choice(interaction, one), str(one.id))
            for one in await own(self._services, interaction)
            if wanted in one.topic.casefold()
        ]

    @app_commands.command(description=strings.FOLLOWING)
    async def following(self, interaction: Interaction) -> None:
        """List the subscriptions that the user may end."""
        await acknowledge(interaction, private=True)
        subscriptions = await own(self._services, interaction)
        servers = {
            one.space: _server(interaction, one)
            for one in subscriptions
            if guild_of(one.space) != interaction.guild_id
        }
        await answer(interaction, list_card(subscriptions, servers, _next_digest()))


def _named(
    subscriptions: Sequence[Subscription], asked: str, guild_id: int | None
) -> Subscription | None:
    """Find a subscription by its id or its words; those made in this place come first."""
    wanted = " ".join(asked.split()).casefold()
    here = sorted(subscriptions, key=lambda one: guild_of(one.space) != guild_id)
    by_id = (one for one in here if str(one.id) == wanted)
    by_topic = (one for one in here if one.topic.casefold() == wanted)
    return next(by_id, None) or next(by_topic, None)


def _choice(interaction: Interaction, subscription: Subscription) -> str:
    """Name a subscription and, where there may be another of the same words, its place."""
    name = subscription.topic
    if subscription.channel is not None:
        channel = interaction.client.get_channel(int(subscription.channel))
        name = f"#{channel or subscription.channel}: {name}"
    elif guild_of(subscription.space) != interaction.guild_id:
        name = f"{_server(interaction, subscription)}: {name}"
    return name


def _server(interaction: Interaction, subscription: Subscription) -> str:
    """Name the place that a subscription was made in."""
    guild_id = guild_of(subscription.space)
    if guild_id is None:
        return strings.MADE_DIRECTLY
    guild = interaction.client.get_guild(guild_id)
    return guild.name if guild else strings.UNKNOWN_SERVER


def _next_digest() -> datetime:
    return digest_time(datetime.now(UTC)) + timedelta(days=1)
