"""Strings shared by several features."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

BLANK_QUESTION = "There is no question in that. Try: What did Hegseth say about NATO?"

FORGOTTEN = "I no longer know what was asked there. Please ask again: `/ask`."

PREVIOUS = "Previous"

NEXT = "Next"

NOT_YOUR_BUTTON = "Only the person who gave the command can press this."

# What goes wrong.
PANEL_CHANGED = "This panel is of an earlier day. Open it anew: `/settings panel`."

SERVER_ONLY = "That works in a server only: there are no articles of your own in direct messages."

SHUTTING_DOWN = "I am about to restart. Please try again in a minute."

TIMED_OUT = "That took too long. Please try again."

COMMAND_CHANGED = "This command has changed since your Discord loaded it. Try again in a minute."

NO_STORAGE = (
    "The index cannot be read or written at the moment. Whoever runs me finds it in the log."
)

NO_MODEL = "The language model cannot be used at the moment. Whoever runs me finds it in the log."

NO_FILE = "Discord did not hand over the file. Please try again."


def and_more(count: int) -> str:
    """Count what a list leaves out."""
    return f"and {count:,} more"


def not_indexed(name: str, reason: str) -> str:
    """Tell why an input cannot become an article; both are escaped already."""
    return f"{name} was not indexed: {reason}."


def unknown_article(asked: str) -> str:
    """Tell that there is no such article here."""
    return f"There is no article “{asked}” here. `/articles` lists them."


def not_allowed(role: str | None, roles: Sequence[int] = ()) -> str:
    """Tell who may index; `role` is a name, `roles` are ids."""
    others = [role] if role else []
    others += [f"<@&{role_id}>" for role_id in roles]
    if not others:
        return "That needs the permission Manage Server."
    noun = "the role" if len(others) == 1 else "one of the roles"
    return f"That needs the permission Manage Server or {noun} {listed(others, 'or')}."


def channel_refused(channel_id: int, *, user: bool) -> str:
    """Tell that the user, or the bot, may not write in a channel that was named."""
    if user:
        return f"You may not write in <#{channel_id}> yourself. Name another channel."
    return (
        f"I may not write in <#{channel_id}>: there I need Send Messages and Embed Links. "
        "Let me, or name another channel."
    )


def too_soon(until: datetime, server: bool) -> str:
    """Tell when a question may be asked again; `server` is whether nobody may before."""
    when = f"<t:{math.ceil(until.timestamp())}:R>"
    if server:
        return f"This server takes one question at a time, and has just asked. Ask again {when}."
    return f"One question at a time, please. Ask again {when}."


def queue_full(waiting: int) -> str:
    """Tell that too many wait."""
    return f"{plural(waiting, 'question')} wait before yours. Please ask again in a minute."


def unexpected(error_id: str) -> str:
    """Tell that something failed, and by what name the log knows it."""
    return f"Something went wrong on my side. If it happens again, report the number `{error_id}`."


def plural(count: int, noun: str) -> str:
    """Count a noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(things: Sequence[str], last: str) -> str:
    """Name things, with `last` before the last of them."""
    *some, end = things
    return f"{', '.join(some)} {last} {end}" if some else end
