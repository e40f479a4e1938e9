"""The panel of a server's settings. Whoever presses must have the right at that moment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

import discord

from bot.cogs.settings import strings
from bot.cogs.settings.cards import level, settings_card
from bot.discord.components import Pressed, PressedButton, row
from bot.discord.replies import acknowledge, answer
from bot.errors import InvalidSetting
from bot.permissions import Interaction, managed
from bot.server_settings import (
    COOLDOWNS,
    DAILY_TOKENS,
    MAX_ROLES,
    ChannelMode,
    Section,
    ServerSettings,
)
from bot.services import Services
from index.model import Thresholds
from index.store.settings_store import Json


async def change(
    interaction: Interaction,
    services: Services,
    section: Section,
    name: str,
    value: Json,
    default: Json,
) -> None:
    """Set one of the settings and show the panel as it is then; a default is not stored."""
    store = services.server_settings
    stored = None if value == default else value
    who = interaction.user.id

    def write(guild_id: int) -> None:
        store.change(guild_id, name, stored, who)

    await changed(interaction, services, section, (name, value), write)


async def changed(
    interaction: Interaction,
    services: Services,
    section: Section,
    wanted: tuple[str, Json],
    write: Callable[[int], None],
) -> None:
    """Have `write` change the settings of the server, and show the panel as it is then.

    `wanted` is the name and value to note where the user may not.
    """
    await acknowledge(interaction)
    guild_id = managed(interaction, wanted)
    await services.workers.ask(write, guild_id)
    await show(interaction, services, guild_id, section)


SWITCHES: Mapping[str, Mapping[bool, str]] = {
    "public": strings.PUBLIC_BUTTONS,
    "private": strings.PRIVATE_BUTTONS,
    "llm_mark": strings.MARK_BUTTONS,
}
"""What each switch says when it sets yes or no."""


class ChoiceSelect(Pressed["discord.ui.Select[Any]"], template=r"(?!)"):
    """Sets the setting `name` to one of the values that are offered."""

    section: ClassVar[Section]

    def __init__(
        self,
        custom_id: str,
        name: str,
        offered: Mapping[Any, tuple[str, str | None]],
        chosen: Json,
    ) -> None:
        """`offered` has the label of each value, and what it means if that needs more words."""
        options = [
            discord.SelectOption(
                label=label, description=meaning, value=_word(value), default=value == chosen
            )
            for value, (label, meaning) in offered.items()
        ]
        placeholder = strings.SETTING_NAMES[name]
        super().__init__(
            discord.ui.Select(custom_id=custom_id, placeholder=placeholder, options=options)
        )
        self.name = name
        self._values = {_word(value): value for value in offered}

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Set what was chosen. Raises InvalidSetting for what another release offered."""
        chosen = next(iter(self.item.values), "")
        if chosen not in self._values:
            raise InvalidSetting(self.name)
        default = getattr(ServerSettings(), self.name)
        if self.name == "threshold":
            default = level(services.library.thresholds)
        await change(interaction, services, self.section, self.name, self._values[chosen], default)


def _word(value: Json) -> str:
    return "any" if value is None else str(value)


class LevelSelect(ChoiceSelect, template=r"settings:threshold"):
    """Sets how sure an answer must be."""

    section = Section.ANSWERS

    def __init__(self, chosen: str | None = None) -> None:
        super().__init__("settings:threshold", "threshold", strings.LEVELS, chosen)


class CooldownSelect(ChoiceSelect, template=r"settings:cooldown:(?P<whose>member|server)"):
    """Sets the least time between two questions, of a member or of all together."""

    section = Section.MEMBERS

    def __init__(self, whose: str, seconds: int = 0) -> None:
        prefix = strings.COOLDOWN_OF[whose]
        offered = {each: (f"{prefix}: {strings.cooldown(each)}", None) for each in COOLDOWNS}
        name = f"{whose}_cooldown_seconds"
        super().__init__(f"settings:cooldown:{whose}", name, offered, seconds)


class TokensSelect(ChoiceSelect, template=r"settings:llm_daily_tokens"):
    """Sets how many tokens the server may use in a day."""

    section = Section.DRAFTS

    def __init__(self, tokens: int | None = None) -> None:
        offered = {each: (strings.daily_tokens(each), None) for each in DAILY_TOKENS}
        super().__init__("settings:llm_daily_tokens", "llm_daily_tokens", offered, tokens)


