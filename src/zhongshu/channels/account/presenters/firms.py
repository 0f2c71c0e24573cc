"""Firms and who acts for them, as those see them who do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.channels.presenters import names, persons
from zhongshu.channels.presenters.persons import Choice
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import rules
from zhongshu.registers.people.models import FirmRole
from zhongshu.registers.people.queries import firms as queries


@dataclass(frozen=True, slots=True)
class Line:
    """A role: whose, what it covers, whether it holds (or why not), and whether it may be ended."""

    row: FirmRole
    who: str
    role: str
    matters: str
    tone: str
    state: str
    endable: bool


def lines(rows: Iterable[FirmRole], at: datetime, *, endable: Iterable[FirmRole] = ()) -> list[Line]:
    """Roles as shown, names masked."""
    may = {row.pk for row in endable}
    return [_line(row, at, row.pk in may) for row in rows]


def _line(row: FirmRole, at: datetime, endable: bool) -> Line:
    held = queries.held(row).role
    tone, state = _state(row, held.holds(at), at)
    return Line(
        row, rules.masked_name(row.person.name), persons.role(row),
        gettext("、").join(names.category(code, code) for code in row.matters), tone, gettext(state),
        endable and row.ended is None,
    )  # fmt: skip


def _state(row: FirmRole, holds: bool, at: datetime) -> tuple[str, str]:
    if holds:
        return "done", "有效"
    if row.ended is not None:
        return "waiting", "已结束"
    if row.confirmed is None:
        return "soon", "等待窗口确认"
    return ("waiting", "未到期") if row.starts > at else ("waiting", "已到期")


def matters(chosen: Iterable[str]) -> list[Choice]:
    """The matters an agent may be sent for: the classes of the catalogue."""
    picked = set(chosen)
    return [Choice(c.code, c.called(language()), c.code in picked) for c in catalogue.children(None)]
