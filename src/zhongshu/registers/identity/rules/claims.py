"""What an outside provider says of somebody, in our words. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Invalid, Unauthenticated

OURS = frozenset({"name", "phone", "level", "uscc"})
"""What may be mapped to a claim of the provider; its `sub` is always the subject."""
USUAL = {"name": "name", "phone": "phone_number", "level": "acr"}


@dataclass(frozen=True, slots=True)
class Claims:
    """Who came, as the source says: `checked` when it has verified who they are and its word on that is trusted."""

    subject: str
    name: str = ""
    phone: str = ""
    uscc: str = ""
    checked: bool = False
    sid: str = ""


def read(said: Mapping[str, Any], named: Mapping[str, str], trusted: Collection[str]) -> Claims:
    """The provider's claims by the source's map (ours → theirs). A level not among `trusted` counts for nothing."""
    subject = said.get("sub")
    if not isinstance(subject, str) or not 1 <= len(subject) <= 255:
        raise Unauthenticated("登录来源没有说明来者是谁，不能登录。请联系系统管理员。")
    told = {ours: _text(said.get(theirs)) for ours, theirs in named.items()}
    return Claims(
        subject, told.get("name", ""), _national(told.get("phone", "")), told.get("uscc", ""),
        checked=bool(told.get("level")) and told["level"] in trusted, sid=_text(said.get("sid")),
    )  # fmt: skip


def _text(value: Any) -> str:
    return str(value)[:255].replace("\0", "") if isinstance(value, str | int) else ""


def _national(phone: str) -> str:
    """A number as it is dialled in the country: OpenID Connect recommends E.164."""
    return phone.removeprefix("+86").replace(" ", "").replace("-", "")


def claim_map(text: str) -> dict[str, str]:
    """A map as an operator writes it: `name=real_name,phone=mobile,level=auth_level`."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    found = {ours.strip(): theirs.strip() for ours, _, theirs in pairs}
    if not found.keys() <= OURS or not all(found.values()):
        raise Invalid("字段对照须写成 name=…,phone=…,level=…,uscc=… 的样子。", field="claims")
    return found
