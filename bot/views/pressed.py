"""The base of all buttons and selects: they survive a restart, and their errors are answered."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Self, TypeVar

import discord

from bot.errors import handle

if TYPE_CHECKING:
    from bot.cogs.services import Services

ItemT = TypeVar("ItemT", bound="discord.ui.Item[Any]")


class Pressed(discord.ui.DynamicItem[ItemT], ABC, template=r"(?!)"):
    """A component whose state is in its custom_id, which is untrusted.

    Subclasses implement `pressed`; discord.py would only log what it raises. Those with state in
    their custom_id read it in `from_custom_id`, which the others leave as it is.
    """

    @classmethod
    async def from_custom_id(
        cls, _: discord.Interaction[Any], __: discord.ui.Item[Any], ___: re.Match[str], /
    ) -> Self:
        """Stand for a component that was used."""
        return cls()  # type: ignore[call-arg]  # subclasses make their item themselves

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the component says, or reply why not."""
        services: Services = interaction.client.services
        services.workers.track()
        try:
            await self.pressed(interaction, services)
        except Exception as error:  # noqa: BLE001 - the one handler decides
            await handle(interaction, error)

    @abstractmethod
    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Do what the component says."""


class PressedButton(Pressed["discord.ui.Button[Any]"], template=r"(?!)"):
    """A button."""


def row(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """Return a view of components; it is registered nowhere, as each press finds its class."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view
