"""HTTP: the websocket, the CDN, and the way of a REST call to its handler and back."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from typing import Any

from aiohttp import web

from ..gateway import Connection
from ..limits import ApiError
from ..model import File
from ..routes import ROUTES, Request
from ..routes.table import Handler
from ..waiting import now
from .faults import Fault, Faults, reset_connection, reset_midway
from .lookup import Lookup
from .ratelimits import Buckets, too_many

log = logging.getLogger(__name__)
MAX_BODY, MAX_UPLOADS, MAX_FRAME = 64 * 2**20, 25 * 2**20, 2**20  # bytes
WITHOUT_TOKEN = ("/interactions/", "/webhooks/{wid}/{token}")


class AnswerLost(Exception):
    """A fault wants the connection reset, `midway` through the answer."""

    def __init__(self, *, midway: bool = False) -> None:
        super().__init__()
        self.midway = midway


class Http(Lookup, Faults):
    """The state behind HTTP."""

    token: str
    latency: float
    requests: list[Request]
    errors: list[Request]
    unknown_routes: list[str]
    buckets: Buckets

    def _app(self) -> web.Application:
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_get("/ws/{tail:.*}", self._ws)
        app.router.add_get("/attachments/{cid}/{aid}/{name}", self._cdn)
        app.router.add_get("/cdn/{tail:.*}", self._cdn)
        app.router.add_route("*", "/{tail:.*}", self._rest)
        return app

    async def _ws(self, request: web.Request) -> web.StreamResponse:
        if self.gateway.refuse:
            return web.Response(status=503)
        ws = web.WebSocketResponse(compress=False, autoclose=True, max_msg_size=MAX_FRAME)
        await ws.prepare(request)
        self.gateway.connects += 1
        await Connection(self, ws, request).run()
        return ws

    async def _cdn(self, request: web.Request) -> web.Response:
        if fault := self._fault("GET", request.path):
            await asyncio.sleep(fault.delay)
            if fault.reset:
                return reset_connection(request)
            if fault.status:
                return web.Response(status=fault.status)
        attachment = self.attachments.get(request.match_info.get("aid"))
        if not attachment:
            return web.Response(status=404, text="This content is no longer available.")
        headers = {
            "Content-Type": attachment.content_type,
            "Content-Disposition": f'attachment; filename="{attachment.filename}"',
        }
        return web.Response(body=attachment.data, headers=headers)

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path, query = re.sub(r"^/api(/v\d+)?(?=/)", "", request.path), dict(request.query)
        rq = Request(request.method, path, None, {}, query, now(), request.headers)
        self.requests.append(rq)
        headers = {"Via": "1.1 google", "Content-Type": "application/json"}
        try:
            await self._serve(request, rq, headers)
        except AnswerLost as lost:
            if lost.midway:
                body = json.dumps(rq.response).encode()
                status = 200 if rq.status == 204 else rq.status  # 204 has no body to be halved
                return await reset_midway(request, status, headers, body)
            return reset_connection(request)
        except ApiError as error:
            rq.status, rq.response = error.status, error.body
            headers |= error.headers
            if error.status not in (404, 429) or rq.route is None:
                self.errors.append(rq)
        except Exception:
            log.exception("harness bug in %s %s", rq.method, path)
            rq.status, rq.response = 599, {"code": 0, "message": "harness bug"}
        finally:
            rq.ms = (now() - rq.t) * 1000
        if rq.response is None:
            headers["Content-Type"] = "text/html; charset=utf-8"
            return web.Response(status=rq.status, headers=headers, body=b"")
        body = json.dumps(rq.response).encode()
        return web.Response(status=rq.status, headers=headers, body=body)

    async def _serve(self, request: web.Request, rq: Request, headers: dict[str, str]) -> None:
        fault = self._fault(rq.method, rq.path)
        if fault or self.latency:
            await asyncio.sleep((fault.delay if fault else 0) + self.latency)
        if fault and fault.reset == "before":
            raise AnswerLost
        handler = self._match(rq)
        self._authorize(rq)
        if fault:
            self._fail(fault, headers)
        headers |= self.buckets.take(rq)
        await self._read_body(request, rq)
        rq.t = now()
        out = await handler(self, rq)
        if isinstance(out, tuple):
            rq.status, rq.response = out
        else:
            rq.status, rq.response = (204 if out is None else 200), out
        if fault and fault.after:
            await asyncio.sleep(fault.after)
        if fault and fault.reset in ("after", "midway"):
            raise AnswerLost(midway=fault.reset == "midway")

    def _match(self, rq: Request) -> Handler:
        if found := ROUTES.match(rq.method, rq.path):
            route, rq.params = found
            rq.route = route.path
            return route.handler
        self.unknown_routes.append(f"{rq.method} {rq.path}")
        log.error("UNKNOWN ROUTE %s %s", rq.method, rq.path)
        raise ApiError(404, 0, "404: Not Found")

    def _authorize(self, rq: Request) -> None:
        free = rq.route == "/gateway" or rq.route.startswith(WITHOUT_TOKEN)
        if not free and rq.headers.get("Authorization") != f"Bot {self.token}":
            raise ApiError(401, 0, "401: Unauthorized")

    @staticmethod
    def _fail(fault: Fault, headers: dict[str, str]) -> None:
        if fault.status == 429:
            if not fault.via:
                headers.pop("Via")
            raise too_many(fault.retry_after, fault.globally)
        if fault.status:
            raise ApiError(fault.status, 0, f"{fault.status}: injected")

    async def _read_body(self, request: web.Request, rq: Request) -> None:
        rq.body = {}
        try:
            if request.content_type == "multipart/form-data":
                async for part in await request.multipart():
                    self._read_part(rq, part, bytes(await part.read()))
            elif raw := await request.read():
                rq.body = json.loads(raw)
        except ValueError:
            message = "The request body contains invalid JSON."
            raise ApiError(400, 50109, message) from None
        if sum(len(upload.data) for upload in rq.uploads.values()) > MAX_UPLOADS:
            raise ApiError(413, 40005, "Request entity too large")

    @staticmethod
    def _read_part(rq: Request, part: Any, data: bytes) -> None:
        if part.name == "payload_json":
            rq.body = json.loads(data)
        elif found := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
            kind = part.headers.get("Content-Type")
            rq.uploads[found[1]] = File(part.filename or "file", data, kind)
        else:
            rq.body[part.name] = data.decode()
