"""Threads and forum posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import kinds
from ..limits import Json
from ..permissions import VIEW
from .table import Request, Routes, unknown

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


@routes.add("POST", "/channels/{cid}/threads")
async def create_thread(fd: Server, rq: Request) -> tuple[int, Json]:
    channel, kind = fd.channel(rq), rq.body.get("type", kinds.PRIVATE_THREAD)
    forum = channel.type == kinds.FORUM
    if forum:
        kind, need = kinds.PUBLIC_THREAD, "send_messages"
    elif kind == kinds.PRIVATE_THREAD:
        need = "create_private_threads"
    else:
        need = "create_public_threads"
    fd.channel(rq, need)
    minutes = rq.body.get("auto_archive_duration") or DAY_MINUTES
    name = rq.body.get("name")
    thread = fd.start_thread(channel, fd.bot, name, type=kind, auto_archive=minutes)
    data = thread.json()
    if forum:
        body = rq.body.get("message") or {}
        post = fd.send(thread, fd.bot, body, rq.uploads, id=thread.id)
        return 201, data | {"message": fd.seen(post)}
    return 201, data


@routes.add("PUT DELETE GET", "/channels/{cid}/thread-members/{uid}")
async def thread_member(fd: Server, rq: Request) -> Json | None:
    thread, id = fd.channel(rq), fd.bot.id if rq["uid"] == "@me" else rq["uid"]
    if rq.method == "PUT":
        thread.add_thread_member(fd.users[id])
    elif rq.method == "DELETE":
        thread.thread_members.pop(id, None)
    elif id not in thread.thread_members:
        raise unknown(10007, "Member")
    else:
        return thread.thread_members[id]
    return None


@routes.add("GET", "/channels/{cid}/thread-members")
async def list_thread_members(fd: Server, rq: Request) -> list[Json]:
    return list(fd.channel(rq).thread_members.values())


@routes.add("GET", "/guilds/{gid}/threads/active")
async def list_active_threads(fd: Server, rq: Request) -> Json:
    threads = fd.guild(rq).threads.values()
    threads = [one for one in threads if not one.archived and one.permissions(fd.bot) & VIEW]
    joined = [one for one in threads if fd.bot.id in one.thread_members]
    return {
        "threads": [thread.json() for thread in threads],
        "members": [thread.thread_members[fd.bot.id] for thread in joined],
    }


@routes.add("GET", "/channels/{cid}/threads/archived/public")
async def list_archived_threads(fd: Server, rq: Request) -> Json:
    channel = fd.channel(rq, "read_message_history")
    threads = channel.guild.threads.values()
    threads = [one for one in threads if one.parent is channel and one.archived]
    return {"threads": [one.json() for one in threads], "members": [], "has_more": False}
