"""Which addresses everybody may reach, whatever they are wrapped in."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_REFUSED_4 = tuple(
    map(
        IPv4Network,
        # Protocols, relays of 6to4, Azure's host (metadata and more): is_global lets them through.
        ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32"),
    )
)
_REFUSED_6 = tuple(
    map(
        IPv6Network,
        # IPv4-compatible, local NAT64, discard, protocols (Teredo among them), documentation,
        # site-local: of these, Python 3.11's is_global lets some through.
        ("::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "3fff::/20", "fec0::/10"),
    )
)


def is_public(address: Address) -> bool:
    """Tell whether an address is reachable for everybody, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        inner = _embedded(address)
        if inner is not None:
            return is_public(inner)
        refused = any(address in network for network in _REFUSED_6)
    else:
        refused = any(address in network for network in _REFUSED_4)
    return address.is_global and not (
        refused or address.is_multicast or address.is_reserved or address.is_unspecified
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
