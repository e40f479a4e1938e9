"""Connections to public addresses alone.

Every address is checked when the socket is made, after DNS and after every redirect, so neither
a name that resolves to a private address nor one that changes its answer gets through.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Mapping
from ipaddress import ip_address
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver

from bot.addresses import Address

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
