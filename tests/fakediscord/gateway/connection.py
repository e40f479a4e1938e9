"""One websocket of the bot: what it sends, and what that is answered with."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from .. import intents
from ..limits import Json
from ..waiting import now
from .session import Session

if TYPE_CHECKING:
    from ..server import Server

log = logging.getLogger(__name__)
HEARTBEAT, IDENTIFY, RESUME, REQUEST_MEMBERS, INVALID_SESSION, HELLO, ACK = 1, 2, 6, 8, 9, 10, 11
IGNORED = (3, 4, 31)  # presence, voice, soundboard: accepted and recorded
MAX_PAYLOADS_PER_MINUTE = 120
ACK_DELAY_SECONDS = 0.03


def packer(mode: str | None) -> Callable[[str], bytes] | None:
    """Make the transport compression asked for; None: text frames.

    discord.py accepts text frames whatever it asked for.
    """
    if mode == "zlib-stream":
        deflate = zlib.compressobj(1)
        return lambda text: deflate.compress(text.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH)
    if mode == "zstd-stream":
        with contextlib.suppress(ImportError):
            import zstandard

            end = zstandard.COMPRESSOBJ_FLUSH_BLOCK
            stream = zstandard.ZstdCompressor(1).compressobj()
            return lambda text: stream.compress(text.encode()) + stream.flush(end)
    return None


class Connection:
    """A websocket; `out` takes payloads to send, and close codes (integers)."""

    def __init__(self, fd: Server, ws: web.WebSocketResponse, request: web.Request) -> None:
        self.fd, self.ws, self.request = fd, ws, request
        self.session: Session | None = None
        self.out: asyncio.Queue[str | int] = asyncio.Queue()
        self.closing = False
        self.pack = packer(request.query.get("compress"))

    def put(self, payload: str) -> None:
        """Send a payload, after the server's latency."""
        if self.fd.latency:
            loop = asyncio.get_running_loop()
            loop.call_later(self.fd.latency, self.out.put_nowait, payload)
        else:
            self.out.put_nowait(payload)

    def op(self, op: int, data: Any = None) -> None:
        """Send a payload that is no event."""
        self.put(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def run(self) -> None:
        """Serve the connection to its end."""
        fd, gateway = self.fd, self.fd.gateway
        writer = asyncio.ensure_future(self._write())
        gateway.connections.append(self)
        try:
            await self._read()
        except TimeoutError:
            log.warning("gateway: no heartbeat from the client; connection cut")
        except (ConnectionError, RuntimeError):
            pass
        finally:
            if self.closing or not self.out.empty():
                await asyncio.wait([writer], timeout=1)
            writer.cancel()
            gateway.connections.remove(self)
            if self.session and self.session.conn is self:
                self.session.conn = None
            if self.request.transport:
                self.request.transport.close()
            fd.signal.fire()

    async def _write(self) -> None:
        while True:
            item = await self.out.get()
            await self.fd.gateway.unmuted.wait()
            if isinstance(item, int):
                self.closing = True
                await self.ws.close(code=item)
                return
            if self.pack:
                await self.ws.send_bytes(self.pack(item))
            else:
                await self.ws.send_str(item)

    async def _read(self) -> None:
        fd, recent = self.fd, []
        if self.request.query.get("v") != "10":
            self.out.put_nowait(4012)
            return
        self.op(HELLO, {"heartbeat_interval": int(fd.heartbeat_interval * 1000), "_trace": []})
        while True:
            frame = await self.ws.receive(timeout=fd.heartbeat_interval * 2 + 10)
            if frame.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                clean = frame.type == WSMsgType.CLOSE and frame.data in (1000, 1001)
                if clean and self.session:  # Discord drops the session then
                    fd.sessions.pop(self.session.id, None)
                return
            try:
                payload = json.loads(frame.data)
            except ValueError:
                self.out.put_nowait(4002)
                return
            fd.gateway.received.append(payload)
            recent = [time for time in recent if time > now() - 60] + [now()]
            crowded = len(recent) > MAX_PAYLOADS_PER_MINUTE
            code = 4008 if crowded else self.handle(payload.get("op"), payload.get("d"))
            fd.signal.fire()
            if code:
                self.out.put_nowait(code)

    def handle(self, op: int, data: Any) -> int | None:
        """Act on a payload of the bot; return the code to close with, if any."""
        if op == HEARTBEAT:
            self.fd.gateway.heartbeats += 1
            if self.fd.gateway.ack:
                # not at once: discord.py notes its send time from another thread, after the
                # send, and would report 41 s of latency
                asyncio.get_running_loop().call_later(ACK_DELAY_SECONDS, self.op, ACK)
        elif op == IDENTIFY:
            return self._identify(data)
        elif op == RESUME:
            return self._resume(data)
        elif op == REQUEST_MEMBERS:
            self._request_members(data)
        elif op not in IGNORED:
            return 4001
        return None if self.session or op == HEARTBEAT else 4003

    def _identify(self, data: Json) -> int | None:
        fd = self.fd
        fd.gateway.identifies += 1
        if self.session:
            return 4005
        if data.get("token") != fd.token:
            return 4004
        wanted, shard = int(data.get("intents", 0)), data.get("shard") or [0, 1]
        if wanted >= intents.FIRST_UNKNOWN or "intents" not in data:
            return 4013
        off = (bit for name, bit in intents.PRIVILEGED.items() if name not in fd.privileged)
        if wanted & sum(off):
            return 4014
        if not 0 <= shard[0] < shard[1]:
            return 4010
        if not fd.gateway.may_identify():
            self.op(INVALID_SESSION, False)
            return None
        self.session = session = Session(fd, wanted, shard)
        fd.sessions[session.id], session.conn = session, self
        self._ready(session)
        return None

    def _ready(self, session: Session) -> None:
        fd, guilds = self.fd, self.fd.guilds.values()
        guilds = [one for one in guilds if fd.bot.id in one.members and session.covers(one)]
        bot = fd.bot.json() | {"verified": True, "mfa_enabled": True, "email": None}
        ready = {
            "v": 10,
            "user": bot,
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "shard": session.shard,
            "resume_gateway_url": fd.ws_url,
            "session_type": "normal",
            "private_channels": [],
            "relationships": [],
            "application": {"id": fd.bot.id, "flags": fd.app_flags},
        }
        session.send("READY", ready)
        for guild in guilds:
            if guild.available and session.intents & intents.GUILDS:
                session.send("GUILD_CREATE", guild.json(session))

    def _resume(self, data: Json) -> int | None:
        session, seq = self.fd.sessions.get(data.get("session_id")), data.get("seq")
        if data.get("token") != self.fd.token:
            return 4004
        first = session.events[0][0] if session and session.events else 0
        if not session or seq is None or seq > session.seq or seq < first - 1:
            self.op(INVALID_SESSION, False)
            return None
        self.fd.gateway.resumes += 1
        self.session, session.conn = session, self
        for number, payload in list(session.events):
            if number > seq:
                self.put(payload)
        session.send("RESUMED", {"_trace": []})
        return None

    def _request_members(self, data: Json) -> None:
        session, guild = self.session, self.fd.guilds.get(str(data.get("guild_id")))
        if not session or not guild:
            return
        ids = data.get("user_ids")
        if ids:
            ids = [str(id) for id in (ids if isinstance(ids, list) else [ids])]
        start, limit = (data.get("query") or "").lower(), data.get("limit") or 10**6
        found = list(guild.members.values())
        if ids:
            found = [member for member in found if member.user.id in ids]
        else:
            found = [member for member in found if member.user.name.lower().startswith(start)]
        if not session.intents & intents.MEMBERS and not ids and not start:
            found = [member for member in found if member.user is self.fd.bot]
        chunk = {
            "guild_id": guild.id,
            "members": [member.json() for member in found[:limit]],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [id for id in ids or () if id not in guild.members],
            "nonce": data.get("nonce"),
        }
        session.send("GUILD_MEMBERS_CHUNK", chunk)
