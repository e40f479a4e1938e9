"""Sites on loopback, and names that lead to them."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from ipaddress import ip_address
from typing import Any

from aiohttp import web
from aiohttp.abc import AbstractResolver

from index.web.fetch import Fetcher

Answer = web.StreamResponse | Callable[[web.Request], Awaitable[web.StreamResponse]]
KINDS = {4: socket.AF_INET, 6: socket.AF_INET6}


class Names(AbstractResolver):
    """Resolves the names it is given, and numbers in every spelling that a resolver takes.

    A name with a list of lists changes its answer: each is given once, the last from then on.
    """

    def __init__(self, **names: Any) -> None:
        self._names = {name.replace("_", "."): known for name, known in names.items()}

    async def resolve(
        self, host: str, port: int = 0, family: int = socket.AF_INET
    ) -> list[dict[str, Any]]:
        return [
            {
                "hostname": host,
                "host": address,
                "port": port,
                "family": KINDS[ip_address(address).version],
                "proto": 0,
                "flags": socket.AI_NUMERICHOST,
            }
            for address in self._addresses(host)
        ]

    def _addresses(self, host: str) -> list[str]:
        known = self._names.get(host.rstrip("."))
        if known and isinstance(known[0], list):
            return known.pop(0) if len(known) > 1 else known[0]
        try:
            return known or [socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))]
        except OSError:
            raise OSError(socket.EAI_NONAME, "no such name") from None

    async def close(self) -> None:
        pass


class Site:
    """A site on loopback that remembers what it was asked for; what it lacks is not found."""

    def __init__(self) -> None:
        self.hits: list[web.Request] = []
        self.pages: dict[str, Answer] = {}
        self.port = 0

    @property
    def asked(self) -> list[str]:
        return [request.path for request in self.hits]

    @property
    def page_hits(self) -> list[web.Request]:
        return [request for request in self.hits if request.path != "/robots.txt"]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        self.hits.append(request)
        answer = self.pages.get(request.path)
        if answer is None:
            raise web.HTTPNotFound
        return await answer(request) if callable(answer) else answer

    def url(self, path: str = "/", host: str = "site.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def redirects(self, path: str, location: str) -> None:
        async def moved(_: web.Request) -> web.Response:
            return web.Response(status=302, headers={"Location": location})

        self.pages[path] = moved


@asynccontextmanager
async def served() -> AsyncIterator[Site]:
    """A site on all of loopback, IPv6 too where the machine has it."""
    site = Site()
    app = web.Application()
    app.router.add_get("/{tail:.*}", site.serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        site.port = runner.addresses[0][1]
        if socket.has_ipv6:
            with suppress(OSError):
                await web.TCPSite(runner, "::1", site.port).start()
        yield site
    finally:
        await runner.cleanup()


def anywhere(**options: Any) -> Fetcher:
    """A fetcher that goes to loopback as well."""
    return Fetcher(lambda _: True, resolver=Names(site_example=["127.0.0.1"]), **options)
