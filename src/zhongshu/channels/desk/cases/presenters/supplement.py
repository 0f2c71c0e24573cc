"""What the applicant was asked to add: each list with what came, and what the visitor may do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.desk.cases.presenters.one import Duty
from zhongshu.engine.cases.models import Attachment
from zhongshu.engine.cases.queries import supplement as lists
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.queries.supplement import Supplement
from zhongshu.engine.cases.rules import supplement as rules
from zhongshu.registers.people import queries as people

ROWS = 6
"""Rows the form has for what is missing."""
_STATES = {None: "等申请人补正", "answered": "已补正", "lapsed": "逾期未补正", "dropped": "已结束等待"}


@dataclass(frozen=True, slots=True)
class Line:
    """An item, and what came for it in words and photos."""

    what: str
    why: str
    text: str
    photos: list[Attachment]


@dataclass(frozen=True, slots=True)
class Shown:
    """A list as the page shows it."""

    asked: Supplement
    state: str
    who: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Panel:
    """The lists so far; from which tasks the visitor may ask; whether they may stop waiting or call it withdrawn."""

    lists: list[Shown]
    askable: list[Duty]
    may_drop: bool
    deemable: bool

    @property
    def waiting(self) -> bool:
        return any(one.asked.waiting for one in self.lists)

    @property
    def shown(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.lists or self.askable)


def supplement(found: View, duties: Sequence[Duty], stopped: bool, by: Actor, at: datetime) -> Panel:
    """All of it; `duties` are the open tasks, `stopped` is whether the clock stands still. Two statements at most."""
    asked = lists.of_case(found.row.id)
    settings = found.scenario.settings.supplement
    named = people.shown_names(str(one.actor) for one in asked) if asked else {}
    last = asked[-1] if asked else None
    able = {duty.task.token for duty in duties if duty.doable}
    lapsed = bool(last and last.ending == "lapsed" and last.token in able and not stopped)
    return Panel(
        lists=[_shown(found, one, named.get(str(one.actor), "")) for one in asked],
        askable=[duty for duty in duties if duty.doable and not stopped and _askable(found, asked, duty, at)],
        may_drop=bool(last and last.waiting) and _concerned(found, last, by, at),
        deemable=bool(settings and settings.lapsed == "withdrawn") and lapsed,
    )


def _askable(found: View, before: list[Supplement], duty: Duty, at: datetime) -> bool:
    settings = found.scenario.settings.supplement
    try:
        lists.askable(settings, duty.task.element, before, found.row.opened, found.contacts[0], at)
    except Refusal:
        return False
    return True


def _concerned(found: View, last: Supplement | None, by: Actor, at: datetime) -> bool:
    mine = any(str(task.assignee) == by.id for task in found.open_tasks)
    asked = last is not None and str(last.actor) == by.id
    return mine or asked or permissions.may(by, "case.assign", found.reach, at)


def _shown(found: View, asked: Supplement, who: str) -> Shown:
    lines = [
        Line(item.what, item.why, came.text if came else "", _photos(found, asked, n) if came else [])
        for n, (item, came) in enumerate(asked.pairs, 1)
    ]
    return Shown(asked, gettext(_STATES[asked.ending]), who, lines)


def _photos(found: View, asked: Supplement, item: int) -> list[Attachment]:
    return [one for one in found.photos if one.field == rules.field(asked.number, item)]


def rows(typed: Sequence[tuple[str, str]] = ()) -> list[tuple[str, str]]:
    """The rows of the form: what was typed, then blank ones."""
    return [*typed, *[("", "")] * (ROWS - len(typed))]
