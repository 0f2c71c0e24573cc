"""What taking a file in would do, row by row, to what is known. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.registers.people.rules.organisation.rows import BodyRow, Cells, StaffRow, body_row, staff_row

Outcome = Literal["new", "changed", "same", "wrong"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a row: `changes` are column → (before, after), `problems` column → what is wrong."""

    number: int
    cells: Cells
    outcome: Outcome
    changes: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    problems: Mapping[str, Refusal] = field(default_factory=dict)
    proposing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A body there is: what a file may change of it, and whether the one who sends it administers it."""

    id: int
    name_en: str
    kind: str
    place: int | None
    mine: bool = True
    ended: bool = False


@dataclass(frozen=True, slots=True)
class KnownAccount:
    """An account there is: `roles` are held with their place, `tied` those that go with its body."""

    name: str
    phone: str
    body: int | None
    staff: bool
    mine: bool = True
    closed: bool = False
    roles: frozenset[tuple[str, int | None]] = frozenset()
    tied: bool = False


def of_bodies(rows: Iterable[tuple[int, Cells]], known: Mapping[str, KnownBody]) -> Iterator[Fate]:
    """The fates of rows of bodies, in their order: a row may stand under one that came before it."""
    coming: dict[str, int] = {}
    for number, cells in rows:
        row, problems = body_row(cells)
        if row is not None:
            problems = _wrong_body(row, known, coming)
        if row is None or problems:
            yield Fate(number, cells, "wrong", problems=problems)
            continue
        coming[f"{row.parent}/{row.name}"] = number
        yield _body_fate(number, cells, row, known.get(f"{row.parent}/{row.name}"))


def _wrong_body(row: BodyRow, known: Mapping[str, KnownBody], coming: Mapping[str, int]) -> dict[str, Refusal]:
    parent, here = known.get(row.parent), known.get(f"{row.parent}/{row.name}")
    if first := coming.get(f"{row.parent}/{row.name}"):
        return {"name": Invalid("与第 {row} 行是同一个单位。", field="name", row=first)}
    if row.parent not in coming and (parent is None or not parent.mine):
        return {"parent": Invalid("没有上级单位“{path}”，请写出完整路径，并放在下级之前。", path=row.parent)}
    if (parent and parent.ended) or (here and here.ended):
        return {"parent": Invalid("单位已经停用，请先恢复或另选。", field="parent")}
    if here is None and not row.name_en:
        return {"name_en": Invalid("新单位须填写英文名称。", field="name_en")}
    return {}


def _body_fate(number: int, cells: Cells, row: BodyRow, here: KnownBody | None) -> Fate:
    if here is None:
        return Fate(number, cells, "new")
    was = {"name_en": here.name_en, "kind": here.kind, "place": _shown(here.place)}
    says = {"name_en": row.name_en or here.name_en, "kind": row.kind, "place": _shown(row.place or here.place)}
    return _compared(number, cells, was, says)


def of_staff(
    rows: Iterable[tuple[int, Cells]], bodies: Mapping[str, KnownBody], accounts: Mapping[str, KnownAccount]
) -> Iterator[Fate]:
    """The fates of rows of staff; a login stands in a file once, with all its roles."""
    coming: dict[str, int] = {}
    paths = {body.id: path for path, body in bodies.items()}
    for number, cells in rows:
        row, problems = staff_row(cells)
        if row is not None:
            problems = _wrong_staff(row, bodies, accounts.get(row.login), coming)
            coming.setdefault(row.login, number)
        if row is None or problems:
            yield Fate(number, cells, "wrong", problems=problems)
        else:
            yield _staff_fate(number, cells, row, paths, accounts.get(row.login))


def _wrong_staff(
    row: StaffRow, bodies: Mapping[str, KnownBody], here: KnownAccount | None, coming: Mapping[str, int]
) -> dict[str, Refusal]:
    home = bodies.get(row.body)
    if first := coming.get(row.login):
        return {"login": Invalid("登录名与第 {row} 行相同；一人多个角色请写在同一格，用顿号隔开。", row=first)}
    if home is None or not home.mine:
        return {"body": Invalid("没有单位“{path}”，请写出完整路径。", field="body", path=row.body)}
    if home.ended:
        return {"body": Invalid("这个单位已经停用，请另选单位。", field="body")}
    if here and not (here.staff and here.mine):
        return {"login": Invalid("这个登录名已被使用，请换一个。", field="login")}
    if here and here.closed:
        return {"login": Invalid("这个账号已经停用，请先恢复。", field="login")}
    if here and here.tied and here.body != home.id:
        return {"body": Invalid("此人还有限于原单位的授权，请在人员页面调动，以便逐项确认。", field="body")}
    return {}


def _staff_fate(number: int, cells: Cells, row: StaffRow, paths: Mapping[int, str], here: KnownAccount | None) -> Fate:
    proposing = tuple(role for role in row.roles if here is None or (role, row.place) not in here.roles)
    if here is None:
        return Fate(number, cells, "new", proposing=proposing)
    was = {"name": here.name, "phone": here.phone, "body": paths.get(here.body or 0, "")}
    says = {"name": row.name, "phone": row.phone or here.phone, "body": row.body}
    return _compared(number, cells, was, says, proposing)


def _compared(
    number: int, cells: Cells, was: Mapping[str, str], says: Mapping[str, str], proposing: tuple[str, ...] = ()
) -> Fate:
    changes = {column: (was[column], says[column]) for column in was if was[column] != says[column]}
    outcome: Outcome = "changed" if changes or proposing else "same"
    return Fate(number, cells, outcome, changes, proposing=proposing)


def _shown(place: int | None) -> str:
    return "" if place is None else str(place)
