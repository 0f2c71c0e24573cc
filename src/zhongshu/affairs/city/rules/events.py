"""What a city event may say. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from typing import Any
from unicodedata import category
from uuid import UUID

from zhongshu.affairs.city.rules.sources import Source
from zhongshu.base.http.refusals import Invalid

MAX_KEY = 100
MAX_ADDRESS = 200


@dataclass(frozen=True, slots=True)
class Handled:
    """That who tells of it has handled it already (发现即处置): what was done, and photos of it."""

    note: str
    photos: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What somebody saw in the street. `key` is the sender's own, so that sending twice is one report.

    The place is a WGS-84 point, or for want of one a place code (community or finer) with an address. `voices` are
    voice notes they have uploaded; `seen` is when they saw it, if that is earlier than it came.
    A machine names the `device` behind its key, when that `observed` it and how sure it is (`confidence`, 0 to 1).
    `origins` says of answers that were offered where they are from.
    """

    key: str
    source: Source
    category: str
    answers: Mapping[str, Any]
    lon: float | None = None
    lat: float | None = None
    place: str = ""
    address: str = ""
    account: str | None = None
    name: str = ""
    phone: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    voices: Sequence[UUID] = ()
    seen: datetime | None = None
    device: str = ""
    observed: datetime | None = None
    confidence: float | None = None
    handled: Handled | None = None
    origins: Mapping[str, Any] = field(default_factory=dict)


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
