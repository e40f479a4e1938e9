"""The bot's own account and application; direct messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..limits import ApiError, Json
from .table import Request, Routes

if TYPE_CHECKING:
    from ..server import Server

routes = Routes()


@routes.add("GET", "/gateway")
async def gateway(fd: Server, rq: Request) -> Json:
    return {"url": fd.ws_url}


@routes.add("GET", "/gateway/bot")
async def gateway_for_bots(fd: Server, rq: Request) -> Json:
    starts = {"total": 1000, "remaining": 999, "reset_after": 14400000, "max_concurrency": 1}
    return {"url": fd.ws_url, "shards": fd.shards, "session_start_limit": starts}


@routes.add("GET", "/users/@me")
async def me(fd: Server, rq: Request) -> Json:
    more = {"verified": True, "mfa_enabled": True, "locale": "en-US", "email": None}
    return fd.bot.json() | more


@routes.add("POST", "/users/@me/channels")
async def open_dm(fd: Server, rq: Request) -> Json:
    recipient = fd.users.get(str(rq.body.get("recipient_id")))
    if not recipient or recipient.bot:
        raise ApiError(400, 50033, "Invalid Recipient(s)")
    return fd.dm(recipient).json()


@routes.add("GET", "/oauth2/applications/@me")
@routes.add("GET PATCH", "/applications/@me")
async def application(fd: Server, rq: Request) -> Json:
    return {
        "id": fd.bot.id,
        "name": fd.bot.name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": fd.app_flags,
        "team": None,
        "owner": fd.owner.json(),
        "summary": "",
        "hook": True,
        "bot": fd.bot.json(),
        "approximate_guild_count": len(fd.guilds),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "integration_types_config": {"0": {}},
        "install_params": None,
        "tags": [],
    }
