"""Connections to public addresses alone, and bodies within a limit."""

from __future__ import annotations

import errno
import socket
import zlib
from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver

from index import strings
from index.errors import SourceError, UnsupportedSource

Address = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")

_SIX_TO_FOUR = IPv6Network("2002::/16")

_BLOCKED_4 = tuple(
    map(
        IPv4Network,
        # Protocols, relays of 6to4, Azure's host (metadata and more): is_global lets them through.
        ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"),
    )
)

_BLOCKED_6 = tuple(
    map(
        IPv6Network,
        # IPv4-compatible, local NAT64, discard, protocols (Teredo among them), documentation,
        # site-local: of these, Python 3.11's is_global lets some through.
        ("::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "3fff::/20", "fec0::/10"),
    )
)


def is_public(address: Address) -> bool:
    """Tell whether an address is public, also inside a mapped, NAT64 or 6to4 address."""
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        inner = _embedded(address)
        if inner is not None:
            return is_public(inner)
        blocked = any(address in network for network in _BLOCKED_6)
    else:
        blocked = any(address in network for network in _BLOCKED_4)
    return address.is_global and not (
        blocked or address.is_multicast or address.is_reserved or address.is_unspecified
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


NOT_ALLOWED = errno.EACCES
"""Of the ClientConnectorError where an address may not be connected to."""


def session(
    allow: Callable[[Address], bool],
    headers: Mapping[str, str],
    resolver: AbstractResolver | None = None,
) -> aiohttp.ClientSession:
    """Return a session that connects only where `allow` says so.

    It keeps no cookies and no connections, uses no proxy, and leaves bodies compressed.
    """

    def connect(info: Any) -> socket.socket:
        family, kind, protocol, _, address = info
        if not allow(ip_address(address[0])):
            # An OSError lets the connector go on to the name's other addresses.
            raise PermissionError(NOT_ALLOWED, "not a public address")
        return socket.socket(family, kind, protocol)

    connector = aiohttp.TCPConnector(resolver=resolver, socket_factory=connect, force_close=True)
    return aiohttp.ClientSession(
        connector=connector,
        headers=headers,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,  # a limit is needed while it is done
        trust_env=False,  # a proxy would connect where we cannot look
    )


CHUNK_BYTES = 64 * 1024


async def read_body(response: aiohttp.ClientResponse, link: str, most: int) -> bytes:
    """Read and decompress at most so many bytes, never holding more than them and a chunk.

    Raises SourceError.
    """
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise UnsupportedSource(link, strings.unread_encoding(encoding))
    # 32: gzip or zlib, as the header says.
    unpack = None if encoding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    data = bytearray()
    async for chunk in response.content.iter_chunked(CHUNK_BYTES):
        try:
            data += unpack.decompress(chunk, most - len(data)) if unpack else chunk
        except zlib.error:
            raise SourceError(link, strings.BAD_COMPRESSION) from None
        if len(data) >= most:
            break
    return bytes(data[:most])
