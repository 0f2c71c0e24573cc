"""What a key of a connected system may be given. Pure."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from zhongshu.base.http.refusals import Invalid

LONGEST_LIFE = timedelta(days=731)
USUAL_LIFE = timedelta(days=365)
MOST_A_MINUTE, MOST_A_DAY, MOST_NETWORKS = 10_000_000, 1_000_000_000, 20
LONGEST_OVERLAP_DAYS = 30


def ends(expires: datetime | None, at: datetime) -> datetime:
    """When a new key ends: as asked, at most two years from now; a year from now when nobody says."""
    if expires is None:
        return at + USUAL_LIFE
    if not at < expires <= at + LONGEST_LIFE:
        raise Invalid("有效期须从今天起不超过两年。", field="expires")
    return expires


def scopes(wanted: Collection[str] | None, held: Iterable[str]) -> list[str]:
    """The permissions a key may use: those asked for, all of which its holder must have; None asks for all of them."""
    has = sorted(set(held))
    if wanted is None:
        return has
    if foreign := sorted(set(wanted) - set(has)):
        raise Invalid(
            "这个系统账号没有权限 {permission}，密钥不能超出账号的权限。", field="scopes", permission=foreign[0]
        )
    return sorted(set(wanted))


def networks(written: Iterable[str]) -> list[str]:
    """Networks in CIDR, each in its one spelling; a single address is a network of its own."""
    found: list[str] = []
    for text in filter(None, (one.strip() for one in written)):
        try:
            found.append(str(ip_network(text, strict=False)))
        except ValueError:
            raise Invalid(
                "“{text}”不是网络地址，请写成 10.20.0.0/16 或 10.20.3.4 的样子。", field="networks", text=text[:60]
            ) from None
    if len(found) > MOST_NETWORKS:
        raise Invalid("一个密钥最多限定 {most} 个网段。", field="networks", most=MOST_NETWORKS)
    return list(dict.fromkeys(found))


def comes_from(address: str, allowed: Collection[str]) -> bool:
    """Whether an address lies in one of the networks; anywhere does when there is none."""
    if not allowed:
        return True
    try:
        here = ip_address(address)
    except ValueError:
        return False
    return any(here in ip_network(network) for network in allowed)


def limits(per_minute: int, per_day: int) -> tuple[int, int]:
    """Requests a minute and a day, the second at least the first."""
    if not 1 <= per_minute <= MOST_A_MINUTE:
        raise Invalid("每分钟次数须为 1 至 {most} 的整数。", field="per_minute", most=MOST_A_MINUTE)
    if not per_minute <= per_day <= MOST_A_DAY:
        raise Invalid("每天次数不能少于每分钟次数。", field="per_day")
    return per_minute, per_day
