"""Threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..limits import Json
from .table import Request, Routes

if TYPE_CHECKING:
    from ..server import Server

routes = Routes()
DAY_MINUTES = 1440


@routes.add("POST", "/channels/{cid}/messages/{mid}/threads")
async def create_thread_on_message(fd: Server, rq: Request) -> tuple[int, Json]:
    message = fd.message(rq, "create_public_threads")
    thread = fd.start_thread(
        message.channel,
        fd.bot,
        rq.body.get("name"),
        message=message,
        auto_archive=rq.body.get("auto_archive_duration") or DAY_MINUTES,
    )
    return 201, thread.json()
