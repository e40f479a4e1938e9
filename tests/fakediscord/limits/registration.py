"""Limits of application commands, as they are registered."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

from ..kinds import CHAT_INPUT, OPTION_STRING, SUBCOMMANDS
from .form import ApiError, Errors, Json, Path, invalid_form

MAX_SIZE, MAX_SLASH, MAX_CONTEXT_MENU = 8000, 100, 15


def name_ok(name: str) -> bool:
    """^[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}$ and lower case where there is one."""
    return 1 <= len(name) <= 32 and all(map(_letter_ok, name)) and name == name.lower()


def _letter_ok(letter: str) -> bool:
    return (
        letter in "-_'"
        or unicodedata.category(letter)[0] in "LN"
        or "\u0900" <= letter <= "\u097f"
        or "\u0e00" <= letter <= "\u0e7f"
    )


def commands(items: list[Json]) -> None:
    """Validate a bulk overwrite: each command, their names, their number."""
    seen: set[tuple[int, str]] = set()
    counts: Counter[int] = Counter()
    for index, item in enumerate(items):
        kind = item.get("type", CHAT_INPUT)
        command(item, (index,))
        if (kind, item["name"]) in seen:
            error = {
                "code": "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "message": "Application command names must be unique",
            }
            raise invalid_form({str(index): {"name": {"_errors": [error]}}})
        seen.add((kind, item["name"]))
        counts[kind] += 1
    for kind, count in counts.items():
        cap = MAX_SLASH if kind == CHAT_INPUT else MAX_CONTEXT_MENU
        if count > cap:
            message = f"Maximum number of application commands reached ({cap})."
            raise ApiError(400, 30032, message)


def command(item: Json, prefix: Path = ()) -> None:
    """Validate one command with all its options."""
    errors = Errors(prefix)
    if _node(errors, item, (), item.get("type", CHAT_INPUT)) > MAX_SIZE:
        message = f"Command exceeds maximum size ({MAX_SIZE})"
        errors.add((), "APPLICATION_COMMAND_TOO_LARGE", message)
    errors.check()


def _node(errors: Errors, node: Json, path: Path, kind: int, depth: int = 0) -> int:
    """Check a command or option and those below it; return their size in characters."""
    name, description = node.get("name") or "", node.get("description") or ""
    _name_and_description(errors, name, description, path, kind)
    options = node.get("options") or []
    errors.length((*path, "options"), options, 0, 25)
    subcommands = [option.get("type") in SUBCOMMANDS for option in options]
    if any(subcommands) and (not all(subcommands) or depth >= 2):
        errors.add(
            (*path, "options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive "
            "to all other types",
        )
    size, names, optional = len(name) + len(description), set(), False
    for index, option in enumerate(options):
        where = (*path, "options", index)
        _name_is_new(errors, option, where, names)
        if option.get("required") and optional:
            errors.add(
                where,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional |= not option.get("required") and option.get("type") not in SUBCOMMANDS
        size += _choices(errors, option, where)
        errors.number((*where, "min_length"), option.get("min_length"), 0, 6000)
        errors.number((*where, "max_length"), option.get("max_length"), 1, 6000)
        size += _node(errors, option, where, CHAT_INPUT, depth + 1)
    return size


def _name_and_description(
    errors: Errors, name: str, description: str, path: Path, kind: int
) -> None:
    if kind == CHAT_INPUT:
        if not name_ok(name):
            message = "Command name is invalid"
            errors.add((*path, "name"), "APPLICATION_COMMAND_INVALID_NAME", message)
        errors.string((*path, "description"), description, 1, 100, required=True)
        return
    errors.string((*path, "name"), name, 1, 32, required=True)
    if description:
        errors.add(
            (*path, "description"),
            "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_NOT_ALLOWED",
            "Context menu commands cannot have description",
        )


def _name_is_new(errors: Errors, option: Json, path: Path, names: set[Any]) -> None:
    if option.get("name") in names:
        errors.add(
            (*path, "name"),
            "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
            "Option name already exists in command",
        )
    names.add(option.get("name"))


def _choices(errors: Errors, option: Json, path: Path) -> int:
    choices, size = option.get("choices") or [], 0
    errors.length((*path, "choices"), choices, 0, 25)
    for index, choice in enumerate(choices):
        where, name, value = (*path, "choices", index), choice.get("name"), choice.get("value")
        errors.string((*where, "name"), name, 1, 100, required=True)
        if option.get("type") == OPTION_STRING:
            errors.string((*where, "value"), value, 0, 100, required=True)
        size += len(str(name)) + len(str(value))
    if choices and option.get("autocomplete"):
        errors.add(
            (*path, "autocomplete"),
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
            "Options with choices cannot have autocomplete",
        )
    return size
