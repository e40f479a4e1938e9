"""The panel of a server's settings. Whoever presses must have the right at that moment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot import words
from bot.permissions import NotAllowed, ServerOnly, manages
from bot.rendering import settings_card
from bot.server_settings import LEVELS, MAX_ROLES, InvalidSetting, ServerSettings
from bot.views.pressed import Pressed, PressedButton, row
from bot.views.replies import acknowledge, answer

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.catalog import Json

SWITCHES = {"public": words.PUBLIC_BUTTONS, "private": words.PRIVATE_BUTTONS}


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

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], ___: re.Match[str], /
    ) -> Self:
        """Stand for a select that was used."""
        return cls()

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Set the threshold of the level."""
        threshold = LEVELS.get(next(iter(self.item.values), ""))
        if threshold is None:
            raise InvalidSetting("threshold", ", ".join(LEVELS))
        await change(interaction, services, "threshold", threshold, services.library.threshold)


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

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], ___: re.Match[str], /
    ) -> Self:
        """Stand for a select that was used."""
        return cls()

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Let the chosen roles index, and no others."""
        roles: list[Json] = [role.id for role in self.item.values]
        await change(interaction, services, "index_roles", roles, [])


class SwitchButton(PressedButton, template=r"settings:(?P<name>public|private):(?P<value>yes|no)"):
    """Sets what is yes or no; the value is in the button, so that an old one does what it says."""

    def __init__(self, name: str, value: bool) -> None:
        label = SWITCHES[name][value]
        custom_id = f"settings:{name}:{'yes' if value else 'no'}"
        super().__init__(discord.ui.Button(label=label, custom_id=custom_id))
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
        await change(interaction, services, self.name, self.value, default)


async def change(
    interaction: discord.Interaction[Any],
    services: Services,
    name: str,
    value: Json,
    default: Json,
) -> None:
    """Set one of the settings and show the panel as it is then; a default is not stored."""
    await acknowledge(interaction)
    guild_id = await managed(interaction, services, name, value)
    stored = None if value == default else value
    store = services.server_settings
    await services.workers.ask(store.change, guild_id, name, stored, interaction.user.id)
    await show(interaction, services, guild_id)


async def managed(
    interaction: discord.Interaction[Any], services: Services, name: str, value: Json = None
) -> int:
    """Return the server whose settings the user may see and change; note it where they may not.

    Raises ServerOnly, NotAllowed.
    """
    if interaction.guild_id is None:
        raise ServerOnly
    if not manages(interaction):
        refuse = services.server_settings.refuse
        user = interaction.user.id
        await services.workers.ask(refuse, interaction.guild_id, name, value, user)
        raise NotAllowed
    return interaction.guild_id


async def show(interaction: discord.Interaction[Any], services: Services, guild_id: int) -> None:
    """Put the panel where the acknowledgement stands."""
    settings = await services.settings_of(guild_id)
    default = services.library.threshold
    guild = interaction.guild
    # Discord refuses a select of a role that is no longer there.
    there = tuple(role for role in settings.index_roles if guild is None or guild.get_role(role))
    view = row(
        LevelSelect(settings.threshold or default),
        RolesSelect(there),
        SwitchButton("public", not settings.public),
        SwitchButton("private", not settings.private),
    )
    await answer(interaction, settings_card(settings, default, guild_id), view)
