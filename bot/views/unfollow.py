"""The buttons under what was told of a follow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.following.rights import check_own
from bot.rendering import fit, fit_plain
from bot.rendering.following import TOPIC_MAX
from bot.views.pressed import PressedButton, row
from bot.views.replies import acknowledge, whisper
from bot.words import follows as words

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.catalog import Follow

BUTTONS = 5
"""In one row."""

LABEL_TOPIC_MAX = 60


class UnfollowButton(PressedButton, template=r"follow:end:(?P<follow>\d{1,18})"):
    """Ends a follow, for those whose it is."""

    def __init__(self, follow_id: int, label: str = words.UNFOLLOW_BUTTON) -> None:
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
        follows, ask = services.library.records.follows, services.workers.ask
        follow = await ask(follows.get, self.follow_id)
        if follow is None:
            await whisper(interaction, words.FOLLOWED_NO_LONGER)
            return
        await check_own(services, interaction, follow)
        await ask(follows.remove, follow.id)
        await whisper(interaction, words.unfollowed(fit(follow.topic, TOPIC_MAX)))


def unfollow_buttons(follows: Sequence[Follow]) -> discord.ui.View:
    """Return a button for each of the first follows; of several each says which."""
    each = list({follow.id: follow for follow in follows}.values())[:BUTTONS]
    if len(each) == 1:
        return row(UnfollowButton(each[0].id))
    return row(
        *(
            UnfollowButton(one.id, words.unfollow(fit_plain(one.topic, LABEL_TOPIC_MAX)))
            for one in each
        )
    )
