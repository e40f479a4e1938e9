"""Undo what was indexed or removed; the form for a text that is pasted."""

from __future__ import annotations

import logging
from typing import Any

import discord

from bot.cogs.articles import strings
from bot.cogs.articles.cards import undone_card, undone_lines
from bot.discord.components import PressedButton, form, row, submitted
from bot.discord.embeds import Payload
from bot.discord.replies import acknowledge, answer, persist, whisper
from bot.permissions import Interaction
from bot.services import Services
from index.errors import UndoExpired, UndoneAlready
from index.ingest import Text
from index.sources.document import Given

log = logging.getLogger(__name__)


class UndoButton(PressedButton, template=r"undo:(?P<action>\d{1,20})"):
    """Undoes what a command indexed, for whoever may index there when it is pressed."""

    def __init__(self, action: str) -> None:
        super().__init__(f"undo:{action}", strings.UNDO_BUTTON)
        self.action = action

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Undo it; the button is removed once there is nothing left to undo."""
        space = await services.own_space(interaction)
        await acknowledge(interaction)
        undo = services.library.records.publications.undo
        try:
            undone = await services.workers.ask(undo, self.action, space)
        except (UndoExpired, UndoneAlready):
            await persist(lambda: interaction.edit_original_response(view=None))
            raise
        user = interaction.user.id
        log.info("server %s: %s undid %s, %d articles", space, user, self.action, len(undone))
        left = [one for one in undone if not one.done]
        if len(left) == len(undone):
            await whisper(interaction, Payload(content=undone_lines(left)))
            return
        again = undo_button(self.action) if left else None
        await answer(interaction, undone_card(undone, user), again)


def undo_button(action: str) -> discord.ui.View:
    """Return the button, alone in its row."""
    return row(UndoButton(action))


PASTE_ID = "form:paste"
TITLE_MAX = 300
SOURCE_MAX = 500
PUBLISHED_MAX = 40

TEXT_MIN, TEXT_MAX = 15, 4_000
"""A word is no article; Discord's own limit for a text field."""


def paste_form() -> discord.ui.Modal:
    """Return the form; each field's custom_id is its name in FORM_FIELDS."""
    fields = {
        "title": _field("title", max_length=TITLE_MAX),
        "source": _field("source", strings.FORM_SOURCE_HINT, max_length=SOURCE_MAX),
        "published": _field("published", strings.FORM_PUBLISHED_HINT, max_length=PUBLISHED_MAX),
        "text": _field(
            "text", min_length=TEXT_MIN, max_length=TEXT_MAX, style=discord.TextStyle.paragraph
        ),
    }
    labelled = {label: fields[name] for name, label in strings.FORM_FIELDS.items()}
    return form(PASTE_ID, strings.FORM_TITLE, labelled)


def pasted(interaction: Interaction) -> Text:
    """Return what a submitted form holds; what was left out is None."""
    fields = submitted(interaction.data or {})
    names = ("title", "source", "published")
    given = Given(*(fields.get(name, "").strip() or None for name in names))
    return Text(strings.FORM_NAME, fields.get("text", ""), given)


def _field(
    name: str,
    hint: str | None = None,
    *,
    min_length: int | None = None,
    max_length: int,
    style: discord.TextStyle = discord.TextStyle.short,
) -> discord.ui.TextInput[Any]:
    """Return a field; one with a hint may be left empty."""
    return discord.ui.TextInput(
        custom_id=name,
        placeholder=hint,
        required=hint is None,
        min_length=min_length,
        max_length=max_length,
        style=style,
    )
