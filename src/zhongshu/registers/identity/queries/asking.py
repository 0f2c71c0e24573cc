"""What another system asks for when it sends somebody to sign in (OpenID Connect Core 1.0, 3.1.2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.identity.models import Client
from zhongshu.registers.identity.queries import clients
from zhongshu.registers.identity.rules import clients as rules
from zhongshu.registers.identity.rules import pkce
from zhongshu.registers.identity.rules.protocol import Wrong


@dataclass(frozen=True, slots=True)
class Asked:
    """A system's request to sign somebody in, once it was found right."""

    client: Client
    redirect: str
    scopes: tuple[str, ...]
    challenge: str
    state: str = ""
    nonce: str = ""
    prompt: frozenset[str] = frozenset()
    max_age: int | None = None


def returned_to(given: Mapping[str, str]) -> tuple[Client, str]:
    """The system and the address to come back to; nobody is sent anywhere unless both are registered, to the letter."""
    client = clients.client(given.get("client_id", ""))
    if client is None or given.get("redirect_uri", "") not in client.redirects:
        raise Invalid("请求登录的系统没有登记，或回调地址与登记的不同。请联系该系统的管理员。")
    return client, given["redirect_uri"]


def asked(client: Client, redirect: str, given: Mapping[str, str]) -> Asked:
    """The rest of the request; what is wrong with it is told to the system."""
    wrong = {
        "response_type": given.get("response_type") != "code",
        "response_mode": given.get("response_mode", "query") != "query",
        "code_challenge_method": given.get("code_challenge_method") != "S256",
        "code_challenge": not pkce.is_challenge(given.get("code_challenge", "")),
        "state": not rules.printable(given.get("state", "")),
        "nonce": not rules.printable(given.get("nonce", "")),
        "max_age": not given.get("max_age", "0").isascii() or not given.get("max_age", "0").isdecimal(),
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            code = "unsupported_response_type" if name == "response_type" else "invalid_request"
            raise Wrong(code, f"{name} is missing or not supported")
    for name in ("request", "request_uri", "registration"):
        if name in given:
            raise Wrong(f"{name}_not_supported", f"{name} is not supported")
    scopes = rules.scopes(given.get("scope", ""), client.scopes)
    if "openid" not in scopes:
        raise Wrong("invalid_scope", "scope must name openid")
    age = given.get("max_age")
    return Asked(
        client, redirect, tuple(scopes), given["code_challenge"], given.get("state", ""), given.get("nonce", ""),
        frozenset(given.get("prompt", "").split()), int(age[:9]) if age else None,
    )  # fmt: skip
