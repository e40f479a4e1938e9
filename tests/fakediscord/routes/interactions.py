"""Interactions: their callback, and the webhook that follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import kinds, limits
from ..limits import ApiError, Json
from ..model import Message
from ..waiting import now
from .table import Request, Routes, unknown

if TYPE_CHECKING:
    from ..driver import Interaction
    from ..server import Server

routes = Routes()
ANSWERS = {kinds.ANSWER, kinds.DEFER_ANSWER}
UPDATES = {kinds.DEFER_UPDATE, kinds.UPDATE}
MESSAGE = "/webhooks/{wid}/{token}/messages/{mid}"


def _fitting(ix: Interaction) -> set[int]:
    """Give the types of callback that may answer an interaction."""
    return {
        kinds.COMMAND: ANSWERS | {kinds.MODAL},
        kinds.COMPONENT: ANSWERS | UPDATES | {kinds.MODAL},
        kinds.AUTOCOMPLETE: {kinds.CHOICES},
        kinds.MODAL_SUBMIT: ANSWERS | (UPDATES if ix.source else set()),
    }[ix.type]


def _open(fd: Server, rq: Request) -> Interaction:
    ix = fd.interactions.get(rq["token"])
    expired = ix and ix.callback is None and rq.t - ix.t0 > fd.ack_window
    if not ix or ix.id != rq["iid"] or expired:
        if ix:
            ix.late = rq.t - ix.t0
        raise unknown(10062, "interaction")
    if ix.callback is not None:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    return ix


def _message_type(ix: Interaction) -> int:
    if ix.type == kinds.COMPONENT:
        return kinds.REPLY
    menu = ix.command and ix.command.get("type", kinds.CHAT_INPUT) != kinds.CHAT_INPUT
    return kinds.MENU_ANSWER if menu else kinds.SLASH_ANSWER


@routes.add("POST", "/interactions/{iid}/{token}/callback")
async def callback(fd: Server, rq: Request) -> Json | None:
    ix = _open(fd, rq)
    kind, data = rq.body.get("type"), rq.body.get("data") or {}
    fits = _fitting(ix)
    if kind not in fits:
        error = {"code": "BASE_TYPE_CHOICES", "message": f"Value must be one of {fits}."}
        raise limits.invalid_form({"type": {"_errors": [error]}})
    if kind in ANSWERS:
        ix.original = _answer(fd, rq, ix, kind, data)
    elif kind == kinds.DEFER_UPDATE:
        ix.original = ix.source
    elif kind == kinds.UPDATE:
        ix.original = fd.edit(ix.source, data, rq.uploads, prefix=("data",))
    elif kind == kinds.CHOICES:
        limits.choices(data.get("choices"), option_type=ix.focused["type"])
        ix.choices = data.get("choices") or []
    elif kind == kinds.MODAL:
        limits.modal(data)
        ix.modal = data
        fd.number(data["components"])
    ix.callback, ix.at_ack = kind, now()
    ix.signal.fire()
    if rq.query.get("with_response") not in ("1", "true", "True"):
        return None
    return _response(fd, ix, kind)


def _answer(fd: Server, rq: Request, ix: Interaction, kind: int, data: Json) -> Message:
    flags = (data.get("flags") or 0) & kinds.EPHEMERAL
    more: dict[str, Any] = {
        "type": _message_type(ix),
        "ix": ix,
        "reference": ix.source if ix.type == kinds.COMPONENT else None,
    }
    if kind == kinds.ANSWER:
        prefix = ("data",)
        return fd.send(ix.channel, fd.bot, data, rq.uploads, prefix=prefix, flags=flags, **more)
    message = Message(fd, ix.channel, fd.bot, flags=flags | kinds.LOADING, **more)
    ix.channel.messages[message.id] = message
    fd.emit_message("MESSAGE_CREATE", message)
    return message


def _response(fd: Server, ix: Interaction, kind: int) -> Json:
    described: Json = {"id": ix.id, "type": ix.type}
    resource: Json = {"type": kind}
    message = ix.original
    if message and kind in (kinds.ANSWER, kinds.DEFER_ANSWER, kinds.UPDATE):
        described["response_message_id"] = message.id
        described["response_message_loading"] = message.loading
        described["response_message_ephemeral"] = message.ephemeral
    if kind in (kinds.ANSWER, kinds.UPDATE):
        resource["message"] = fd.seen(message)
    return {"interaction": described, "resource": resource}


def _webhook(fd: Server, rq: Request) -> Interaction:
    ix = fd.interactions.get(rq["token"])
    if not ix or rq["wid"] != fd.bot.id or ix.callback in (None, kinds.CHOICES):
        raise unknown(10015, "Webhook")
    if rq.t - ix.t0 > fd.token_ttl:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    return ix


def _webhook_message(fd: Server, rq: Request) -> Message:
    ix, id = _webhook(fd, rq), rq["mid"]
    if id == "@original":
        message = ix.original
    else:
        every = [*ix.followups, ix.original]
        message = next((one for one in every if one and one.id == id), None)
    if not message or message.deleted:
        raise unknown(10008, "Message")
    return message


@routes.add("POST", "/webhooks/{wid}/{token}")
async def follow_up(fd: Server, rq: Request) -> Json:
    ix = _webhook(fd, rq)
    first = ix.original
    if first and first.loading and not first.deleted:  # documented: fills the deferred response
        return fd.seen(fd.edit(first, rq.body, rq.uploads))
    message = fd.send(
        ix.channel,
        fd.bot,
        rq.body,
        rq.uploads,
        ix=ix,
        type=kinds.REPLY if first else kinds.DEFAULT,
        flags=(rq.body.get("flags") or 0) & kinds.EPHEMERAL,
        reference=first,
    )
    ix.followups.append(message)
    ix.signal.fire()
    return fd.seen(message)


@routes.add("GET", MESSAGE)
async def get_webhook_message(fd: Server, rq: Request) -> Json:
    return fd.seen(_webhook_message(fd, rq))


@routes.add("PATCH", MESSAGE)
async def edit_webhook_message(fd: Server, rq: Request) -> Json:
    return fd.seen(fd.edit(_webhook_message(fd, rq), rq.body, rq.uploads))


@routes.add("DELETE", MESSAGE)
async def delete_webhook_message(fd: Server, rq: Request) -> None:
    fd.delete(_webhook_message(fd, rq))
