"""The queue of a dispatch desk: its tabs and a page of cases."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import desk, scenarios
from zhongshu.engine.cases.queries.desk import Desk, Kind, Row
from zhongshu.engine.cases.queries.lists import PAGE, After
from zhongshu.engine.cases.rules import alarms
from zhongshu.engine.cases.rules.alarms import Urgency
from zhongshu.registers.people import queries as people

_NAMES: dict[Kind, str] = {
    "person": "等人派遣", "officer": "等人接办", "running": "在办", "late": "超时", "suspended": "挂起",
}  # fmt: skip
_EMPTY: dict[Kind, str] = {
    "person": "现在没有等人派遣的办件。系统有把握的已经自动派遣。",
    "officer": "现在没有等人接办的办件：派到单位的都有人在办。",
    "running": "您的范围内没有在办的办件。",
    "late": "没有超时的办件。",
    "suspended": "没有挂起的办件。",
}
_ORDER: dict[Kind, str] = {
    "person": "最早到期的在前", "officer": "最早到期的在前", "running": "最新的在前", "late": "刚超时的在前",
    "suspended": "挂起最久的在前",
}  # fmt: skip
_URGENT: tuple[Urgency, ...] = ("", "soon", "late")


@dataclass(frozen=True, slots=True)
class Item:
    """A case in the queue: where it opens, what is said of it, the deadline that presses most, who has it."""

    row: Row
    address: str
    title: str
    place: str
    phase: str
    due: datetime | None
    urgency: Urgency
    holder: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A kind of cases: its name and how many there are (None: not counted; `many`: at least that many)."""

    kind: Kind
    name: str
    address: str
    count: int | None
    here: bool

    @property
    def many(self) -> bool:
        return self.count == desk.MOST


@dataclass(frozen=True, slots=True)
class Queue:
    """The tabs, the page of the one that is open, and where the next page is (empty: nowhere)."""

    kind: Kind
    tabs: list[Tab]
    items: list[Item]
    here: str
    next: str
    first: str

    @property
    def order(self) -> str:
        return gettext(_ORDER[self.kind])

    @property
    def empty(self) -> str:
        return gettext(_EMPTY[self.kind])


def address(kind: Kind, **more: Any) -> str:
    """Where a kind is listed; `more`: the open case and its task, the page."""
    given = {"show": kind} | {name: value for name, value in more.items() if value}
    return f"{reverse('desk:dispatch')}?{urlencode(given)}"


def queue(of: Desk, wanted: Kind | None, after: After | None, number: str) -> Queue:
    """The queue with a page of the wanted kind, else of the first that has any: four statements."""
    counts = desk.counts(of)
    kind = wanted or _first(counts)
    rows = desk.page(of, kind, after, PAGE + 1)
    tabs = [
        Tab(one, gettext(name), address(one, case=number), counts.get(one), one == kind) for one, name in _NAMES.items()
    ]
    following = desk.following(rows)
    return Queue(
        kind=kind, tabs=tabs, items=_items(rows[:PAGE], kind, of.at), here=address(kind, case=number, after=after),
        next=address(kind, case=number, after=following) if following else "",
        first=address(kind, case=number) if after else "",
    )  # fmt: skip


def _first(counts: dict[Kind, int]) -> Kind:
    """The first kind that has any."""
    return next((kind for kind, count in counts.items() if count), "running")


def _items(rows: list[Row], kind: Kind, at: datetime) -> list[Item]:
    holders = {str(row.assignee) for row in rows if row.assignee}
    called = people.names(holders) if holders else {}
    title, place = cache(names.category), cache(names.place)
    return [
        Item(
            row=row, address=address(kind, case=row.number), title=title(row.category, row.title),
            place=place(row.place), phase=_phase(row), due=row.task_due or row.due, urgency=urgency(row, at),
            holder=called.get(str(row.assignee), ""),
        )
        for row in rows
    ]  # fmt: skip


def _phase(row: Row) -> str:
    return scenarios.version(row.scenario, row.version).phase_name(row.phase, names.language())


def urgency(row: Row, at: datetime) -> Urgency:
    """How pressing a case is: by its own deadline or its task's, whichever presses more."""
    given = scenarios.alarms(row.scenario, row.version)
    whole = alarms.urgency(row.opened, row.due, at, given)
    task = alarms.urgency(row.task_opened, row.task_due, at, given) if row.task_opened else ""
    return max(whole, task, key=_URGENT.index)
