"""Which hosts and addresses may be reached. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Reach:
    """What beside the public internet may be reached: hosts by name, networks by address."""

    hosts: frozenset[str]
    networks: tuple[Network, ...]

    @classmethod
    def of(cls, written: Collection[str]) -> "Reach":
        """From hosts and networks as an operator writes them."""
        networks = [network for text in written if (network := _network(text.strip()))]
        hosts = {text.strip().lower().rstrip(".") for text in written if not _network(text.strip())}
        return cls(frozenset(hosts - {""}), tuple(networks))

    def names(self, host: str) -> bool:
        """Whether the operator has named this host: by its name, or as an address in a network."""
        host = host.strip("[]").lower().rstrip(".")
        if host in self.hosts:
            return True
        try:
            return self._within(ip_address(host))
        except ValueError:
            return False

    def lets_to(self, host: str, address: str) -> bool:
        """Whether `host` may be reached at `address`: it is public, or the operator has named one of both."""
        here = ip_address(address.partition("%")[0])
        return is_public(here) or self.names(host) or self._within(here)

    def _within(self, address: Address) -> bool:
        return any(address in network for network in self.networks)


def is_public(address: Address) -> bool:
    """Whether the address is one of the public internet for one receiver, and wraps no IPv4 address.

    IANA's registries of special addresses, by the standard library: loopback, private, shared, link-local …
    `::/8` is reserved, and with it whatever wraps an IPv4 address for translation (NAT64: RFC 6052, RFC 8215). Tunnels
    are refused whatever they lead to: 6to4 is historic (RFC 7526), and Python's releases judge it differently.
    """
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not special and not address.is_link_local and not _wraps(address)


def _wraps(address: Address) -> bool:
    """Whether an IPv6 address stands for an IPv4 one: mapped, or through a tunnel (6to4, Teredo)."""
    if isinstance(address, IPv4Address):
        return False
    return any(inner is not None for inner in (address.ipv4_mapped, address.sixtofour, address.teredo))


def _network(text: str) -> Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None