class SwitchButton(
    PressedButton, template=r"settings:(?P<name>public|private|llm_mark):(?P<value>yes|no)"
):
    """Sets what is yes or no; the value is in the button, so that an old one does what it says."""

    def __init__(self, name: str, value: bool) -> None:
        custom_id = f"settings:{name}:{'yes' if value else 'no'}"
        super().__init__(custom_id, SWITCHES[name][value], row=2)
        self.name = name
        self.value = value

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Read the state of a pressed button."""
        return cls(match["name"], match["value"] == "yes")

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Set it."""
        default = getattr(ServerSettings(), self.name)
        section = Section.DRAFTS if self.name == "llm_mark" else Section.ANSWERS
        await change(interaction, services, section, self.name, self.value, default)


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
                placeholder=strings.MODE_HINTS[mode],
                channel_types=ANSWERED,
                min_values=0,
                max_values=MOST,
                default_values=_chosen(channels[:MOST]),
                disabled=disabled,
            )
        )
        self.mode = mode

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Read the state of a select that was used."""
        return cls(ChannelMode(match["mode"]))

    async def pressed(self, interaction: Interaction, services: Services) -> None:
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
    """Sets where new articles are announced."""

    def __init__(self, channels: Sequence[int] = ()) -> None:
        super().__init__(
            discord.ui.ChannelSelect(
                custom_id="settings:announcements",
                placeholder=strings.ANNOUNCEMENTS_HINT,
                channel_types=ANNOUNCED,
                min_values=0,
                max_values=1,
                default_values=_chosen(channels),
            )
        )

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Announce in the chosen channel, or nowhere."""
        chosen = next((channel.id for channel in self.item.values), None)
        await change(interaction, services, Section.CHANNELS, "announcements", chosen, None)


def _chosen(channels: Sequence[int]) -> list[discord.SelectDefaultValue]:
    kind = discord.SelectDefaultValueType.channel
    return [discord.SelectDefaultValue(id=channel, type=kind) for channel in channels]


class RolesSelect(Pressed["discord.ui.RoleSelect[Any]"], template=r"settings:index_roles"):
    """Sets which roles may index."""

    def __init__(self, roles: tuple[int, ...] = ()) -> None:
        super().__init__(
            discord.ui.RoleSelect(
                custom_id="settings:index_roles",
                placeholder=strings.ROLES_HINT,
                min_values=0,
                max_values=MAX_ROLES,
                default_values=[discord.Object(role, type=discord.Role) for role in roles],
            )
        )

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Let the chosen roles index, and no others."""
        roles: list[Json] = [role.id for role in self.item.values]
        await change(interaction, services, Section.MEMBERS, "index_roles", roles, [])


Component = discord.ui.Item[Any]


class SectionButton(PressedButton, template=r"settings:section:(?P<section>[a-z]{1,20})"):
    """Turns to a section."""

    def __init__(self, section: Section, *, current: bool = False) -> None:
        style = discord.ButtonStyle.primary if current else discord.ButtonStyle.secondary
        super().__init__(
            f"settings:section:{section}",
            strings.SECTIONS[section],
            style=style,
            disabled=current,
            row=0,
        )
        self.section = section

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Read the state of a pressed button; one that is not known leads to the first section."""
        found = match["section"]
        return cls(Section(found) if found in list(Section) else Section.ANSWERS)

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Show the section."""
        await acknowledge(interaction)
        guild_id = managed(interaction, ("panel", None))
        await show(interaction, services, guild_id, self.section)


async def show(
    interaction: Interaction, services: Services, guild_id: int, section: Section = Section.ANSWERS
) -> None:
    """Put a section of the panel where the acknowledgement stands."""
    settings = await services.settings_of(guild_id)
    default = services.library.thresholds
    reads_all = interaction.client.intents.message_content
    card = settings_card(settings, default, guild_id, section, reads_all=reads_all)
    there = [each for each in Section if each is not Section.DRAFTS or services.writer]
    turns = (SectionButton(each, current=each is section) for each in there)
    match section:
        case Section.ANSWERS:
            items = _answers(settings, default)
        case Section.CHANNELS:
            items = _channels(settings, interaction.guild, reads_all)
        case Section.MEMBERS:
            items = _members(settings, interaction.guild)
        case Section.DRAFTS:
            items = [
                TokensSelect(settings.llm_daily_tokens),
                SwitchButton("llm_mark", not settings.llm_mark),
            ]
    await answer(interaction, card, row(*turns, *items))


def _answers(settings: ServerSettings, default: Thresholds) -> list[Component]:
    return [
        LevelSelect(settings.threshold or level(default)),
        SwitchButton("public", not settings.public),
        SwitchButton("private", not settings.private),
    ]


def _channels(
    settings: ServerSettings, guild: discord.Guild | None, reads_all: bool
) -> list[Component]:
    def there(channels: Iterable[int]) -> tuple[int, ...]:
        """Leave out channels that are gone: Discord refuses a select that names one."""
        return tuple(c for c in channels if guild is None or guild.get_channel(c))

    every, off = (there(settings.with_mode(m)) for m in (ChannelMode.EVERY, ChannelMode.OFF))
    announcements = there([settings.announcements] if settings.announcements else ())
    return [
        ModeSelect(ChannelMode.EVERY, every, disabled=not reads_all),
        ModeSelect(ChannelMode.OFF, off),
        AnnouncementsSelect(announcements),
    ]


def _members(settings: ServerSettings, guild: discord.Guild | None) -> list[Component]:
    roles = tuple(role for role in settings.index_roles if guild is None or guild.get_role(role))
    return [
        RolesSelect(roles),
        CooldownSelect("member", settings.member_cooldown_seconds),
        CooldownSelect("server", settings.server_cooldown_seconds),
    ]


ITEMS = (
    AnnouncementsSelect,
    CooldownSelect,
    LevelSelect,
    ModeSelect,
    RolesSelect,
    SectionButton,
    SwitchButton,
    TokensSelect,
)
"""All that a panel is made of, for the bot to recognise."""
