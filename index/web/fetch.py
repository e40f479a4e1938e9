"""Fetch a page or a feed that a user named: from public addresses, as robots.txt allows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from index import strings
from index.errors import SourceError, TooLargeSource, UnsupportedSource
from index.web.guard import NOT_ALLOWED, Address, is_public, read_body, session
from index.web.robots import MAX_BYTES as ROBOTS_BYTES
from index.web.robots import Robots


@dataclass(frozen=True, slots=True)
class Validators:
    """What names the state of a page, to ask its site whether there is another by now."""

    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Self:
        """Read those of an answer that can be kept and sent back."""
        values = (headers.get("ETag", ""), headers.get("Last-Modified", ""))
        return cls(*(v if v.isascii() and v.isprintable() and v else None for v in values))

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request (RFC 9110, 13.1)."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


def retry_after(headers: Mapping[str, str]) -> datetime | None:
    """Read when the site will be asked again: seconds or a date (RFC 9110, 10.2.3)."""
    value = headers.get("Retry-After", "").strip()
    try:
        if value.isdecimal():
            return datetime.now(UTC) + timedelta(seconds=int(value))
        return parsedate_to_datetime(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


MAX_BYTES = 5_000_000

MAX_REDIRECTS = 5

TIMEOUT_SECONDS = 10.0

URL_MAX_CHARS = 2_048

ROBOT = "FootnoteBot"
"""What a site's robots.txt calls it."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

HEADERS = {
    "User-Agent": f"{ROBOT}/0.1 (fetches the pages and feeds that a user asked it to)",
    "Accept-Encoding": "gzip, deflate",
}

ACCEPT_PAGES = (
    "text/html, application/xhtml+xml, text/plain;q=0.9, text/markdown;q=0.9,"
    f" application/pdf;q=0.8, {WORD};q=0.8"
)

ACCEPT_ROBOTS = "text/plain"

ACCEPT_FEEDS = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9,"
    " application/json;q=0.8, text/html;q=0.5"
)

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    WORD: ".docx",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
}
"""Of the last ones none is read, but some sites send others as these, and each has its remedy."""

