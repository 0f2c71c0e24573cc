"""What a city event may say and where it may come from. Pure."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, Literal, get_args
from unicodedata import category

from zhongshu.base.http.refusals import Invalid

Source = Literal["resident", "patrol", "hotline", "machine", "batch", "open311"]
SOURCES: tuple[Source, ...] = get_args(Source)
OPEN_SOURCES = frozenset({"resident"})
"""Sources that need no duty: anybody may tell the city."""

MAX_KEY = 100
MAX_ADDRESS = 200


def source(text: str) -> Source:
    """The source with this code."""
    if text not in SOURCES:
        raise Invalid("没有名为 {source} 的来源。", field="source", source=text[:20])
    return text


def key(sender: str, own: str) -> str:
    """The contact's key: the sender's own key under the sender, so that no one can meet another's."""
    found = own.strip()
    if not 8 <= len(found) <= MAX_KEY or not found.isprintable():
        raise Invalid("幂等键须为 8 至 {limit} 个可见字符，建议用随机的 UUID。", field="key", limit=MAX_KEY)
    return f"{sender}:{found}"


def point(lon: float, lat: float) -> None:
    """Refuse numbers that are no place on Earth."""
    if not (isfinite(lon) and isfinite(lat) and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid("经纬度超出范围：经度 -180 至 180，纬度 -90 至 90（WGS-84）。", field="point")


def address(text: str) -> str:
    """An address in one line."""
    found = " ".join(text.split())
    if len(found) > MAX_ADDRESS or any(category(char) == "Cc" for char in found):
        raise Invalid("地址须为一行文字，最多 {limit} 个字。", field="address", limit=MAX_ADDRESS)
    return found


def text(answers: Mapping[str, Any]) -> str:
    """The report in its sender's words."""
    return str(answers.get("description") or "")
