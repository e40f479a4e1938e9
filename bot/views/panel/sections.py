"""The panel by sections: one message has room for a few selects only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.rendering import settings_card
from bot.server_settings import ChannelMode, Section, ServerSettings
from bot.views.panel.answers import LevelSelect, SwitchButton
from bot.views.panel.changing import managed
from bot.views.panel.channels import AnnouncementsSelect, ModeSelect
from bot.views.panel.members import CooldownSelect, RolesSelect
from bot.views.panel.writing import TokensSelect
from bot.views.pressed import PressedButton, row
from bot.views.replies import acknowledge, answer
from bot.words import settings as words

if TYPE_CHECKING:
    from bot.cogs.services import Services

Item = discord.ui.Item[Any]


class SectionButton(PressedButton, template=r"settings:section:(?P<section>[a-z]{1,20})"):
    """Turns to a section."""

    def __init__(self, section: Section, *, current: bool = False) -> None:
        style = discord.ButtonStyle.primary if current else discord.ButtonStyle.secondary
        super().__init__(
            discord.ui.Button(
                label=words.SECTIONS[section],
                style=style,
                custom_id=f"settings:section:{section}",
                disabled=current,
                row=0,
            )
        )
        self.section = section

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a pressed button; one that is not known leads to the first section."""
        found = match["section"]
        return cls(Section(found) if found in list(Section) else Section.ANSWERS)

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Show the section."""
        await acknowledge(interaction)
        guild_id = managed(interaction, "panel")
        await show(interaction, services, guild_id, self.section)


async def show(
    interaction: discord.Interaction[Any],
    services: Services,
    guild_id: int,
    section: Section = Section.ANSWERS,
) -> None:
    """Put a section of the panel where the acknowledgement stands."""
    settings = await services.settings_of(guild_id)
    default = services.library.threshold
    reads_all = interaction.client.intents.message_content
    card = settings_card(settings, default, guild_id, section, reads_all=reads_all)
    there = [each for each in Section if each is not Section.WRITING or services.writer]
    turns = (SectionButton(each, current=each is section) for each in there)
    match section:
        case Section.ANSWERS:
            items = _answers(settings, default)
        case Section.CHANNELS:
            items = _channels(settings, interaction.guild, reads_all)
        case Section.MEMBERS:
            items = _members(settings, interaction.guild)
        case Section.WRITING:
            items = [
                TokensSelect(settings.llm_daily_tokens),
                SwitchButton("llm_mark", not settings.llm_mark),
            ]
    await answer(interaction, card, row(*turns, *items))


def _answers(settings: ServerSettings, default: float) -> list[Item]:
    return [
        LevelSelect(settings.threshold or default),
        SwitchButton("public", not settings.public),
        SwitchButton("private", not settings.private),
    ]


def _channels(settings: ServerSettings, guild: discord.Guild | None, reads_all: bool) -> list[Item]:
    def there(channels: Iterable[int]) -> tuple[int, ...]:
        """Discord refuses a select of a channel that is no longer there."""
        return tuple(c for c in channels if guild is None or guild.get_channel(c))

    every, off = (there(settings.with_mode(m)) for m in (ChannelMode.EVERY, ChannelMode.OFF))
    announcements = there([settings.announcements] if settings.announcements else ())
    return [
        ModeSelect(ChannelMode.EVERY, every, disabled=not reads_all),
        ModeSelect(ChannelMode.OFF, off),
        AnnouncementsSelect(announcements),
    ]


def _members(settings: ServerSettings, guild: discord.Guild | None) -> list[Item]:
    roles = tuple(role for role in settings.index_roles if guild is None or guild.get_role(role))
    return [
        RolesSelect(roles),
        CooldownSelect("member", settings.member_cooldown_seconds),
        CooldownSelect("server", settings.server_cooldown_seconds),
    ]
