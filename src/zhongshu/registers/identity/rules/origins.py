"""Where an act came from. Pure."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network


@dataclass(frozen=True, slots=True)
class Origin:
    """The network address and the kind of browser."""

    address: str = ""
    agent: str = ""

    @property
    def facts(self) -> dict[str, str]:
        """What an entry keeps of it."""
        return {"from": masked(self.address), "agent": self.agent}


def masked(address: str) -> str:
    """The neighbourhood of an address: 203.0.113.*, or the first three groups of IPv6; empty for what is none."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:
        return str(found).rpartition(".")[0] + ".*"
    return str(ip_network(f"{found}/48", strict=False).network_address) + "*"


def lies_in(address: str, network: str) -> bool:
    """Whether the address is of the network; any is of an empty one."""
    try:
        return not network or ip_address(address) in ip_network(network, strict=False)
    except ValueError:
        return False
