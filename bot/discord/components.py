"""Base classes of buttons and selects that still work after a restart; forms."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, Self, TypeVar

import discord

from bot.discord import strings
from bot.discord.error_handler import handle
from bot.discord.replies import acknowledge
from bot.errors import NotYours
from bot.permissions import Interaction
from bot.services import Services

ItemT = TypeVar("ItemT", bound="discord.ui.Item[Any]")


class Pressed(discord.ui.DynamicItem[ItemT], ABC, template=r"(?!)"):
    """A component that keeps its state in its custom_id, which is untrusted.

    Subclasses implement `pressed`, whose errors are shown to the user (discord.py would only log
    them), and `of` where their state is more than words.
    """

    @classmethod
    async def from_custom_id(
        cls, _: Interaction, __: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the component that was used."""
        return cls.of(match)

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Return the component of a custom_id; its state are the groups of the template."""
        state: Any = match.groupdict()
        return cls(**state)  # subclasses make their item themselves

    @classmethod
    def read(cls, custom_id: str) -> Self | None:
        """Return the component of a custom_id, None if that belongs to another class."""
        match = cls.__discord_ui_compiled_template__.fullmatch(custom_id)
        return cls.of(match) if match else None

    async def callback(self, interaction: Interaction) -> None:
        """Do what the component says, or reply with the error."""
        services: Services = interaction.client.services
        services.workers.track()
        try:
            await self.pressed(interaction, services)
        except Exception as error:  # noqa: BLE001 - the one handler decides
            await handle(interaction, error)

    @abstractmethod
    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Do what the component says."""


class PressedButton(Pressed["discord.ui.Button[Any]"], template=r"(?!)"):
    """A button."""

    def __init__(
        self,
        custom_id: str,
        label: str,
        *,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        disabled: bool = False,
        row: int | None = None,
    ) -> None:
        super().__init__(
            discord.ui.Button(
                custom_id=custom_id, label=label, style=style, disabled=disabled, row=row
            )
        )


def row(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """Return a view of components, registered nowhere: each press finds its class."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view


def form(
    custom_id: str, title: str, fields: Mapping[str, discord.ui.TextInput[Any]]
) -> discord.ui.Modal:
    """Return a form with these fields, by their labels."""
    made = discord.ui.Modal(title=title, custom_id=custom_id)
    for label, field in fields.items():
        made.add_item(discord.ui.Label(text=label, component=field))
    made.stop()  # so that discord.py does not keep it
    return made


def submitted(part: Any) -> dict[str, str]:
    """Return the values of a submitted form by custom_id, at any depth of nesting."""
    found: dict[str, str] = {}
    if "value" in part:
        found[str(part.get("custom_id", ""))] = str(part["value"] or "")
    for one in (*part.get("components", ()), part.get("component")):
        if one:
            found |= submitted(one)
    return found


STATE = r"(?P<step>back|on):(?P<of>\d{1,20}):(?P<page>\d{1,6})"

SEARCH_MAX = 50
"""Characters of a search, so that it fits into a custom_id."""

SEARCH = rf"(?::(?P<words>.{{1,{SEARCH_MAX}}}))?"


class PagesButton(PressedButton, template=r"(?!)"):
    """Turns to `page` (from 0) of an answer or a list: `subject` is the id of which.

    A subclass has a `name`, and a template made of the name and STATE. The template of lists that
    can be searched ends with SEARCH.
    """

    name: ClassVar[str]

    def __init__(
        self, step: str, subject: int, page: int, words: str = "", *, disabled: bool = False
    ) -> None:
        label = strings.PREVIOUS if step == "back" else strings.NEXT
        custom_id = f"{self.name}:{step}:{subject}:{page}" + (f":{words}" if words else "")
        super().__init__(custom_id, label, disabled=disabled)
        self.subject = subject
        self.page = page
        self.words = words

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Read the state of a pressed button."""
        words = match.groupdict().get("words") or ""
        return cls(match["step"], int(match["of"]), int(match["page"]), words)

    @classmethod
    def turns(cls, subject: int, page: int, last: int, words: str = "") -> list[Self]:
        """Return the two buttons of a page, or none if there is only one page."""
        if not last:
            return []
        back = cls("back", subject, max(page - 1, 0), words, disabled=page == 0)
        return [back, cls("on", subject, page + 1, words, disabled=page == last)]


class TurnListButton(PagesButton, template=r"(?!)"):
    """Turns the pages of a list for the user, its `subject`, who asked for it.

    Each list is a subclass with `show`, and the message `not_yours` for anybody else.
    """

    not_yours: ClassVar[str]

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Show the page as the list is now."""
        if interaction.user.id != self.subject:
            raise NotYours(self.not_yours)
        await acknowledge(interaction)
        await self.show(interaction, services)

    @abstractmethod
    async def show(self, interaction: Interaction, services: Services) -> None:
        """Put the page in place of the acknowledgement."""
