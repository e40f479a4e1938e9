"""The form for a pasted article. Like those in `bot.views.forms`, none is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord

from bot import words

PASTE_ID = "form:paste"
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


def paste_form() -> discord.ui.Modal:
    """Return the form; each field's custom_id is its name in Pasted."""
    form = discord.ui.Modal(title=words.FORM_TITLE, custom_id=PASTE_ID)
    fields = {
        "title": _field("title", max_length=TITLE_MAX),
        "source": _field("source", words.FORM_SOURCE_HINT, max_length=SOURCE_MAX),
        "published": _field("published", words.FORM_PUBLISHED_HINT, max_length=PUBLISHED_MAX),
        "text": _field("text", max_length=TEXT_MAX, style=discord.TextStyle.paragraph),
    }
    for name, label in words.FORM_FIELDS.items():
        form.add_item(discord.ui.Label(text=label, component=fields[name]))
    form.stop()  # so that discord.py does not keep it
    return form


def pasted(interaction: discord.Interaction[Any]) -> Pasted:
    """Return what a submitted form holds."""
    data: Any = interaction.data or {}
    given = dict(_values(data))
    return Pasted(
        title=given.get("title", "").strip() or None,
        source=given.get("source", "").strip() or None,
        published=given.get("published", "").strip() or None,
        text=given.get("text", ""),
    )


def _values(part: Any) -> Iterator[tuple[str, str]]:
    """Yield custom_id and value of each field, however deep Discord puts it."""
    if "value" in part:
        yield str(part.get("custom_id", "")), str(part["value"] or "")
    for one in (*part.get("components", ()), part.get("component")):
        if one:
            yield from _values(one)


def _field(
    name: str,
    hint: str | None = None,
    *,
    max_length: int,
    style: discord.TextStyle = discord.TextStyle.short,
) -> discord.ui.TextInput[Any]:
    """Return a field; one with a hint may be left empty."""
    return discord.ui.TextInput(
        custom_id=name,
        placeholder=hint,
        required=hint is None,
        max_length=max_length,
        style=style,
    )
