"""Reading a file row by row: every broken row is found and told with its number."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.registers.places.rules.geojson import Feature

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

T = TypeVar("T")
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """One row that cannot be taken: its number in the file, and why. Row 0: what the file's silence would end."""

    row: int
    refusal: Refusal


class BrokenRows(Invalid):
    """A file with broken rows; `rows` lists the first 200 of them. Nothing of the file was taken."""

    def __init__(self, rows: Sequence[BrokenRow]) -> None:
        super().__init__("有 {count} 行有误，一行也没有导入；请按行号改正后重新导入。", count=len(rows))
        self.rows = tuple(rows[:MOST_LISTED])


@dataclass(slots=True)
class Read(Generic[T]):
    """The sound rows of a file by their number, the outlines drawn in them by code, and the broken rows."""

    good: dict[int, T]
    broken: list[BrokenRow] = field(default_factory=list)
    shapes: dict[str, "BaseGeometry"] = field(default_factory=dict)

    def refuse(self, faults: Iterable[BrokenRow]) -> None:
        """Move rows from the sound to the broken; of several faults of a row the first is told."""
        for fault in faults:
            if self.good.pop(fault.row, None) is not None or not fault.row:
                self.broken.append(fault)
        self.broken.sort(key=lambda broken: broken.row)


def read_all(features: Iterable[Feature], read: Callable[[Feature], T], key: Callable[[T], str]) -> Read[T]:
    """Each feature read by `read`; refused rows, and those whose `key` an earlier row has, are the broken ones."""
    found: Read[T] = Read({})
    first: dict[str, int] = {}
    for feature in features:
        try:
            one = read(feature)
            if (earlier := first.setdefault(key(one), feature.row)) != feature.row:
                raise Invalid("代码 {code} 与第 {earlier} 行重复。", field="code", code=key(one), earlier=earlier)
            found.good[feature.row] = one
        except Refusal as refusal:
            found.broken.append(BrokenRow(feature.row, refusal))
    return found


def text(feature: Feature, name: str, longest: int, *, optional: bool = False) -> str:
    """A property as text without spaces around it; `Invalid` when it is missing or too long."""
    value = feature.properties.get(name)
    said = "" if value is None else str(value).strip()
    if not said and not optional:
        raise Invalid("缺少 {name}；请在属性里补上。", field=name, name=name)
    if len(said) > longest:
        raise Invalid("{name} 超过 {longest} 个字；请缩短。", field=name, name=name, longest=longest)
    return said
