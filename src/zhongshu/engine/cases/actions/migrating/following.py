"""The open tasks of a case that moves: they keep when they were opened, all else is as the new version has it."""

from dataclasses import dataclass, replace
from datetime import datetime

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.calendar.rules import Term
from zhongshu.base.http.refusals import Forbidden
from zhongshu.engine.cases.actions import step
from zhongshu.engine.cases.queries import clocks, dues
from zhongshu.engine.cases.rules import alarms, checks, whistle
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.settings import DIGITS
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.processes.rules.marking import Marking
from zhongshu.registers.people import queries as people


@dataclass(frozen=True, slots=True)
class Followed:
    """A task as it stands in the new version; `alarm` and `alarms` hold if it is due at another moment than before."""

    token: int
    element: str
    phase: str
    role: str
    pool: int
    assignee: str | None
    opened: datetime
    due: datetime | None
    claimed: datetime | None
    arrived: datetime | None
    alarm: datetime | None
    alarms: int

    def task(self) -> OpenTask:
        """The same as a step reads it."""
        known = ("token", "element", "phase", "role", "pool", "assignee", "opened", "due", "claimed", "arrived")
        return OpenTask(**{name: getattr(self, name) for name in known})


def follow(new: Scenario, held: Held, after: Marking, at: datetime) -> list[Followed]:
    """The tasks of a case that are still there after a move."""
    there = {token.id: token.at for token in after.tokens}
    return [_followed(new, held, task, there[task.token], at) for task in held.tasks if task.token in there]


def _followed(new: Scenario, held: Held, task: OpenTask, element: str, at: datetime) -> Followed:
    settings = new.settings.tasks[element]
    moved = replace(
        task, element=element, phase=settings.phase, role=settings.role, pool=_pool(new, held, task, element)
    )
    due = _due(new, held, moved)
    warning = alarms.first(task.opened, due)
    ahead = warning is not None and warning > at
    stays = task.assignee is not None and _may(new, held, moved, task.assignee, at)
    return Followed(
        token=task.token, element=element, phase=moved.phase, role=moved.role, pool=moved.pool, opened=task.opened,
        due=due, assignee=task.assignee if stays else None, claimed=task.claimed if stays else None,
        arrived=task.arrived if stays else None, alarm=warning if ahead else due,
        alarms=alarms.WARNED if ahead else alarms.LATE,
    )  # fmt: skip


def _pool(new: Scenario, held: Held, task: OpenTask, element: str) -> int:
    """Where it is offered; a body that it waits for already goes on being the one."""
    level = new.settings.tasks[element].pool
    if level == "body" and task.pool < 0:
        return task.pool
    found = checks.pool_key(DIGITS.get(level), held.place, step.responsible(new, held.data))
    return held.place if found is None else found


def _due(new: Scenario, held: Held, task: OpenTask) -> datetime | None:
    """By its new term, from when it was opened, with what was added and paused; while the clock stands, nothing is."""
    body = -task.pool if task.pool < 0 else held.body
    if held.stopped:
        return None
    if new.settings.by_answer(task.element, held.category) is not None:
        return dues.due(new.settings, held.data, task.element, held.category, task.opened, body)
    term = whistle.term(new.settings, held.data, task.element, held.category, body)
    if term is None:
        return None
    more = clocks.extensions(held.id).get(task.token, 0)
    whole = Term(term.amount + more, term.unit)
    return deadlines.due(task.opened, whole, calendar.working_days(), clocks.pauses(held.id)).at


def _may(new: Scenario, held: Held, task: OpenTask, account: str, at: datetime) -> bool:
    """Whether who has the task may do it in the new version too."""
    actor = people.actor(account, at)
    if actor is None:
        return False
    try:
        checks.allowed(actor, step.reach_of_task(held, task), task, at)
        checks.apart(actor, held, new.settings.tasks[task.element])
    except Forbidden:
        return False
    return True
