"""Reading a file row by row: every broken row is found, and none is taken unless all are sound."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.registers.places.rules.geojson import Feature

T = TypeVar("T")
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """One row that cannot be taken: its number from 1 and why."""

    row: int
    refusal: Refusal


class BrokenRows(Invalid):
    """A file with broken rows; `rows` lists the first 200 of them. Nothing of the file was taken."""

    def __init__(self, rows: Sequence[BrokenRow]) -> None:
        super().__init__("有 {count} 行有误，一行也没有导入；请按行号改正后重新导入。", count=len(rows))
        self.rows = tuple(rows[:MOST_LISTED])


def read_all(features: Sequence[Feature], read: Callable[[Feature], T], key: Callable[[T], str]) -> list[T]:
    """Each feature read by `read`; `BrokenRows` if any is refused or two rows have the same `key`."""
    good: list[T] = []
    broken: list[BrokenRow] = []
    first: dict[str, int] = {}
    for feature in features:
        try:
            one = read(feature)
            if (earlier := first.setdefault(key(one), feature.row)) != feature.row:
                raise Invalid("代码 {code} 与第 {earlier} 行重复。", field="code", code=key(one), earlier=earlier)
            good.append(one)
        except Refusal as refusal:
            broken.append(BrokenRow(feature.row, refusal))
    refuse(broken)
    return good


def refuse(broken: Sequence[BrokenRow]) -> None:
    """Raise `BrokenRows` if there are any."""
    if broken:
        raise BrokenRows(broken)


def text(feature: Feature, name: str, longest: int, *, optional: bool = False) -> str:
    """A property as text without spaces around it; `Invalid` when it is missing or too long."""
    value = feature.properties.get(name)
    said = "" if value is None else str(value).strip()
    if not said and not optional:
        raise Invalid("缺少 {name}；请在属性里补上。", field=name, name=name)
    if len(said) > longest:
        raise Invalid("{name} 超过 {longest} 个字；请缩短。", field=name, name=name, longest=longest)
    return said
