"""The network address a request comes from, also behind proxies of our own."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

Network = IPv4Network | IPv6Network


def address(request: HttpRequest) -> str:
    """The visitor's address: that of the connection, unless a proxy named in the settings passed the request on."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return visitor(request.META.get("REMOTE_ADDR", ""), forwarded, settings.PROXIES)


def network(request: HttpRequest) -> str:
    """Whose uses are counted together: the IPv4 address, or of IPv6 the network of 64 bits one household has."""
    here = address(request)
    try:
        found = ip_address(here)
    except ValueError:
        return here
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return here if isinstance(found, IPv4Address) else str(ip_network((found, 64), strict=False))


def visitor(peer: str, forwarded: str, proxies: Sequence[Network]) -> str:
    """The nearest address that is no proxy of ours. What stands further left in `forwarded` is anybody's claim.

    `forwarded` is X-Forwarded-For: each proxy adds on the right whom it heard from.
    """
    nearest = peer
    for hop in reversed(forwarded.split(",")):
        if not _ours(nearest, proxies) or not (heard := _bare(hop)):
            break
        nearest = heard
    return nearest


def _ours(address: str, proxies: Sequence[Network]) -> bool:
    try:
        here = ip_address(address)
    except ValueError:
        return False
    return any(here in network for network in proxies)


def _bare(hop: str) -> str:
    """An address without port or brackets; empty when it is none."""
    text = hop.strip()
    text = text[1:].partition("]")[0] if text.startswith("[") else text
    text = text.partition(":")[0] if text.count(":") == 1 else text
    try:
        return str(ip_address(text))
    except ValueError:
        return ""
