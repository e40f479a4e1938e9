"""Where the bot answers, and where it tells of new articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.server_settings import ChannelMode, Section
from bot.views.panel.changing import change, changed
from bot.views.pressed import Pressed
from bot.words import settings as words

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.catalog import Json

MOST = 25
"""Discord takes no more in one select; channels beyond keep what was set for them."""

ANSWERED = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
]
ANNOUNCED = [discord.ChannelType.text, discord.ChannelType.news]


class ModeSelect(
    Pressed["discord.ui.ChannelSelect[Any]"], template=r"settings:mode:(?P<mode>every|off)"
):
    """Sets in which channels every question is answered, or none."""

    def __init__(
        self, mode: ChannelMode, channels: Sequence[int] = (), *, disabled: bool = False
    ) -> None:
        super().__init__(
            discord.ui.ChannelSelect(
                custom_id=f"settings:mode:{mode}",
                placeholder=words.MODE_HINTS[mode],
                channel_types=ANSWERED,
                min_values=0,
                max_values=MOST,
                default_values=_chosen(channels[:MOST]),
                disabled=disabled,
            )
        )
        self.mode = mode

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Stand for a select that was used."""
        return cls(ChannelMode(match["mode"]))

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Give the chosen channels the mode, and those that were chosen before the default."""
        chosen = [channel.id for channel in self.item.values]
        who = interaction.user.id
        store = services.server_settings

        def write(guild_id: int) -> None:
            shown = store.of(guild_id).with_mode(self.mode)[:MOST]
            for channel in shown:
                if channel not in chosen:
                    store.set_mode(guild_id, channel, None, who)
            for channel in chosen:
                store.set_mode(guild_id, channel, self.mode, who)

        wanted: list[Json] = [*chosen]
        await changed(interaction, services, Section.CHANNELS, (self.mode, wanted), write)


class AnnouncementsSelect(
    Pressed["discord.ui.ChannelSelect[Any]"], template=r"settings:announcements"
):
    """Sets where new articles are told of."""

    def __init__(self, channels: Sequence[int] = ()) -> None:
        super().__init__(
            discord.ui.ChannelSelect(
                custom_id="settings:announcements",
                placeholder=words.ANNOUNCEMENTS_HINT,
                channel_types=ANNOUNCED,
                min_values=0,
                max_values=1,
                default_values=_chosen(channels),
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Announce in the chosen channel, or nowhere."""
        chosen = next((channel.id for channel in self.item.values), None)
        await change(interaction, services, Section.CHANNELS, "announcements", chosen, None)


def _chosen(channels: Sequence[int]) -> list[discord.SelectDefaultValue]:
    kind = discord.SelectDefaultValueType.channel
    return [discord.SelectDefaultValue(id=channel, type=kind) for channel in channels]
