"""Discord's documented limits (API v10), as validators that answer with its error shape."""

from ..kinds import EPHEMERAL, INTERACTIVE, LOADING, SELECTS, V2
from .component import components, walk
from .embed import embeds
from .form import ApiError, Errors, Json, Path, invalid_form
from .mention import Pings, allowed_mentions, pings
from .payload import MAX_CONTENT, choices, message, modal
from .registration import command, commands, name_ok

__all__ = [
    "EPHEMERAL",
    "INTERACTIVE",
    "LOADING",
    "MAX_CONTENT",
    "SELECTS",
    "V2",
    "ApiError",
    "Errors",
    "Json",
    "Path",
    "Pings",
    "allowed_mentions",
    "choices",
    "command",
    "commands",
    "components",
    "embeds",
    "invalid_form",
    "message",
    "modal",
    "name_ok",
    "pings",
    "walk",
]
