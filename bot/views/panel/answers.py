"""How sure answers must be, what they come from, and who sees them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import discord

from bot.server_settings import LEVELS, InvalidSetting, Section, ServerSettings
from bot.views.panel.changing import change
from bot.views.pressed import Pressed, PressedButton
from bot.words import settings as words

if TYPE_CHECKING:
    from bot.cogs.services import Services


class Switch(NamedTuple):
    """Where a switch stands, and what it says when it sets yes or no."""

    section: Section
    labels: Mapping[bool, str]


SWITCHES = {
    "public": Switch(Section.ANSWERS, words.PUBLIC_BUTTONS),
    "private": Switch(Section.ANSWERS, words.PRIVATE_BUTTONS),
    "llm_mark": Switch(Section.WRITING, words.MARK_BUTTONS),
}


class LevelSelect(Pressed["discord.ui.Select[Any]"], template=r"settings:threshold"):
    """Sets how sure an answer must be."""

    def __init__(self, threshold: float | None = None) -> None:
        options = [
            discord.SelectOption(
                label=label, description=meaning, value=name, default=LEVELS[name] == threshold
            )
            for name, (label, meaning) in words.LEVELS.items()
        ]
        super().__init__(
            discord.ui.Select(
                custom_id="settings:threshold",
                placeholder=words.SETTING_NAMES["threshold"],
                options=options,
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Set the threshold of the level."""
        threshold = LEVELS.get(next(iter(self.item.values), ""))
        if threshold is None:
            raise InvalidSetting("threshold", ", ".join(LEVELS))
        default = services.library.threshold
        await change(interaction, services, Section.ANSWERS, "threshold", threshold, default)


class SwitchButton(
    PressedButton, template=r"settings:(?P<name>public|private|llm_mark):(?P<value>yes|no)"
):
    """Sets what is yes or no; the value is in the button, so that an old one does what it says."""

    def __init__(self, name: str, value: bool) -> None:
        label = SWITCHES[name].labels[value]
        custom_id = f"settings:{name}:{'yes' if value else 'no'}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id, row=2))
        self.name = name
        self.value = value

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Read the state of a pressed button."""
        return cls(match["name"], match["value"] == "yes")

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Set it."""
        default = getattr(ServerSettings(), self.name)
        section = SWITCHES[self.name].section
        await change(interaction, services, section, self.name, self.value, default)
