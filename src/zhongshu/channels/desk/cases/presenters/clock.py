"""The clock of a case: whether it stands still, what waits to be granted, what the visitor may ask for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.doors import kinds
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.actions.clocks import EXTEND, SUSPEND
from zhongshu.engine.cases.queries import clocks
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.rules import whistle
from zhongshu.registers.people import queries as people

_UNITS = {"minutes": "分钟", "hours": "小时", "working_days": "个工作日", "calendar_days": "天"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal in words, and whether the visitor decides on it."""

    proposal: Proposal
    words: str
    who: str
    decidable: bool


@dataclass(frozen=True, slots=True)
class Stretchable:
    """A task for which more time may be asked: how much at most, in which unit."""

    token: int
    name: str
    most: int
    unit: str

    @property
    def form(self) -> str:
        """What tells this task's form from those of others on the page."""
        return f"extend-{self.token}"


@dataclass(frozen=True, slots=True)
class Clock:
    """Since when the clock stands still (None: it runs), what waits, what may be asked for."""

    stopped: datetime | None
    asked: list[Asked]
    may_ask: bool
    tasks: list[Stretchable]


def clock(found: View, by: Actor, at: datetime) -> Clock:
    """All of it, in three statements at most."""
    mine = any(task.is_with(by.id) for task in found.open_tasks)
    may_ask = found.row.closed is None and (mine or permissions.may(by, "case.assign", found.reach, at))
    open_ = [one for one in proposals.about(str(found.row.id)) if one.decided is None and one.kind in (SUSPEND, EXTEND)]
    who = people.shown_names(str(one.proposer) for one in open_) if open_ else {}
    asked = [Asked(one, words(one), who.get(str(one.proposer), ""), proposals.may_decide(one, by, at)) for one in open_]
    return Clock(clocks.stopped(found.row.id), asked, may_ask, _stretchable(found) if may_ask else [])


def words(asked: Proposal) -> str:
    """What is asked for: the kind, and for how much."""
    kind = names.local(kinds[asked.kind])
    return f"{kind}: +{_amount(asked.body)}" if asked.kind == EXTEND else kind


def _amount(body: dict[str, Any]) -> str:
    return f"{body['amount']} {gettext(_UNITS[body['unit']])}"


def _stretchable(found: View) -> list[Stretchable]:
    settings = found.scenario.settings
    terms = [
        (task, whistle.term(settings, found.data, task.element, found.row.category, -task.pool))
        for task in found.open_tasks
    ]
    return [
        Stretchable(
            task.token, found.scenario.task_name(task.element, names.language()), max(term.amount, 1),
            gettext(_UNITS[str(term.unit)]),
        )
        for task, term in terms if term is not None
    ]  # fmt: skip
