"""The table of REST routes, and what a handler of one is given."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..limits import ApiError
from ..model import File

if TYPE_CHECKING:
    from ..server import Server


@dataclass
class Request:
    """One REST call: what a handler gets, and the record kept in Server.requests.

    Attributes
    ----------
    route
        The template that matched, such as /channels/{cid}; None if none did.
    t, ms
        When it came (monotonic seconds), and how long the answer took.
    """

    method: str
    path: str
    route: str | None
    params: dict[str, str]
    query: dict[str, str]
    t: float
    headers: Mapping[str, str] = field(repr=False)
    body: Any = None
    uploads: dict[str, File] = field(default_factory=dict, repr=False)
    status: int = 0
    response: Any = None
    ms: float = 0.0

    def __getitem__(self, key: str) -> str:
        return self.params[key]


# returns the response's body, (status, body), or None for a 204
Handler = Callable[["Server", Request], Awaitable[Any]]


@dataclass
class Route:
    """A method and path that are answered."""

    method: str
    path: str
    handler: Handler

    def __post_init__(self) -> None:
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", self.path)
        self.pattern = re.compile(f"^{pattern}/?$")


class Routes(list[Route]):
    """Routes in the order in which they are tried."""

    def add(self, methods: str, *paths: str) -> Callable[[Handler], Handler]:
        """Register a handler for "GET" or "PUT DELETE" of each path."""

        def register(handler: Handler) -> Handler:
            for path in paths:
                self.extend(Route(method, path, handler) for method in methods.split())
            return handler

        return register

    def match(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """Find the first route for a call, and its path's parameters."""
        for route in self:
            found = route.pattern.match(path)
            if found and route.method == method:
                return route, found.groupdict()
        return None


def joined(tables: Iterable[Routes]) -> Routes:
    """Put tables one after the other."""
    return Routes(route for table in tables for route in table)


def unknown(code: int, what: str) -> ApiError:
    """Make the 404 for something that does not exist."""
    return ApiError(404, code, f"Unknown {what}")
