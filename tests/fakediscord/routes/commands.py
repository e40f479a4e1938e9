"""Application commands: global and guild routes share their handlers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import kinds, limits
from ..limits import ApiError, Json
from .table import Request, Routes, unknown

if TYPE_CHECKING:
    from ..server import Server

routes = Routes()
GLOBAL, GUILD = "/applications/{app}/commands", "/applications/{app}/guilds/{gid}/commands"
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


def _store(fd: Server, rq: Request) -> dict[str, Json]:
    if rq["app"] != fd.bot.id:
        message = "You are not authorized to perform this action on this application"
        raise ApiError(403, 20012, message)
    if "gid" in rq.params:
        fd.guild(rq)
    return fd.registered.setdefault(rq.params.get("gid"), {})


def _stored(fd: Server, rq: Request) -> tuple[dict[str, Json], Json]:
    if rq["cmd"] not in (store := _store(fd, rq)):
        raise unknown(10063, "application command")
    return store, store[rq["cmd"]]


def _key(command: Json) -> tuple[int, str]:
    return command.get("type", kinds.CHAT_INPUT), command["name"]


def _made(fd: Server, rq: Request, body: Json, old: Json | None = None) -> Json:
    """Make a command as it is stored from the body of a call and what was there before."""
    before = old and old["default_member_permissions"]
    needed = body.get("default_member_permissions", before)
    command = {
        **BLANK,
        **(old or {"id": fd.snowflake()}),
        **{key: value for key, value in body.items() if key != "id"},
        "application_id": fd.bot.id,
        "version": fd.snowflake(),
        "default_member_permissions": None if needed is None else str(needed),
    }
    if guild := rq.params.get("gid"):
        return command | {"guild_id": guild}
    return command | {"dm_permission": body.get("dm_permission", True) is not False}


@routes.add("GET", GUILD + "/permissions", GUILD + "/{cmd}/permissions")
async def command_permissions(fd: Server, rq: Request) -> list[Json]:
    if "cmd" in rq.params:
        raise unknown(10066, "application command permissions")
    return []


@routes.add("GET", GLOBAL, GUILD)
async def list_commands(fd: Server, rq: Request) -> list[Json]:
    return list(_store(fd, rq).values())


@routes.add("PUT", GLOBAL, GUILD)
async def overwrite_commands(fd: Server, rq: Request) -> list[Json]:
    store = _store(fd, rq)
    limits.commands(rq.body)
    olds = {_key(command): command for command in store.values()}
    new = []
    for body in rq.body:
        old = olds.get(_key(body))
        kept = {"id": old["id"], "default_member_permissions": None} if old else None
        new.append(_made(fd, rq, body, kept))
    store.clear()
    store.update({command["id"]: command for command in new})
    fd.signal.fire()
    return new


@routes.add("POST", GLOBAL, GUILD)
async def upsert_command(fd: Server, rq: Request) -> tuple[int, Json]:
    store = _store(fd, rq)
    limits.command(rq.body)
    old = next((command for command in store.values() if _key(command) == _key(rq.body)), None)
    command = _made(fd, rq, rq.body, old)
    store[command["id"]] = command
    fd.signal.fire()
    return (200 if old else 201), command


@routes.add("GET", GLOBAL + "/{cmd}", GUILD + "/{cmd}")
async def get_command(fd: Server, rq: Request) -> Json:
    return _stored(fd, rq)[1]


@routes.add("PATCH", GLOBAL + "/{cmd}", GUILD + "/{cmd}")
async def edit_command(fd: Server, rq: Request) -> Json:
    store, old = _stored(fd, rq)
    limits.command(old | rq.body)
    store[old["id"]] = command = _made(fd, rq, rq.body, old)
    return command


@routes.add("DELETE", GLOBAL + "/{cmd}", GUILD + "/{cmd}")
async def delete_command(fd: Server, rq: Request) -> None:
    store, old = _stored(fd, rq)
    del store[old["id"]]
