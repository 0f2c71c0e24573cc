"""What other systems may ask for when people sign in to them through us. Pure.

OpenID Connect Core 1.0; OAuth 2.0 Security Best Current Practice (RFC 9700): exact addresses, PKCE always, no tokens in
addresses.
"""

import re
from collections.abc import Iterable
from datetime import timedelta

from zhongshu.base.http.refusals import Invalid

SCOPES = ("openid", "profile", "phone", "org")
CODE_LIVES = timedelta(seconds=60)
ACCESS_LIVES = timedelta(minutes=10)
PERMIT_LIVES = timedelta(hours=8)
"""As long as a session of ours at most: a system is never signed in for longer than the person is here."""
_LOOPBACK = ("127.0.0.1", "[::1]", "localhost")
_ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[::1\])(?::\d{1,5})?(?:[/?][\x21\x24-\x7e]*)?")
_STATE = re.compile(r"[\x20-\x7e]{0,1000}")


def scopes(text: str, allowed: Iterable[str]) -> list[str]:
    """The scopes asked for that the client may have, in our order; what is unknown or not allowed is left out."""
    asked, may = set(text.split()), set(allowed)
    return [scope for scope in SCOPES if scope in asked and scope in may]


def address(text: str) -> str:
    """An address of a client as registered: https (plain http on the own machine alone), absolute, without fragment."""
    found = _ADDRESS.fullmatch(text.strip())
    if not found or (found["scheme"] == "http" and found["host"] not in _LOOPBACK):
        raise Invalid("地址须是完整的 https 地址，不带 # 号：{address}", field="redirects", address=text[:200])
    return found[0]


def sector(redirects: Iterable[str]) -> str:
    """The host whose systems may know a person by the same subject; one host a client (Core, 8.1)."""
    hosts = {found["host"] for redirect in redirects if (found := _ADDRESS.fullmatch(redirect))}
    if len(hosts) != 1:
        raise Invalid("一个系统的回调地址须在同一个主机名下；不同主机请分别登记。", field="redirects")
    return hosts.pop()


def origin(address: str) -> str:
    """Scheme, host and port of a registered address, as a content rule names them."""
    return "/".join(address.split("/")[:3])


def printable(text: str) -> bool:
    """Whether a state or nonce may be carried back as it is."""
    return _STATE.fullmatch(text) is not None
