"""Channels and typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..limits import Json
from .table import Request, Routes

if TYPE_CHECKING:
    from ..server import Server

routes = Routes()
CHANNEL = "/channels/{cid}"


@routes.add("GET", CHANNEL)
async def get_channel(fd: Server, rq: Request) -> Json:
    return fd.channel(rq).json()


@routes.add("POST", CHANNEL + "/typing")
async def type_in(fd: Server, rq: Request) -> None:
    fd.type_in(fd.channel(rq, "send_messages"), fd.bot)
