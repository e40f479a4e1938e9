"""Fetching a page that a user named, from public addresses only.

Every address is checked when the socket is made, after DNS and after every redirect, so neither
a name that resolves to a private address nor one that changes its answer gets through.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from index.errors import SourceError, TooLargeSource, UnsupportedSource

Address = IPv4Address | IPv6Address

MAX_BYTES = 5_000_000
MAX_REDIRECTS = 5
TIMEOUT_SECONDS = 10.0
CHUNK_BYTES = 64 * 1024
URL_MAX_CHARS = 2_048
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADERS = {
    "User-Agent": "FootnoteBot/0.1 (fetches single pages that a user asked it to index)",
    "Accept": (
        "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.9,"
        f" application/pdf;q=0.8, {WORD};q=0.8"
    ),
    "Accept-Encoding": "gzip, deflate",
}
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    WORD: ".docx",
}
REDIRECTS = (301, 302, 303, 307, 308)

_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_REFUSED = tuple(
    map(
        IPv6Network,
        # IPv4-compatible, local NAT64, discard, protocols (Teredo among them), site-local:
        # of these, Python 3.11's is_global lets some through.
        ("::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "fec0::/10"),
    )
)


class FetchError(SourceError):
    """A page could not be fetched."""


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: `url` after redirects, `name` with a suffix that tells the kind."""

    url: str
    name: str
    data: bytes


def is_public(address: Address) -> bool:
    """Tell whether an address is reachable for everybody, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        inner = _embedded(address)
        if inner is not None:
            return is_public(inner)
        if any(address in network for network in _REFUSED):
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address inside a mapped, translated (NAT64) or 6to4 one."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in _SIX_TO_FOUR:
        return address.sixtofour
    return None


class Fetcher:
    """Fetches pages. `allow` decides which addresses may be connected to."""

    def __init__(
        self,
        allow: Callable[[Address], bool] = is_public,
        *,
        resolver: AbstractResolver | None = None,
        timeout_seconds: float = TIMEOUT_SECONDS,
    ) -> None:
        self._allow = allow
        self._resolver = resolver
        self._timeout_seconds = timeout_seconds

    async def fetch(self, link: str) -> Page:
        """Fetch a page, following redirects. Raises SourceError in plain words."""
        try:
            async with asyncio.timeout(self._timeout_seconds), self._session() as session:
                return await self._follow(session, link)
        except TimeoutError:
            reason = f"it did not arrive within {self._timeout_seconds:g} seconds"
            raise FetchError(link, reason) from None
        except aiohttp.ClientError as error:
            raise FetchError(link, _reason(error)) from error

    def _session(self) -> aiohttp.ClientSession:
        connector = aiohttp.TCPConnector(
            resolver=self._resolver, socket_factory=self._socket, force_close=True
        )
        return aiohttp.ClientSession(
            connector=connector,
            headers=HEADERS,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,  # done below, with a limit
            trust_env=False,  # a proxy would connect where we cannot look
        )

    def _socket(self, info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        if not self._allow(ip_address(address[0])):
            # An OSError lets the connector go on to the name's other addresses.
            raise PermissionError(errno.EACCES, "not a public address")
        return socket.socket(family, kind, protocol)

    async def _follow(self, session: aiohttp.ClientSession, link: str) -> Page:
        url = _checked(link, link)
        for _ in range(MAX_REDIRECTS + 1):
            async with session.get(url, allow_redirects=False) as response:
                if response.status not in REDIRECTS:
                    return await _read(response, link)
                url = _checked(link, response.headers.get("Location", ""), url)
        raise FetchError(link, f"it redirects more than {MAX_REDIRECTS} times")


def _checked(link: str, target: str, base: URL | None = None) -> URL:
    """Return the URL to go to next. Raises FetchError."""
    try:
        url = URL(target.strip())
        url = base.join(url) if base else url
    except ValueError:
        raise FetchError(link, "it is not a link") from None
    if len(str(url)) > URL_MAX_CHARS:
        raise FetchError(link, f"the link has more than {URL_MAX_CHARS:,} characters")
    if url.scheme not in ("http", "https"):
        raise FetchError(link, "only http and https links are fetched")
    if not url.host:
        raise FetchError(link, "the link names no site")
    if url.user is not None or url.password is not None:
        raise FetchError(link, "links with a name or password in them are not fetched")
    return url


async def _read(response: aiohttp.ClientResponse, link: str) -> Page:
    if response.status != 200:
        raise FetchError(
            link, f"the site answered {response.status} {response.reason or ''}".rstrip()
        )
    suffix = SUFFIXES.get(response.content_type)
    if suffix is None:
        kinds = "only web pages, text, Markdown, PDF and Word files are read"
        reason = f"it is {response.content_type}; {kinds}"
        raise UnsupportedSource(link, reason)
    data = await _body(response, link)
    url = str(response.url.with_fragment(None))
    return Page(
        url, (response.url.name.removesuffix(suffix) or response.url.host or "page") + suffix, data
    )


async def _body(response: aiohttp.ClientResponse, link: str) -> bytes:
    """Read and decompress, never holding more than MAX_BYTES and a chunk."""
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise UnsupportedSource(link, f"its encoding {encoding!r} is not read")
    # 32: gzip or zlib, told by the header.
    unpack = None if encoding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    data = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
        try:
            room = MAX_BYTES + 1 - len(data)
            data += unpack.decompress(chunk, room) if unpack else chunk
        except zlib.error:
            raise FetchError(link, "it is compressed in a way that cannot be undone") from None
        if len(data) > MAX_BYTES:
            raise TooLargeSource(link, f"it is larger than {MAX_BYTES // 1_000_000} MB")
    return bytes(data)


def _reason(error: aiohttp.ClientError) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "there is no such site"
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return "its certificate is not valid"
    if isinstance(error, aiohttp.ClientConnectorError) and error.errno == errno.EACCES:
        return "only pages at public addresses are fetched"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "the site cannot be reached"
    if isinstance(error, aiohttp.InvalidURL):
        return "it is not a link"
    return "the site broke off or gave no sound answer"
