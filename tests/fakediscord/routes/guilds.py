"""Guilds and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..limits import ApiError, Json
from .table import Request, Routes, unknown

if TYPE_CHECKING:
    from ..server import Server

routes = Routes()


@routes.add("GET", "/guilds/{gid}")
async def get_guild(fd: Server, rq: Request) -> Json:
    guild = fd.guild(rq)
    count = len(guild.members)
    return guild.json() | {
        "approximate_member_count": count,
        "approximate_presence_count": count,
    }


@routes.add("GET", "/guilds/{gid}/channels")
async def list_channels(fd: Server, rq: Request) -> list[Json]:
    return [channel.json() for channel in fd.guild(rq).channels.values()]


@routes.add("GET", "/guilds/{gid}/roles")
async def list_roles(fd: Server, rq: Request) -> list[Json]:
    return [role.json() for role in fd.guild(rq).roles.values()]


@routes.add("GET", "/guilds/{gid}/members")
async def list_members(fd: Server, rq: Request) -> list[Json]:
    guild = fd.guild(rq)
    if "members" not in fd.privileged:
        raise ApiError(403, 50001, "Missing Access")
    after, limit = int(rq.query.get("after", 0)), int(rq.query.get("limit", 1))
    members = sorted(guild.members.values(), key=lambda member: int(member.user.id))
    return [one.json() for one in members if int(one.user.id) > after][:limit]


@routes.add("GET", "/guilds/{gid}/members/search")
async def search_members(fd: Server, rq: Request) -> list[Json]:
    start, members = rq.query["query"].lower(), fd.guild(rq).members.values()
    return [one.json() for one in members if one.user.name.lower().startswith(start)]


@routes.add("PATCH", "/guilds/{gid}/members/@me")
async def edit_own_member(fd: Server, rq: Request) -> Json:
    member = fd.guild(rq).members[fd.bot.id]
    member.nick = rq.body.get("nick")
    return member.json()


@routes.add("GET", "/guilds/{gid}/members/{uid}")
async def get_member(fd: Server, rq: Request) -> Json:
    guild = fd.guild(rq)
    if rq["uid"] not in guild.members:
        raise unknown(10007, "Member")
    return guild.members[rq["uid"]].json()


@routes.add("GET", "/guilds/{gid}/emojis")
async def list_emojis(fd: Server, rq: Request) -> list[Json]:
    fd.guild(rq)
    return []
