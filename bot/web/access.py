"""Who may do what on the page, and what every request has to pass.

`SecurityMiddleware` looks at requests before anything else does; `Access.guarded` makes every
endpoint, with the right that it needs and its limit. What is posted must come with the session's
token.
"""

from __future__ import annotations

import hmac
import ipaddress
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from cachetools import TTLCache
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.settings import Settings
from bot.web import strings
from bot.web.errors import CrossSite, LogInFirst, NoUser, TooMany

Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every response; pages have no inline script or style, so an injected one does nothing."""

AT_THE_TOP = {"HX-Retarget": "#notice", "HX-Reswap": "innerHTML"}
"""Has a script show a response among the notices."""

UPLOAD_PATH = "/articles"

UPLOAD_BYTES = 26_000_000
"""Of one form with files: 25 MB of files (bot.cogs.articles.indexing), and what is around them."""

FORM_BYTES = 1_000_000
"""Of any other form; a pasted text of 200,000 words would be a file."""

FILES, FIELDS = 11, 20
"""Of a form: one file more than may be indexed at once, so that this can be said."""


class SecurityMiddleware:
    """Rejects foreign names of this host and bodies that are too large; adds HEADERS.

    A page of another site whose name was made to resolve to this machine (DNS rebinding) calls it
    by that name. An address in numbers cannot be made to resolve to anything.
    """

    def __init__(self, app: ASGIApp, url: str | None) -> None:
        self._app = app
        self._names = {"localhost", urlsplit(url or "").hostname}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or reject it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not self._is_known(Headers(scope=scope).get("host", "")):
            response = PlainTextResponse(strings.WRONG_HOST, 421)
            await response(scope, receive, send)
            return
        most = UPLOAD_BYTES if scope["path"] == UPLOAD_PATH else FORM_BYTES
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            headers = {"Connection": "close", **AT_THE_TOP}
            response = PlainTextResponse(strings.too_large(most), 413, headers)
            await response(scope, receive, send)
            return
        cached = "no-cache" if scope["path"].startswith("/static/") else "no-store"
        await self._app(scope, _limited(receive, most), _with_headers(send, cached))

    def _is_known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
            return name in self._names or bool(ipaddress.ip_address(name))
        except ValueError:
            return False


def _limited(receive: Receive, most: int) -> Receive:
    """Count what is received, as a chunked body does not say how long it is."""
    left = most

    async def limited() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise HTTPException(413, strings.too_large(most))
        return message

    return limited


def _with_headers(send: Send, cached: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Cache-Control", cached)
        await send(message)

    return sending


class Limit:
    """At most so many requests of one key, a session or an address, within so many seconds."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._counts: TTLCache[str, list[int]] = TTLCache(10_000, seconds)

    def take(self, key: str) -> None:
        """Count one. Raises TooMany."""
        count = self._counts.setdefault(key, [0])
        if count[0] >= self._most:
            raise TooMany
        count[0] += 1


REQUESTS = 120
"""In a minute of one session: some people turn two pages a second."""

ADDRESS_FACTOR = 5
"""Sessions that may share an address before its own limit counts: people behind one router."""


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """A limit for each session, and a wider one for its address: sessions cost nothing."""

    session: Limit
    address: Limit

    @classmethod
    def of(cls, most: int, seconds: float) -> RequestLimits:
        """Allow a session so many requests within so many seconds."""
        return cls(Limit(most, seconds), Limit(most * ADDRESS_FACTOR, seconds))


class Right(IntEnum):
    """What somebody may do."""

    NOTHING = 0
    READ = 1
    CHANGE = 2


class Access:
    """Knows who makes a request, by session, password and proxy."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._login_limits = RequestLimits.of(5, 60)
        self._other_limits = RequestLimits.of(REQUESTS, 60)

    @property
    def has_login(self) -> bool:
        """Whether there is a password to log in with."""
        return self._settings.web_password is not None

    def right(self, request: Request) -> Right:
        """Return what whoever makes the request may do."""
        if request.session.get("in") or self._user(request):
            return Right.CHANGE
        if self._settings.web_public:
            return Right.READ
        return (
            Right.NOTHING
            if self._settings.web_password or self._settings.web_user_header
            else Right.CHANGE
        )

    def session_id(self, request: Request) -> str:
        """Return by whom a request is made; a proxy's users by their names."""
        user = self._user(request)
        return f"user:{user}" if user else str(_filled(request.session)["id"])

    def guarded(
        self, endpoint: Endpoint, right: Right = Right.READ, limits: RequestLimits | None = None
    ) -> Endpoint:
        """Return an endpoint for those with a right, and for posted forms of this page alone.

        Those without `limits` of their own share REQUESTS.
        """
        limits = limits or self._other_limits

        async def guarding(request: Request) -> Response:
            session = _filled(request.session)
            if self.right(request) < right:
                if not self.has_login:
                    raise NoUser
                raise LogInFirst
            limits.session.take(self.session_id(request))
            limits.address.take(self.address(request))
            try:
                if request.method == "POST":
                    await _check_token(request, session["csrf"])
                return await endpoint(request)
            finally:
                await request.close()  # the files of its form

        return guarding

    async def log_in(self, request: Request) -> Response:
        """Begin a new session for whoever knows the password; to be guarded for nobody's right."""
        given = (await request.form()).get("password")
        self._login_limits.address.take(self.address(request))
        known = self._settings.web_password
        if known is None or not hmac.compare_digest(
            str(given).encode(), known.get_secret_value().encode()
        ):
            raise LogInFirst(wrong=True)
        request.session.clear()  # a session that somebody else began is worth nothing
        _filled(request.session)["in"] = True
        return RedirectResponse(_inside(str((await request.form()).get("next"))), 303)

    def address(self, request: Request) -> str:
        """Return a visitor's address, where a proxy says so the one that it names."""
        peer = request.client.host if request.client else ""
        forwarded = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        address = forwarded if forwarded and self._is_proxy(peer) else peer
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return peer
        if found.version == 4:
            return str(found)
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        # A household has 2 ** 64 of them.
        return str(ipaddress.ip_network((found, 64), strict=False))

    def _user(self, request: Request) -> str | None:
        """Return whom the proxy names; a header that came another way says nothing."""
        peer = request.client.host if request.client else ""
        if self._settings.web_user_header is None or not self._is_proxy(peer):
            return None
        return request.headers.get(self._settings.web_user_header, "").strip() or None

    def _is_proxy(self, peer: str) -> bool:
        try:
            address = ipaddress.ip_address(peer.removeprefix("::ffff:"))  # IPv4, heard by IPv6
        except ValueError:
            return False
        return any(address in network for network in self._settings.web_proxy)


def _filled(session: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Return a session with its id and the token of its forms."""
    if "csrf" not in session:
        session.update(id=secrets.token_urlsafe(16), csrf=secrets.token_urlsafe(16))
    return session


async def _check_token(request: Request, token: str) -> None:
    """Raise CrossSite where a form was not made by this page for this session.

    Scripts send the token as a header, so that an upload need not be read to find it.
    """
    given = request.headers.get("x-csrf-token")
    if given is None:
        form = await request.form(max_files=FILES, max_fields=FIELDS)
        given = str(form.get("csrf", ""))
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise CrossSite(given)


def _inside(path: str) -> str:
    """Return a path on this page; an address elsewhere becomes the first page."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside else "/"
