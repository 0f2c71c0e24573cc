"""Going back (退回, 收回, 重新办理): where to, and what becomes of the tasks beside it.

What happens is said by the process itself: the step is taken on paper. Pure.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from zhongshu.base.http.refusals import Conflict, Forbidden, Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.rules import checks, whistle
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.settings import ENDINGS
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.processes.rules import advance as processes
from zhongshu.engine.processes.rules.effects import OpenTask as Opens
from zhongshu.engine.processes.rules.effects import WithdrawTask
from zhongshu.engine.processes.rules.happenings import Reopened, Returned


@dataclass(frozen=True, slots=True)
class Doing:
    """That a task was done: by whom, when, with what outcome."""

    token: int
    element: str
    pool: int
    by: str
    closed: datetime
    outcome: dict[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Way:
    """A way back: the doing it leads to, how the case goes it, how many tasks that opens (more than one where several
    are asked), which open ones are withdrawn and which stay.
    """

    to: Doing
    happening: Returned | Reopened
    opens: int
    withdrawn: tuple[OpenTask, ...]
    kept: tuple[OpenTask, ...]


def newest(doings: Iterable[Doing]) -> list[Doing]:
    """The newest doing of each task, the latest first."""
    found: dict[str, Doing] = {}
    for doing in sorted(doings, key=lambda each: (each.closed, each.token), reverse=True):
        found.setdefault(doing.element, doing)
    return list(found.values())


def ways(scenario: Scenario, held: Held, task: OpenTask, doings: Iterable[Doing]) -> list[Way]:
    """Where the case may go back to from an open task, the latest done first."""
    allowed = scenario.settings.tasks[task.element].returns
    wanted = (doing for doing in newest(doings) if allowed is True or (allowed and doing.element in allowed))
    found = (_way(scenario, held, task.token, doing) for doing in wanted if doing.element != task.element)
    return [way for way in found if way]


def back(scenario: Scenario, held: Held, doing: Doing, followers: Collection[int]) -> Way | None:
    """The way by which a doing, and no other of its task, is undone and nothing but what followed from it goes; None
    where there is none.
    """
    tokens = dict.fromkeys((*followers, *(token.id for token in held.marking.tokens)))
    found = (_way(scenario, held, token, doing) for token in tokens)
    return next((way for way in found if way and way.opens == 1 and _gone(way) == {*followers}), None)


def again(scenario: Scenario, held: Held, doings: Iterable[Doing]) -> list[Way]:
    """At which tasks a case that has ended may be opened again, the latest done first."""
    found = (_taken(scenario, held, doing, Reopened(doing.element)) for doing in newest(doings))
    return [way for way in found if way]


def untouched(held: Held, followers: Iterable[int]) -> bool:
    """Whether nobody has begun any of the tasks that followed."""
    tasks = [held.task(token) for token in followers]
    signed = {task.signs for task in held.tasks}
    return all(task and not task.claimed and not task.arrived and task.token not in signed for task in tasks)


def reopenable(scenario: Scenario, held: Held, at: datetime) -> None:
    """Refuse to open a case again that runs, was not ended by its process, or ended too long ago."""
    days = scenario.settings.case.reopens
    if held.closed is None:
        raise Conflict("这个办件正在办理，不用重新办理。")
    if not held.marking.finished or held.phase in ENDINGS:
        raise Conflict("这个办件不是按流程办完的（已合并、撤销或误报），不能重新办理。")
    if at - held.closed > timedelta(days=days):
        raise Conflict("办结超过 {days} 天的办件不能重新办理，请另行上报。", days=days)


def _way(scenario: Scenario, held: Held, token: int, doing: Doing) -> Way | None:
    return _taken(scenario, held, doing, Returned(token, doing.element))


def _taken(scenario: Scenario, held: Held, doing: Doing, happening: Returned | Reopened) -> Way | None:
    """A step taken on paper; None where it cannot be, or would open anything but its task.

    The bodies a whistle called answer once: the case goes back to the task that called them.
    """
    if whistle.answers(held.data, doing.element):
        return None
    try:
        step = processes.advance(scenario.net, held.marking, happening, held.data)
    except Refusal:
        return None
    opened = [effect.element for effect in step.effects if isinstance(effect, Opens)]
    if {*opened} != {happening.to}:
        return None
    gone = {effect.token for effect in step.effects if isinstance(effect, WithdrawTask)}
    withdrawn = tuple(task for task in held.tasks if task.token in gone)
    return Way(doing, happening, len(opened), withdrawn, tuple(task for task in held.tasks if task.token not in gone))


def _gone(way: Way) -> set[int]:
    return {task.token for task in way.withdrawn}


def doer(doings: Sequence[Doing], task: OpenTask) -> str | None:
    """Who did a task last, where it waited at the same place or body as now."""
    same = [doing for doing in doings if doing.element == task.element and doing.pool == task.pool]
    return max(same, key=lambda doing: (doing.closed, doing.token)).by if same else None


def still(scenario: Scenario, held: Held, actor: Actor, reach: Collection[int], task: OpenTask, at: datetime) -> bool:
    """Whether who did a task before may do it again; `reach` is what its role must be held over."""
    try:
        checks.allowed(actor, reach, replace(task, assignee=None), at)
        checks.apart(actor, held, scenario.settings.tasks[task.element])
    except Forbidden:
        return False
    return True


def returnable(held: Held, task: OpenTask, by: Actor, at: datetime) -> None:
    """Refuse but for who has the task, or runs the shift; a signature is given or called off, the case does not go back
    from it.
    """
    if task.signs is not None:
        raise Forbidden("会签不能退回办件，请签署意见；需要退回的，请主办人办理。")
    if task.assignee != by.id and not permissions.may(by, "case.assign", held.reach, at):
        raise Forbidden("只有正在办理这个环节的人员或值班长可以退回，请先领办。")
