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
    """Return what the user may end in this place: their own of all places come first."""
    follows, quick = services.library.records.subscriptions, services.workers.quick
    mine = [one for one in await quick(follows.by, str(interaction.user.id)) if one.channel is None]
    try:
        space = await services.own_space(interaction)
    except (NotAllowed, ServerOnly):
        return mine
    return mine + await quick(follows.in_channels, space)


async def check_own(
    services: Services, interaction: discord.Interaction[Any], follow: Subscription
) -> None:
    """Raise NotYours, NotAllowed or ServerOnly for who may not end it."""
    if follow.channel is None:
        allowed = follow.who == str(interaction.user.id)
    else:
        allowed = follow.space == await services.own_space(interaction)
    if not allowed:
        raise NotYours(strings.NOT_YOUR_FOLLOW)


BUTTONS = 5
"""In one row."""

LABEL_TOPIC_MAX = 60


class UnfollowButton(PressedButton, template=r"follow:end:(?P<follow>\d{1,18})"):
    """Ends a follow, for those whose it is."""

    def __init__(self, follow_id: int, label: str = strings.UNFOLLOW_BUTTON) -> None:
        custom_id = f"follow:end:{follow_id}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id))
        self.follow_id = follow_id

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a pressed button."""
        return cls(int(match["follow"]))

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """End it; what was told stays."""
        await acknowledge(interaction)
        follows, ask = services.library.records.subscriptions, services.workers.ask
        follow = await ask(follows.get, self.follow_id)
        if follow is None:
            await whisper(interaction, strings.FOLLOWED_NO_LONGER)
            return
        await check_own(services, interaction, follow)
        await ask(follows.remove, follow.id)
        await whisper(interaction, strings.unfollowed(fit(follow.topic, TOPIC_MAX)))


def unfollow_buttons(follows: Sequence[Subscription]) -> discord.ui.View:
    """Return a button for each of the first follows; of several each says which."""
    each = list({follow.id: follow for follow in follows}.values())[:BUTTONS]
    if len(each) == 1:
        return row(UnfollowButton(each[0].id))
    return row(
        *(
            UnfollowButton(one.id, strings.unfollow(fit_plain(one.topic, LABEL_TOPIC_MAX)))
            for one in each
        )
    )
