"""What a row of bodies or of staff says, and what is wrong with it, cell by cell. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.base.permissions.roles import ROLES
from zhongshu.registers.people.rules import bodies, spelling
from zhongshu.registers.people.rules.organisation.table import Table
from zhongshu.registers.places.rules import codes

COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "bodies": {
        "name": ("单位名称", "名称"), "name_en": ("英文名称",), "kind": ("类型", "单位类型"),
        "parent": ("上级单位", "上级"), "place": ("区划代码", "所在地"),
    },
    "staff": {
        "login": ("登录名", "账号"), "name": ("姓名",), "phone": ("电话", "手机号"), "body": ("所属单位", "单位"),
        "roles": ("角色", "岗位"), "place": ("授权区划", "区划代码"),
    },
}  # fmt: skip
"""Kind of file → column → what its heading may be, besides its own code; the first is what an example calls it."""
NEEDED = {"bodies": ("name", "kind", "parent"), "staff": ("login", "name", "body")}
KINDS = {
    "人民政府": "government", "部门": "bureau", "街道办事处": "office", "社区": "community", "科室队所": "unit",
    "企业": "company",
}  # fmt: skip
_ROLE_NAMES = {name: role.code for role in ROLES.values() for name in (role.code, role.name, role.name_en.lower())}
Cells = Mapping[str, str]
Problems = dict[str, Refusal]


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body as a file has it; `parent` is its path, the names parted by strokes."""

    name: str
    name_en: str
    kind: str
    parent: str
    place: int | None


@dataclass(frozen=True, slots=True)
class StaffRow:
    """An official as a file has them; `body` is a path, `roles` are codes, over `place` if there is one."""

    login: str
    name: str
    phone: str
    body: str
    roles: tuple[str, ...]
    place: int | None


def cells(kind: str, table: Table) -> list[tuple[int, Cells]]:
    """Each row's known columns by code; Invalid when the headings lack one that is needed."""
    called = {alias.casefold(): code for code, names in COLUMNS[kind].items() for alias in (code, *names)}
    found = [called.get(heading.casefold(), "") for heading in table.headings]
    for needed in NEEDED[kind]:
        if needed not in found:
            raise Invalid("表头缺少“{name}”一列。请用模板填写。", field="file", name=COLUMNS[kind][needed][0])
    return [
        (number, {code: cell for code, cell in zip(found, row, strict=False) if code and cell})
        for number, row in table.rows
    ]


def body_row(given: Cells) -> tuple[BodyRow | None, Problems]:
    """A row of bodies; or None and what is wrong, by column."""
    read = _Reading(given)
    row = BodyRow(
        read("name", bodies.body_name), read("name_en", lambda text: bodies.body_name_en(text) if text else ""),
        read("kind", _kind), path(given.get("parent", "")), read("place", _place),
    )  # fmt: skip
    if not row.parent:
        read.problems["parent"] = Invalid("请填写上级单位。", field="parent")
    return (None if read.problems else row), read.problems


def staff_row(given: Cells) -> tuple[StaffRow | None, Problems]:
    """A row of staff; or None and what is wrong, by column."""
    read = _Reading(given)
    row = StaffRow(
        read("login", spelling.login), read("name", spelling.name),
        read("phone", lambda text: spelling.phone(text) if text else ""), path(given.get("body", "")),
        read("roles", _roles), read("place", _place),
    )  # fmt: skip
    if not row.body:
        read.problems["body"] = Invalid("请填写所属单位。", field="body")
    return (None if read.problems else row), read.problems


class _Reading:
    """Reads cells one by one and keeps what is wrong with each."""

    def __init__(self, given: Cells) -> None:
        self.given = given
        self.problems: Problems = {}

    def __call__(self, column: str, rule: Callable[[str], Any]) -> Any:
        try:
            return rule(self.given.get(column, ""))
        except Refusal as problem:
            self.problems[column] = problem
            return None


def path(text: str) -> str:
    """A path of bodies in its one spelling: 云汀市人民政府/城市管理局."""
    return "/".join(filter(None, (" ".join(part.split()) for part in text.replace("／", "/").split("/"))))


def _kind(text: str) -> str:
    found = KINDS.get(text, text)
    if found not in KINDS.values():
        raise Invalid("单位类型须为：{kinds}。", field="kind", kinds="、".join(KINDS))
    return found


def _place(text: str) -> int | None:
    return int(codes.parse(text)) if text else None


def _roles(text: str) -> tuple[str, ...]:
    named = [part.strip() for part in text.replace("，", "、").replace(",", "、").replace(";", "、").split("、")]
    found = [(part, _ROLE_NAMES.get(part.lower())) for part in named if part]
    if unknown := [part for part, code in found if code is None]:
        raise Invalid("没有名为 {role} 的角色。", field="roles", role=unknown[0][:30])
    return tuple(dict.fromkeys(code for _, code in found if code))


def example(kind: str, english: bool, lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The headings of an example file, and its lines."""
    return [[code if english else names[0] for code, names in COLUMNS[kind].items()], *map(list, lines)]
