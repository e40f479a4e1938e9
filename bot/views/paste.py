"""The form for a pasted article."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import discord

from bot import words
from bot.errors import handle

FORM_SECONDS = 3_600.0
"""Forms that are closed are never heard of again; after this they are forgotten."""
TITLE_MAX = 300
SOURCE_MAX = 500
PUBLISHED_MAX = 40
TEXT_MAX = 4_000
"""Discord's own limit for a text field."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """What the form holds; what was left out is None."""

    title: str | None
    source: str | None
    published: str | None
    text: str


Submit = Callable[[discord.Interaction[Any], Pasted], Awaitable[None]]


class PasteForm(discord.ui.Modal, title=words.FORM_TITLE):
    """Asks for an article and hands it on."""

    def __init__(self, submit: Submit) -> None:
        super().__init__(timeout=FORM_SECONDS)
        self._submit = submit
        self._title = _field(max_length=TITLE_MAX)
        self._source = _field(words.FORM_SOURCE_HINT, max_length=SOURCE_MAX)
        self._published = _field(words.FORM_PUBLISHED_HINT, max_length=PUBLISHED_MAX)
        self._text = _field(max_length=TEXT_MAX, style=discord.TextStyle.paragraph)
        fields = (self._title, self._source, self._published, self._text)
        for label, field in zip(words.FORM_FIELDS.values(), fields, strict=True):
            self.add_item(discord.ui.Label(text=label, component=field))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Hand on what was written."""
        pasted = Pasted(
            title=self._title.value.strip() or None,
            source=self._source.value.strip() or None,
            published=self._published.value.strip() or None,
            text=self._text.value,
        )
        await self._submit(interaction, pasted)

    async def on_error(  # type: ignore[override]  # as discord.ui.Modal has it
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        """Reply why it failed."""
        await handle(interaction, error)


def _field(
    hint: str | None = None,
    *,
    max_length: int,
    style: discord.TextStyle = discord.TextStyle.short,
) -> discord.ui.TextInput[Any]:
    """Return a field; one with a hint may be left empty."""
    return discord.ui.TextInput(
        placeholder=hint, required=hint is None, max_length=max_length, style=style
    )
