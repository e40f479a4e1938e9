"""Messages of channels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import kinds
from ..limits import ApiError, Json, invalid_form
from ..model import Channel, Message
from ..permissions import PERMS
from .table import Request, Routes

if TYPE_CHECKING:
    from ..server import Server

routes = Routes()
MESSAGES, MESSAGE = "/channels/{cid}/messages", "/channels/{cid}/messages/{mid}"


@routes.add("GET", MESSAGE)
async def get_message(fd: Server, rq: Request) -> Json:
    return fd.seen(fd.message(rq, "read_message_history"))


@routes.add("POST", MESSAGES)
async def create_message(fd: Server, rq: Request) -> Json:
    channel = fd.channel(rq, "send_messages", *(["attach_files"] if rq.uploads else []))
    _may_write(fd, channel, rq.body)
    nonce = rq.body.get("nonce")
    if rq.body.get("enforce_nonce"):
        for message in channel.messages.values():
            if message.author is fd.bot and message.sent_nonce == nonce:
                return fd.seen(message)
    reference = _reference(fd, channel, rq.body.get("message_reference"))
    kind = kinds.REPLY if reference else kinds.DEFAULT
    message = fd.send(channel, fd.bot, rq.body, rq.uploads, type=kind, reference=reference)
    message.sent_nonce = nonce
    return fd.seen(message)


def _may_write(fd: Server, channel: Channel, body: Json) -> None:
    have = channel.permissions(fd.bot)
    if channel.type == kinds.CATEGORY:
        raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
    if channel.thread and channel.locked and not have & PERMS["manage_threads"]:
        raise ApiError(400, 160005, "Thread is locked")
    if channel.type == kinds.DM and channel.recipient.dms_closed:
        raise ApiError(403, 50007, "Cannot send messages to this user")
    if body.get("embeds") and not have & PERMS["embed_links"]:
        raise ApiError(403, 50013, "Missing Permissions")


def _reference(fd: Server, channel: Channel, wanted: Json | None) -> Message | None:
    if not wanted:
        return None
    id = str(wanted.get("message_id"))
    found = channel.messages.get(id) or (channel.parent and channel.parent.messages.get(id))
    if not found and wanted.get("fail_if_not_exists", True):
        error = {"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}
        raise invalid_form({"message_reference": {"_errors": [error]}})
    if not channel.permissions(fd.bot) & PERMS["read_message_history"]:
        message = "Cannot reply without permission to read message history"
        raise ApiError(403, 160002, message)
    return found


@routes.add("PATCH", MESSAGE)
async def edit_message(fd: Server, rq: Request) -> Json:
    message = fd.message(rq)
    if message.author is not fd.bot:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    if message.channel.archived:
        raise ApiError(400, 50083, "Thread is archived")
    return fd.seen(fd.edit(message, rq.body, rq.uploads))


@routes.add("DELETE", MESSAGE)
async def delete_message(fd: Server, rq: Request) -> None:
    message = fd.message(rq)
    have = message.channel.permissions(fd.bot)
    if message.author is not fd.bot and not have & PERMS["manage_messages"]:
        raise ApiError(403, 50013, "Missing Permissions")
    fd.delete(message)
