"""Channels, typing, pins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..limits import ApiError, Errors, Json
from ..permissions import PERMS
from ..waiting import iso
from .table import Request, Routes

if TYPE_CHECKING:
    from ..server import Server

routes = Routes()
CHANNEL = "/channels/{cid}"
EDITABLE = {
    "name": "name",
    "topic": "topic",
    "archived": "archived",
    "locked": "locked",
    "auto_archive_duration": "auto_archive",
}


@routes.add("GET", CHANNEL)
async def get_channel(fd: Server, rq: Request) -> Json:
    return fd.channel(rq).json()


@routes.add("PATCH", CHANNEL)
async def edit_channel(fd: Server, rq: Request) -> Json:
    channel = fd.channel(rq)
    need = PERMS["manage_threads" if channel.thread else "manage_channels"]
    if not channel.permissions(fd.bot) & need and channel.owner is not fd.bot:
        raise ApiError(403, 50013, "Missing Permissions")
    errors = Errors()
    errors.string(("name",), rq.body.get("name"), 1, 100)
    errors.check()
    changes = {EDITABLE[key]: value for key, value in rq.body.items() if key in EDITABLE}
    fd.update_channel(channel, **changes)
    return channel.json()


@routes.add("DELETE", CHANNEL)
async def delete_channel(fd: Server, rq: Request) -> Json:
    known = fd.channels.get(rq["cid"])
    need = "manage_threads" if known and known.thread else "manage_channels"
    channel = fd.channel(rq, need)
    channel.guild.remove_channel(channel)
    return channel.json()


@routes.add("POST", CHANNEL + "/typing")
async def type_in(fd: Server, rq: Request) -> None:
    fd.type_in(fd.channel(rq, "send_messages"), fd.bot)


@routes.add("GET", CHANNEL + "/messages/pins")
async def list_pins(fd: Server, rq: Request) -> Json:
    pinned = [message for message in fd.channel(rq).history() if message.pinned]
    items = [{"pinned_at": iso(one.created), "message": fd.seen(one)} for one in pinned]
    return {"items": items, "has_more": False}


@routes.add("PUT DELETE", CHANNEL + "/messages/pins/{mid}", CHANNEL + "/pins/{mid}")
async def pin(fd: Server, rq: Request) -> None:
    fd.message(rq, "manage_messages").pinned = rq.method == "PUT"
