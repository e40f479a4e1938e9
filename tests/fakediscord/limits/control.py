"""Limits of what a user can press, choose from or fill in."""

from __future__ import annotations

from typing import Any

from .. import kinds
from .form import Errors, Json, Path


def button(errors: Errors, item: Json, path: Path) -> None:
    """Check a button."""
    style = item.get("style")
    errors.number((*path, "style"), style, 1, 6)
    errors.string((*path, "label"), item.get("label"), 0, 80)
    if style == kinds.LINK_STYLE:
        schemes = ("http", "https", "discord")
        errors.url((*path, "url"), item.get("url"), schemes, 512, required=True)
    elif style != kinds.PREMIUM_STYLE and not item.get("label") and not item.get("emoji"):
        message = "A label or an emoji must be specified"
        errors.add(path, "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", message)


def select(errors: Errors, item: Json, path: Path) -> None:
    """Check a select menu."""
    errors.string((*path, "placeholder"), item.get("placeholder"), 0, 150)
    errors.number((*path, "min_values"), item.get("min_values"), 0, 25)
    errors.number((*path, "max_values"), item.get("max_values"), 1, 25)
    if item.get("type") == kinds.STRING_SELECT:
        errors.length((*path, "options"), item.get("options"), 1, 25, required=True)


def text_input(errors: Errors, item: Json, path: Path) -> None:
    """Check a modal's text input; inside a Label it needs no label of its own."""
    if path[-1] != "component":
        errors.string((*path, "label"), item.get("label"), 1, 45, required=True)
    errors.string((*path, "placeholder"), item.get("placeholder"), 0, 100)
    errors.string((*path, "value"), item.get("value"), 0, 4000)
    errors.number((*path, "min_length"), item.get("min_length"), 0, 4000)
    errors.number((*path, "max_length"), item.get("max_length"), 1, 4000)


def file_upload(errors: Errors, item: Json, path: Path) -> None:
    """Check a modal's file upload."""
    errors.number((*path, "min_values"), item.get("min_values"), 0, 10)
    errors.number((*path, "max_values"), item.get("max_values"), 1, 10)


def group(errors: Errors, item: Json, path: Path) -> None:
    """Check a radio group (two options at least) or a checkbox group."""
    low = 2 if item.get("type") == kinds.RADIO_GROUP else 1
    errors.length((*path, "options"), item.get("options"), low, 10, required=True)


def options(errors: Errors, item: Json, path: Path) -> None:
    """Check the options to choose from, in whatever carries some."""
    values: set[Any] = set()
    for index, option in enumerate(item.get("options") or ()):
        where = (*path, "options", index)
        errors.string((*where, "label"), option.get("label"), 1, 100, required=True)
        errors.string((*where, "value"), option.get("value"), 1, 100, required=True)
        errors.string((*where, "description"), option.get("description"), 0, 100)
        if option.get("value") in values:
            message = "The specified option value is already used"
            errors.add((*where, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)
        values.add(option.get("value"))


CONTROLS = {
    kinds.BUTTON: button,
    **dict.fromkeys(kinds.SELECTS, select),
    kinds.TEXT_INPUT: text_input,
    kinds.FILE_UPLOAD: file_upload,
    kinds.RADIO_GROUP: group,
    kinds.CHECKBOX_GROUP: group,
}