FEED_KINDS = (
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml"),
    *("application/feed+json", "application/json"),
    *("text/xml", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"),
)
"""What feeds are sent as, and pages that name one; what it is, its content tells."""

OK, NOT_MODIFIED = 200, 304

REDIRECTS = (301, 302, 303, 307, 308)

SERVER_ERRORS = 500


class FetchError(SourceError):
    """A page could not be fetched.

    Attributes:
        retry_after: From when on the site will be asked again, if it said so.
    """

    def __init__(self, name: str, reason: str, retry_after: datetime | None = None) -> None:
        super().__init__(name, reason)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class FetchedPage:
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
        self._robots = Robots(ROBOT, self._read_robots)

    async def fetch(self, link: str) -> FetchedPage:
        """Fetch a page, following redirects. Raises SourceError in plain words."""
        async with self._response(link, {"Accept": ACCEPT_PAGES}) as response:
            return await _read(response, link, _suffix(response, link))

    async def fetch_feed(self, link: str, known: Validators) -> FetchedPage | None:
        """Fetch a feed, or a page that may name one; None where it is as it was.

        Raises SourceError in plain words.
        """
        async with self._response(link, {"Accept": ACCEPT_FEEDS} | known.headers) as response:
            if response.status == NOT_MODIFIED:
                return None
            if response.status == OK and response.content_type not in FEED_KINDS:
                raise UnsupportedSource(link, strings.not_feed(response.content_type))
            return await _read(response, link, "")

    @asynccontextmanager
    async def _response(
        self, link: str, headers: Mapping[str, str]
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Give the answer of the site that the redirects lead to, if it wants robots there."""
        try:
            async with asyncio.timeout(self._timeout_seconds):
                async with self._followed(link, headers, self._welcome) as response:
                    if response.status in REDIRECTS:
                        raise FetchError(link, strings.too_many_redirects(MAX_REDIRECTS))
                    yield response
        except TimeoutError:
            raise FetchError(link, strings.timed_out(self._timeout_seconds)) from None
        except aiohttp.ClientError as error:
            raise FetchError(link, _reason(error)) from error

    @asynccontextmanager
    async def _followed(
        self, link: str, headers: Mapping[str, str], check: Callable[[str, URL], Awaitable[None]]
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Give the first answer that is no redirect, or the one after MAX_REDIRECTS.

        `check` is called with each URL before it is asked for.
        """
        url = _checked(link, link)
        async with session(self._allow, {**HEADERS, **headers}, self._resolver) as connections:
            for left in range(MAX_REDIRECTS, -1, -1):
                await check(link, url)
                async with connections.get(url, allow_redirects=False) as response:
                    if response.status not in REDIRECTS or not left:
                        yield response
                        return
                    url = _checked(link, response.headers.get("Location", ""), url)

    async def _welcome(self, link: str, url: URL) -> None:
        """Raise FetchError where the site asks robots to stay away."""
        try:
            welcome = await self._robots.allow(url)
        except FetchError as error:
            raise FetchError(link, error.reason, error.retry_after) from error
        except SourceError as error:
            raise FetchError(link, strings.robots_txt(error.reason)) from error
        if not welcome:
            raise FetchError(link, strings.NO_BOTS)

    async def _read_robots(self, url: URL) -> bytes:
        """Fetch a robots.txt; there is none where the site says that it is the asker's mistake."""
        link = str(url)
        async with self._followed(link, {"Accept": ACCEPT_ROBOTS}, _anything) as response:
            if response.status >= SERVER_ERRORS:
                reason = strings.no_robots_txt(response.status)
                raise FetchError(link, reason, retry_after(response.headers))
            return await read_body(response, link, ROBOTS_BYTES) if response.status == OK else b""


async def _anything(_: str, __: URL) -> None:
    """Let every URL pass."""


def _checked(link: str, target: str, base: URL | None = None) -> URL:
    """Return the URL to go to next. Raises FetchError."""
    try:
        url = URL(target.strip())
        url = base.join(url) if base else url
    except ValueError:
        raise FetchError(link, strings.NOT_LINK) from None
    if len(str(url)) > URL_MAX_CHARS:
        raise FetchError(link, strings.long_link(URL_MAX_CHARS))
    if url.scheme not in ("http", "https"):
        # "example.com:8080/x" has a scheme by the letter, with a dot in it.
        if " " in target.strip():
            raise FetchError(link, strings.NOT_LINK)
        full = "://" in target and url.scheme
        raise FetchError(link, strings.ONLY_HTTP if full else strings.NO_SCHEME)
    if not url.host:
        raise FetchError(link, strings.NO_HOST)
    if url.user is not None or url.password is not None:
        raise FetchError(link, strings.LINK_WITH_PASSWORD)
    return url


def _suffix(response: aiohttp.ClientResponse, link: str) -> str:
    """Return the suffix of a page's kind; `_read` reports a page that is not there."""
    suffix = SUFFIXES.get(response.content_type)
    if suffix is None and response.status == OK:
        raise UnsupportedSource(link, strings.unread_page(response.content_type))
    return suffix or ""


async def _read(response: aiohttp.ClientResponse, link: str, suffix: str) -> FetchedPage:
    if response.status != OK:
        reason = strings.answered(response.status, response.reason)
        raise FetchError(link, reason, retry_after(response.headers))
    data = await read_body(response, link, MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLargeSource(link, strings.large_page(MAX_BYTES))
    name = response.url.name.removesuffix(suffix) or response.url.host or "page"
    url = str(response.url.with_fragment(None))
    return FetchedPage(url, name + suffix, data, Validators.of(response.headers))


def _reason(error: aiohttp.ClientError) -> str:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return strings.NO_SITE
    if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientSSLError):
        return strings.BAD_CERTIFICATE
    if isinstance(error, aiohttp.ClientConnectorError) and error.errno == NOT_ALLOWED:
        return strings.NOT_PUBLIC
    if isinstance(error, aiohttp.ClientConnectorError):
        return strings.UNREACHABLE
    if isinstance(error, aiohttp.InvalidURL):
        return strings.NOT_LINK
    return strings.BROKE_OFF
