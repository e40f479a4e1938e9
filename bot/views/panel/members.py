"""Who may index, and how often one may ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.server_settings import COOLDOWNS, MAX_ROLES, InvalidSetting, Section
from bot.views.panel.changing import change
from bot.views.pressed import Pressed
from bot.words import settings as words

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.catalog import Json


class RolesSelect(Pressed["discord.ui.RoleSelect[Any]"], template=r"settings:index_roles"):
    """Sets which roles may index."""

    def __init__(self, roles: tuple[int, ...] = ()) -> None:
        super().__init__(
            discord.ui.RoleSelect(
                custom_id="settings:index_roles",
                placeholder=words.ROLES_HINT,
                min_values=0,
                max_values=MAX_ROLES,
                default_values=[discord.Object(role, type=discord.Role) for role in roles],
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Let the chosen roles index, and no others."""
        roles: list[Json] = [role.id for role in self.item.values]
        await change(interaction, services, Section.MEMBERS, "index_roles", roles, [])


class CooldownSelect(
    Pressed["discord.ui.Select[Any]"], template=r"settings:cooldown:(?P<whose>member|server)"
):
    """Sets the least time between two questions, of a member or of all together."""

    def __init__(self, whose: str, seconds: int = 0) -> None:
        options = [
            discord.SelectOption(
                label=f"{words.COOLDOWN_OF[whose]}: {words.cooldown(choice)}",
                value=str(choice),
                default=choice == seconds,
            )
            for choice in COOLDOWNS
        ]
        super().__init__(
            discord.ui.Select(
                custom_id=f"settings:cooldown:{whose}",
                placeholder=words.SETTING_NAMES[f"{whose}_cooldown_seconds"],
                options=options,
            )
        )
        self.name = f"{whose}_cooldown_seconds"

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Stand for a select that was used."""
        return cls(match["whose"])

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Set the time that was chosen."""
        chosen = next(iter(self.item.values), "")
        if chosen not in map(str, COOLDOWNS):
            raise InvalidSetting(self.name, ", ".join(map(str, COOLDOWNS)))
        await change(interaction, services, Section.MEMBERS, self.name, int(chosen), 0)
