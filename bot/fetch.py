"""Fetching a page or a feed that a user named, from public addresses only.

Every address is checked when the socket is made, after DNS and after every redirect, so neither
a name that resolves to a private address nor one that changes its answer gets through.
"""

from __future__ import annotations

import asyncio
import errno
import socket
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.addresses import Address, is_public
from bot.asking_again import Validators, retry_after
from index.errors import SourceError, TooLargeSource, UnsupportedSource

MAX_BYTES = 5_000_000
MAX_REDIRECTS = 5
TIMEOUT_SECONDS = 10.0
CHUNK_BYTES = 64 * 1024
URL_MAX_CHARS = 2_048
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADERS = {
    "User-Agent": "FootnoteBot/0.1 (fetches the pages and feeds that a user asked it to)",
    "Accept-Encoding": "gzip, deflate",
}
ACCEPT_PAGES = (
    "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.9,"
    f" application/pdf;q=0.8, {WORD};q=0.8"
)
ACCEPT_FEEDS = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/html;q=0.5"
SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    WORD: ".docx",
}
FEED_KINDS = (
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml"),
    *("text/xml", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"),
)
"""What feeds are sent as, and pages that name one; what it is, its content tells."""
OK, NOT_MODIFIED = 200, 304
REDIRECTS = (301, 302, 303, 307, 308)


class FetchError(SourceError):
    """A page could not be fetched.

    Attributes:
        retry_after: From when on the site will be asked again, if it said so.
    """

    def __init__(self, name: str, reason: str, retry_after: datetime | None = None) -> None:
        super().__init__(name, reason)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched: `url` after redirects, `name` with a suffix that tells the kind."""

    url: str
    name: str
    data: bytes
    validators: Validators = field(default_factory=Validators)


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
        async with self._response(link, {"Accept": ACCEPT_PAGES}) as response:
            return await _read(response, link, _suffix(response, link))

    async def fetch_feed(self, link: str, known: Validators) -> Page | None:
        """Fetch a feed, or a page that may name one; None where it is as it was.

        Raises SourceError in plain words.
        """
        async with self._response(link, {"Accept": ACCEPT_FEEDS} | known.headers) as response:
            if response.status == NOT_MODIFIED:
                return None
            if response.status == OK and response.content_type not in FEED_KINDS:
                raise UnsupportedSource(link, f"it is {response.content_type}, which is no feed")
            return await _read(response, link, "")

    @asynccontextmanager
    async def _response(
        self, link: str, headers: Mapping[str, str]
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Give the answer of the site that the redirects lead to."""
        try:
            async with asyncio.timeout(self._timeout_seconds), self._session() as session:
                url = _checked(link, link)
                for _ in range(MAX_REDIRECTS + 1):
                    async with session.get(url, headers=headers, allow_redirects=False) as response:
                        if response.status not in REDIRECTS:
                            yield response
                            return
                        url = _checked(link, response.headers.get("Location", ""), url)
                raise FetchError(link, f"it redirects more than {MAX_REDIRECTS} times")
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


def _suffix(response: aiohttp.ClientResponse, link: str) -> str:
    """Tell the kind of a page; one that is not there is told of by `_read`."""
    suffix = SUFFIXES.get(response.content_type)
    if suffix is None and response.status == OK:
        kinds = "only web pages, text, Markdown, PDF and Word files are read"
        raise UnsupportedSource(link, f"it is {response.content_type}; {kinds}")
    return suffix or ""


async def _read(response: aiohttp.ClientResponse, link: str, suffix: str) -> Page:
    if response.status != OK:
        reason = f"the site answered {response.status} {response.reason or ''}".rstrip()
        raise FetchError(link, reason, retry_after(response.headers))
    data = await _body(response, link)
    name = response.url.name.removesuffix(suffix) or response.url.host or "page"
    url = str(response.url.with_fragment(None))
    return Page(url, name + suffix, data, Validators.of(response.headers))


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
