"""What a tree of categories must look like before it is taken over. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from zhongshu.base.http.refusals import Invalid, TooLarge

Kind = Literal["event", "component"]
MOST_CATEGORIES = 5_000
_CODE = re.compile(r"(?:[0-9]{2}){1,4}", re.ASCII)
_SCENARIO = re.compile(r"[a-z][a-z0-9-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category as it is imported: two digits for a class, four for a category in it (GB/T 30428.2).

    Where a city's own tree is finer, two more for each level. A class may be without a scenario.
    """

    code: str
    name: str
    name_en: str
    kind: Kind
    scenario: str

    @property
    def parent(self) -> str | None:
        """The code it lies under; None for a class."""
        return parent_of(self.code)


def parent_of(code: str) -> str | None:
    """The code above this one; None at the top."""
    return code[:-2] or None


def checked(rows: Iterable[CategoryRow]) -> list[CategoryRow]:
    """The rows by code; Invalid names the first that does not fit the tree."""
    listed = list(rows)
    if not 0 < len(listed) <= MOST_CATEGORIES:
        raise TooLarge("类别树应当有 1 至 {most} 项，现有 {count} 项。", most=MOST_CATEGORIES, count=len(listed))
    known: dict[str, CategoryRow] = {}
    for row in sorted(listed, key=lambda row: row.code):
        _check(row, known)
        known[row.code] = row
    return list(known.values())


def _check(row: CategoryRow, known: dict[str, CategoryRow]) -> None:
    if not _CODE.fullmatch(row.code):
        raise Invalid(
            "类别编号“{code}”有误：大类为 2 位数字，小类为 4 位，再细分每级加 2 位，至多 8 位。",
            field="code",
            code=row.code,
        )
    if row.code in known:
        raise Invalid("类别编号“{code}”出现了不止一次，请删去重复的。", field="code", code=row.code)
    if row.kind not in ("event", "component"):
        raise Invalid("类别“{code}”只能是事件（event）或部件（component）。", field="kind", code=row.code)
    if not (row.name.strip() and row.name_en.strip()):
        raise Invalid("类别“{code}”须有中文名和英文名。", field="name", code=row.code)
    if not (_SCENARIO.fullmatch(row.scenario) or (row.parent is None and row.scenario == "")):
        raise Invalid("类别“{code}”须写明办理它的场景，例如 city-event。", field="scenario", code=row.code)
    above = known.get(row.parent or "")
    if row.parent and (above is None or above.kind != row.kind):
        raise Invalid(
            "类别“{code}”的上级“{parent}”不存在，或不同属事件、部件，请先补上。",
            field="code", code=row.code, parent=row.parent,
        )  # fmt: skip
