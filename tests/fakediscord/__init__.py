"""A local, Discord-compatible server and users to drive, for black-box tests of a discord.py bot.

See README.md.
"""

from . import limits
from .driver import (
    REDIRECT,
    Actor,
    BotProcess,
    Command,
    FakeDiscord,
    Interaction,
    InteractionFailed,
    Outcome,
    Refused,
    Reply,
)
from .limits import ApiError, Pings
from .model import Channel, File, Guild, Message, Role, flatten
from .permissions import ALL, BOT, EVERYONE, PERMS, perms
from .waiting import HarnessTimeout

__all__ = [
    "ALL",
    "BOT",
    "EVERYONE",
    "PERMS",
    "REDIRECT",
    "Actor",
    "ApiError",
    "BotProcess",
    "Channel",
    "Command",
    "FakeDiscord",
    "File",
    "Guild",
    "HarnessTimeout",
    "Interaction",
    "InteractionFailed",
    "Message",
    "Outcome",
    "Pings",
    "Refused",
    "Reply",
    "Role",
    "flatten",
    "limits",
    "perms",
]
