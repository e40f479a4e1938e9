"""Acting as users against a bot that is connected to the server, and running the bot."""

from .actor import Actor
from .command import Command
from .errors import InteractionFailed, Refused
from .fake import FakeDiscord
from .interaction import Interaction
from .outcome import Outcome
from .process import REDIRECT, BotProcess
from .reply import Reply

__all__ = [
    "REDIRECT",
    "Actor",
    "BotProcess",
    "Command",
    "FakeDiscord",
    "Interaction",
    "InteractionFailed",
    "Outcome",
    "Refused",
    "Reply",
]
