"""Application commands, of all guilds alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import kinds, limits
from ..limits import ApiError, Json
from .table import Request, Routes

if TYPE_CHECKING:
    from ..server import Server

routes = Routes()
COMMANDS = "/applications/{app}/commands"
BLANK = {
    "type": kinds.CHAT_INPUT,
    "description": "",
    "options": [],
    "nsfw": False,
    "name_localizations": None,
    "description_localizations": None,
    "integration_types": [0],
    "contexts": None,
}


def _key(command: Json) -> tuple[int, str]:
    return command.get("type", kinds.CHAT_INPUT), command["name"]


def _made(fd: Server, body: Json, old: Json | None) -> Json:
    """Make a command as it is stored from the body of a call; it keeps its id."""
    needed = body.get("default_member_permissions")
    return {
        **BLANK,
        **body,
        "id": old["id"] if old else fd.snowflake(),
        "application_id": fd.bot.id,
        "version": fd.snowflake(),
        "default_member_permissions": None if needed is None else str(needed),
        "dm_permission": body.get("dm_permission", True) is not False,
    }


@routes.add("PUT", COMMANDS)
async def overwrite_commands(fd: Server, rq: Request) -> list[Json]:
    if rq["app"] != fd.bot.id:
        message = "You are not authorized to perform this action on this application"
        raise ApiError(403, 20012, message)
    limits.commands(rq.body)
    olds = {_key(command): command for command in fd.registered}
    fd.registered = [_made(fd, body, olds.get(_key(body))) for body in rq.body]
    fd.signal.fire()
    return fd.registered
