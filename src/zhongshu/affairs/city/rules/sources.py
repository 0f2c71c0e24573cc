"""Where an event may come from, and what follows from that. Pure.

A patrol and the hotline's agents are officials, machines were installed by some: what they tell is taken as true. The
drawings of the scenarios ask for the source itself; that they agree with `trusted` here is tested.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from zhongshu.base.http.refusals import Forbidden, Invalid
from zhongshu.registers.places.rules.codes import Level

Source = Literal["resident", "patrol", "hotline", "machine", "batch", "open311"]
SOURCES: tuple[Source, ...] = get_args(Source)
Kind = Literal["resident", "firm", "staff", "device"]
Known = Literal["offer", "join", "open"]
ANYBODY: frozenset[Kind] = frozenset(get_args(Kind))
OFFICE: frozenset[Kind] = frozenset({"staff", "device"})
MACHINES: frozenset[Kind] = frozenset({"device"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What holds for one source.

    `kinds`: the accounts that may use it; `duty`: whether they need the duty to report at that place. `trusted`: taken
    as true, so that nobody accepts it first. `finest`: how fine its place must be known where there is no point.
    `on_the_spot`: whether who tells may have handled it already (发现即处置). `hears`: how the teller is told what
    becomes of it. `known`: what happens when it was told of before: the teller is offered to follow, a device joins its
    own open case, or a new case is opened. `per_hour`: how often one device may tell (None: as its key may).
    """

    source: Source
    kinds: frozenset[Kind]
    duty: bool = True
    trusted: bool = False
    finest: Level = Level.COMMUNITY
    on_the_spot: bool = False
    hears: frozenset[Literal["account", "phone"]] = frozenset({"phone"})
    known: Known = "open"
    per_hour: int | None = None


RULES: dict[Source, Rule] = {
    rule.source: rule
    for rule in (
        Rule("resident", ANYBODY, duty=False, hears=frozenset({"account", "phone"}), known="offer"),
        Rule("patrol", OFFICE, trusted=True, on_the_spot=True, hears=frozenset({"account", "phone"}), known="offer"),
        Rule("hotline", OFFICE, trusted=True, known="offer"),
        Rule("machine", MACHINES, trusted=True, finest=Level.CELL, known="join", per_hour=60),
        Rule("batch", OFFICE),
        Rule("open311", OFFICE),
    )
}  # fmt: skip

OLDEST = timedelta(hours=24)
"""How long ago a machine may have observed what it tells now."""
AHEAD = timedelta(minutes=5)
"""How far a machine's clock may be ahead of ours."""
LONGEST_DEVICE = 64


def source(text: str) -> Source:
    """The source with this code."""
    if text not in SOURCES:
        raise Invalid("没有名为 {source} 的来源。", field="source", source=text[:20])
    return text


def entitled(rule: Rule, kind: str) -> None:
    """Refuse an account whose kind may not use this source."""
    if rule.kinds != ANYBODY and kind not in rule.kinds:
        raise Forbidden("这类账号不能以这个来源上报事件。")


def fine_enough(rule: Rule, level: int) -> None:
    """Refuse a place that is coarser than this source must know it."""
    if level < rule.finest:
        raise Invalid("请给出经纬度，或精确到网格、部件的编号。", field="place")


def observed(moment: datetime | None, at: datetime) -> datetime:
    """When a machine observed what it tells: within the last day, its clock at most five minutes ahead of ours."""
    if moment is None:
        return at
    if moment.tzinfo is None:
        raise Invalid("时间须带时区，例如 2026-01-31T08:00:00+08:00。", field="observed")
    if not at - OLDEST <= moment <= at + AHEAD:
        raise Invalid("观测时间须在最近 24 小时内，请核对设备的时钟。", field="observed")
    return moment


def confidence(share: float | None) -> float | None:
    """How sure a machine is."""
    if share is not None and not 0 <= share <= 1:
        raise Invalid("置信度须为 0 至 1 的小数。", field="confidence")
    return share


def device(text: str) -> str:
    """A device's name under its key; empty where the sender does not tell."""
    found = text.strip()
    if len(found) > LONGEST_DEVICE or not found.isprintable():
        raise Invalid("设备编号须为 1 至 {most} 个可见字符。", field="device", most=LONGEST_DEVICE)
    return found
