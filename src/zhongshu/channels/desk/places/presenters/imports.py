"""What an import would change or has changed, in words and on a small map."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.middleware import said
from zhongshu.channels.desk.places.presenters import drawing
from zhongshu.channels.desk.places.presenters.drawing import Drawing, Outline
from zhongshu.channels.presenters import names
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as known
from zhongshu.registers.places.queries.imports import Import
from zhongshu.registers.places.queries.incoming.preview import Preview
from zhongshu.registers.places.rules.datum import Datum
from zhongshu.registers.places.rules.hints import Hint
from zhongshu.registers.places.rules.order import Register
from zhongshu.registers.places.rules.plan import Changed, Extent

LISTED = 50
"""Places of each kind that the page lists."""
BROKEN = 200
DRAWN = 400
REGISTERS = {Register.REGIONS: "区划", Register.CELLS: "单元网格", Register.COMPONENTS: "部件"}
DATUMS = {Datum.WGS84: "WGS-84", Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09"}
_HINTS = {
    "says": "文件自己写明坐标系是 {datum}，与所选的不同。请核对后改选，再检查一次。",
    "public": "文件像是取自公开的互联网地图，这类数据的坐标系是 {datum}。请核对后改选，再检查一次。",
    "fits": "按所选坐标系，同一地点与库里相差约 {off} 米；按 {datum} 只差约 {then} 米。请核对后改选，再检查一次。",
}


_ABOUT = {
    Datum.WGS84: "WGS-84（GPS、国家 2000，测绘部门多用）", Datum.GCJ02: "GCJ-02（高德、腾讯等公开地图）",
    Datum.BD09: "BD-09（百度地图）",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    key: str
    name: str
    chosen: bool


def registers(chosen: str) -> list[Option]:
    """What a file may hold, to choose from."""
    return [Option(one.value, gettext(name), one.value == chosen) for one, name in REGISTERS.items()]


def datums(chosen: str) -> list[Option]:
    """The datums, to choose from."""
    return [Option(one.value, gettext(name), one.value == chosen) for one, name in _ABOUT.items()]


@dataclass(frozen=True, slots=True)
class Line:
    """A place that would change: its code, its name and what becomes of it."""

    code: str
    name: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A preview as the page shows it. `sound`: how many rows have no fault; `hidden`: faults that are not listed."""

    new: int
    changed: int
    same: int
    gone: int
    sound: int
    broken: Sequence[tuple[int, str]]
    hidden: int
    hint: str
    encoding: str
    where: str
    lines_new: Sequence[Line]
    lines_changed: Sequence[Line]
    lines_gone: Sequence[Line]
    map: Drawing | None

    @property
    def nothing(self) -> bool:
        """Whether taking it in would leave everything as it is."""
        return not (self.new or self.changed or self.gone)


def shown(found: Preview) -> Shown:
    """The preview in words."""
    plan = found.plan
    return Shown(
        new=len(plan.new), changed=len(plan.changed), same=plan.same, gone=len(plan.gone),
        sound=len(plan.rows) + plan.same,
        broken=[(one.row, said(one.refusal)) for one in found.broken[:BROKEN]],
        hidden=max(len(found.broken) - BROKEN, 0), hint=hint(found.hint),
        encoding=found.file.encoding.upper() if found.file.encoding != "utf-8" else "",
        where=where(found.extent) if found.order.complete else "",
        lines_new=[Line(row.code, row.name) for row in plan.new[:LISTED]],
        lines_changed=[Line(one.row.code, one.row.name, _what(one)) for one in plan.changed[:LISTED]],
        lines_gone=[Line(row.code, row.name) for row in plan.gone[:LISTED]],
        map=drawing.drawn(list(_outlines(found))),
    )  # fmt: skip


def hint(found: Hint | None) -> str:
    """What speaks against the chosen datum; empty when nothing does."""
    if found is None:
        return ""
    sentence = gettext(_HINTS[found.why])
    return sentence.format(datum=DATUMS[found.datum], off=round(found.off), then=round(found.then))


def where(extent: Extent) -> str:
    """The place a complete file speaks of."""
    if not extent.within:
        return gettext("全部")
    called = known.tree().called(int(extent.within))
    return names.joined([called]) if called else extent.within


def _what(changed: Changed[Any]) -> str:
    parts = []
    if changed.returns:
        parts.append(gettext("恢复使用"))
    if changed.renamed:
        parts.append(gettext("原名“{name}”").format(name=changed.was.name or "—"))
    if changed.moved:
        parts.append(gettext("位置或边界有变") if changed.was.outline else gettext("补上边界"))
    return gettext("，").join(parts) or gettext("其他资料有变")


def _outlines(found: Preview) -> Iterator[Outline]:
    """What goes, what was, and what comes over it; of many, the first of each."""
    most = DRAWN // 3
    yield from _drawn(((row.outline, "is-gone", row.name) for row in found.plan.gone), most)
    moved = [one for one in found.plan.changed if one.moved][:most]
    yield from _drawn(((one.was.outline, "was", "") for one in moved), most)
    yield from _drawn(((one.row.outline, "is-changed", one.row.name) for one in moved), most)
    yield from _drawn(((row.outline, "is-new", row.name) for row in found.plan.new), most)


def _drawn(found: Iterable[tuple[Any, str, str]], most: int) -> Iterator[Outline]:
    for at, (outline, style, name) in enumerate(found):
        if at >= most:
            return
        if outline:
            yield Outline(outline, style, name)


@dataclass(frozen=True, slots=True)
class Past:
    """An import of the past in words."""

    one: Import
    register: str
    datum: str
    who: str


def past(found: Sequence[Import]) -> list[Past]:
    """Imports with who made them: one statement, however many."""
    called = people.shown_names({one.actor for one in found}) if found else {}
    return [
        Past(
            one,
            gettext(REGISTERS[one.register]),
            DATUMS.get(one.facts.get("datum", ""), ""),
            called.get(one.actor, "—"),
        )
        for one in found
    ]
