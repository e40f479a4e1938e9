"""Faults injected into REST calls and downloads."""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from dataclasses import dataclass

from aiohttp import web

HALF_SENT_SECONDS = 0.01
"""A reset sooner could overtake what was sent before it."""


@dataclass
class Fault:
    """One injected fault, see Faults.fault; `hits` counts how often it struck."""

    method: str | None
    path: str
    status: int
    times: int
    delay: float
    after: float
    reset: str | None
    retry_after: float
    globally: bool
    via: bool
    hits: int = 0

    def strikes(self, method: str, path: str) -> bool:
        """Tell whether a call meets this fault."""
        fits = self.method in (None, method) and re.search(self.path, path)
        return bool(fits) and (not self.times or self.hits < self.times)


class Faults:
    """The faults that are in force, in order."""

    faults: list[Fault]

    def fault(
        self,
        path: str = ".*",
        status: int = 500,
        *,
        method: str | None = None,
        times: int = 1,
        delay: float = 0.0,
        after: float = 0.0,
        reset: str | None = None,
        retry_after: float = 1.0,
        globally: bool = False,
        via: bool = True,
    ) -> Fault:
        """Inject a fault into calls whose path matches the regex.

        Parameters
        ----------
        status
            429 (retry_after, globally, via=False: a Cloudflare ban), 5xx, 403...; 0: none, only
            the delays.
        times
            How often; 0: until clear_faults().
        delay, after
            Seconds before handling, and between handling and answering.
        reset
            "before" (request lost), "after" (handled, answer lost) or "midway" (handled, half of
            the answer arrives): the connection is reset.
        """
        status = 0 if reset else status
        fault = Fault(method, path, status, times, delay, after, reset, retry_after, globally, via)
        self.faults.append(fault)
        return fault

    def clear_faults(self) -> None:
        """Forget all faults."""
        self.faults.clear()

    def _fault(self, method: str, path: str) -> Fault | None:
        for fault in self.faults:
            if fault.strikes(method, path):
                fault.hits += 1
                return fault
        return None


async def reset_midway(
    request: web.Request, status: int, headers: dict[str, str], body: bytes
) -> web.StreamResponse:
    """Cut a call's connection with a TCP reset when half of the answer is out."""
    response = web.StreamResponse(status=status, headers=headers)
    response.content_length = len(body) + 2  # so that there is a half of the shortest, too
    await response.prepare(request)
    await response.write(body[: len(body) // 2] or b" ")
    await asyncio.sleep(HALF_SENT_SECONDS)
    reset_connection(request)
    return response


def reset_connection(request: web.Request) -> web.Response:
    """Cut a call's connection with a TCP reset."""
    sock = request.transport.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.transport.abort()
    return web.Response(status=500)
