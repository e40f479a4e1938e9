"""Forms with one field. None is kept: one that is open while the bot restarts still counts.

What a form is for stands in its custom_id, what it is about in the message that it was opened from;
`bot.cogs.forms` takes what is submitted.
"""

from __future__ import annotations

from typing import Any

import discord

from bot.cogs.ask import strings
from bot.discord.markdown import fit_plain

QUESTION_ID = "form:question"

REASON_ID = "form:reason"

QUESTION_MAX = 2_000

REASON_MAX = 500

TOPIC_MAX = 300
"""Of a message that is put into the form: a question is no longer."""


def question_form(title: str, topic: str = "") -> discord.ui.Modal:
    """Return a form for a question, with words of a message to begin with."""
    field = discord.ui.TextInput[Any](
        style=discord.TextStyle.paragraph,
        default=fit_plain(topic, TOPIC_MAX) or None,
        max_length=QUESTION_MAX,
    )
    return _form(QUESTION_ID, title, strings.ASK_QUESTION, field)


def reason_form() -> discord.ui.Modal:
    """Return a form for what was wrong with an answer."""
    field = discord.ui.TextInput[Any](
        style=discord.TextStyle.paragraph,
        placeholder=strings.REASON_HINT,
        required=False,
        max_length=REASON_MAX,
    )
    return _form(REASON_ID, strings.REASON_FORM, strings.REASON, field)


def typed(interaction: discord.Interaction[Any]) -> str:
    """Return what a submitted form holds."""
    return _value(interaction.data or {}).strip()


def _value(part: Any) -> str:
    """Return the value of the one field, however deep Discord puts it."""
    inside = [*part.get("components", ()), part.get("component") or {}]
    return str(part.get("value", "")) or "".join(_value(one) for one in inside if one)


def _form(
    custom_id: str, title: str, label: str, field: discord.ui.TextInput[Any]
) -> discord.ui.Modal:
    form = discord.ui.Modal(title=title, custom_id=custom_id)
    form.add_item(discord.ui.Label(text=label, component=field))
    form.stop()  # so that discord.py does not keep it
    return form
