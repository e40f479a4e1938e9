"""Members of guilds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..limits import Json
from .table import Request, Routes, unknown

if TYPE_CHECKING:
    from ..server import Server

routes = Routes()


@routes.add("GET", "/guilds/{gid}/members/{uid}")
async def get_member(fd: Server, rq: Request) -> Json:
    guild = fd.guild(rq)
    if rq["uid"] not in guild.members:
        raise unknown(10007, "Member")
    return guild.members[rq["uid"]].json()
