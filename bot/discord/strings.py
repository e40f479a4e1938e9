"""Strings shared by several features."""

from __future__ import annotations

from collections.abc import Sequence

PREVIOUS = "Previous"
NEXT = "Next"
NOT_YOUR_BUTTON = "Only the person who ran the command can use this button."

NO_ARTICLES = "There are no articles yet. Members allowed to index can add some with `/index`."

# What goes wrong.
TIMED_OUT = "That took too long. Please try again."
COMMAND_CHANGED = "This command was just updated. Please try again in a minute."
UNEXPECTED = "Something went wrong on my side. If it happens again, report error `{}`."


def and_more(count: int) -> str:
    return f"and {count:,} more"


def plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(things: Sequence[str], last: str) -> str:
    """Name things, with `last` before the last of them."""
    *some, end = things
    return f"{', '.join(some)} {last} {end}" if some else end
