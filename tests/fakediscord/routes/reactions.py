"""Reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..limits import ApiError, Json
from ..permissions import PERMS
from .table import Request, Routes

if TYPE_CHECKING:
    from ..server import Server

routes = Routes()
REACTIONS = "/channels/{cid}/messages/{mid}/reactions"


# the lower decorator registers first: @me before {uid}
@routes.add("DELETE", REACTIONS + "/{emoji}/{uid}")
@routes.add("PUT DELETE", REACTIONS + "/{emoji}/@me")
async def react(fd: Server, rq: Request) -> None:
    adding = rq.method == "PUT"
    need = ["add_reactions"] if adding else []
    message = fd.message(rq, "read_message_history", *need)
    id = rq.params.get("uid", "@me")
    user = fd.bot if id == "@me" else fd.users.get(id)
    have = message.channel.permissions(fd.bot)
    if user is not fd.bot and not have & PERMS["manage_messages"]:
        raise ApiError(403, 50013, "Missing Permissions")
    fd.react(message, user, rq["emoji"], adding)


@routes.add("GET", REACTIONS + "/{emoji}")
async def list_reacting(fd: Server, rq: Request) -> list[Json]:
    return [fd.users[id].json() for id in fd.message(rq).reactions.get(rq["emoji"], ())]


@routes.add("DELETE", REACTIONS)
async def clear_reactions(fd: Server, rq: Request) -> None:
    fd.message(rq, "manage_messages").reactions.clear()
