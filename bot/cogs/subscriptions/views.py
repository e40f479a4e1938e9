"""The buttons under a notification, and whose subscriptions are whose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.cogs.subscriptions import strings
from bot.cogs.subscriptions.cards import TOPIC_MAX
from bot.discord.components import PressedButton, row
from bot.discord.markdown import fit, fit_plain
from bot.discord.replies import acknowledge, whisper
from bot.errors import NotAllowed, NotYours, ServerOnly

if TYPE_CHECKING:
    from bot.services import Services
    from index.store.subscriptions import Subscription


async def own(services: Services, interaction: discord.Interaction[Any]) -> list[Subscription]:
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
    services: Services, interaction: discord.Interaction[Any], subscription: Subscription
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
        custom_id = f"follow:end:{subscription_id}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id))
        self.subscription_id = subscription_id

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a pressed button."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """End it; what was posted stays."""
        await acknowledge(interaction)
        subscriptions, ask = services.library.records.subscriptions, services.workers.ask
        subscription = await ask(subscriptions.get, self.subscription_id)
        if subscription is None:
            await whisper(interaction, strings.ENDED_ALREADY)
            return
        await check_own(services, interaction, subscription)
        await ask(subscriptions.remove, subscription.id)
        await whisper(interaction, strings.unfollowed(fit(subscription.topic, TOPIC_MAX)))


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
