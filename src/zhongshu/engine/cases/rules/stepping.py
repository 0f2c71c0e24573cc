"""One step of a case: from a happening to everything it alters. Pure: what lies around the case comes through a door.

The engine takes it in the city (`actions/step.py`), a trial on paper: neither knows a rule the other does not.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Protocol

from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.calendar.rules import WorkingDays
from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.engine.cases.rules import alarms, asking, checks, limits, reach, starting
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.settings import DIGITS, TaskSettings
from zhongshu.engine.cases.rules.signing import SIGNATURE
from zhongshu.engine.cases.rules.state import Change, Done, Held, OpenTask, Signer
from zhongshu.engine.decisions.rules.plain import plain
from zhongshu.engine.processes.rules import advance as processes
from zhongshu.engine.processes.rules import effects as eff
from zhongshu.engine.processes.rules.happenings import Happening, ServiceAnswered, ServiceFailed

MOST_MOVES = 100
"""Service tasks one step may pass; more is a ring of services in the drawing."""

Lineage = Callable[[int], Sequence[int]]
"""A body's ids from the root down to itself; empty when there is no such body."""


class Failed(Exception):
    """That a service could not do its work for a reason the drawing may know: its error event with that code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Around(Protocol):
    """What a step asks of the city around its case."""

    def days(self) -> WorkingDays:
        """Which days are worked."""

    def lineage(self, body: int) -> Sequence[int]:
        """A body's ids from the root down to itself; empty when there is no such body."""

    def serve(self, held: Held, call: eff.CallService, data: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        """What a service task answers. Raises Failed."""

    def decide(self, scenario: Scenario, element: str, decision: str, data: Mapping[str, Any], at: datetime) -> Any:
        """What a decision of the scenario's folder answers, as JSON holds it."""

    def deputy(self, held: Held, task: OpenTask, settings: TaskSettings, at: datetime) -> str | None:
        """Who does the task while its assignee is away; None when they are not, or the deputy may not do it."""


def take(
    scenario: Scenario,
    held: Held,
    data: dict[str, Any],
    happening: Happening,
    at: datetime,
    around: Around,
    signer: Signer | None = None,
) -> Change:
    """Let `happening` come to a case whose data is now `data`: run the process until only people are awaited.

    Service tasks are answered on the way. `signer`: who a signature
    that is added is asked of.
    """
    change = Change(held.marking, data, held.phase, held.body, held.reach, signer=signer)
    coming = deque([happening])
    for _ in range(MOST_MOVES):
        if not coming:
            break
        step = processes.advance(scenario.net, change.marking, coming.popleft(), change.data)
        change.marking = step.marking
        for effect in step.effects:
            if (answer := _apply(scenario, held, change, effect, at, around)) is not None:
                coming.append(answer)
    else:
        raise Conflict("流程在自动环节之间循环，无法继续。请联系系统管理员检查场景 {code}。", code=scenario.code)
    _settle_body(scenario, change)
    _settle_phase(scenario, held, change)
    _settle_reach(held, change, around)
    _stand_in(scenario, held, change, at, around)
    change.awaits = change.marking.awaited(scenario.net)
    return change


def _apply(
    scenario: Scenario, held: Held, change: Change, effect: eff.Effect, at: datetime, around: Around
) -> ServiceAnswered | ServiceFailed | None:
    match effect:
        case eff.CallService(token) if change.marking.token(token):
            return _serve(held, change, effect, at, around)
        case eff.Decide(token, element, decision) if change.marking.token(token):
            change.data = {**change.data, element: around.decide(scenario, element, decision, change.data, at)}
            return ServiceAnswered(token)
        case eff.OpenTask(token, element, _, signs) if signs is not None:
            change.opened.append(_open_signature(scenario, change, token, element, signs, at))
        case eff.OpenTask(token, element, item):
            change.opened.append(_open_task(scenario, held, change, token, element, item, at, around))
            _note_asked(scenario, held, change)
        case eff.WithdrawTask(token):
            if (task := held.task(token)) is not None:
                change.done.append(Done(token, "withdrawn", None))
                if asking.asks(scenario.net, scenario.settings, task.element):
                    change.unasked.append(asking.said(task))
            change.opened = [task for task in change.opened if task.token != token]
        case eff.Note(name, value):
            change.data = {**change.data, name: plain(value)}
        case eff.StartTimer(token, element, wait):
            change.timers.append((token, element, rings(wait, at, around.days())))
        case eff.CancelTimer(token, element):
            change.cancelled.append((token, element))
            change.timers = [timer for timer in change.timers if timer[:2] != (token, element)]
        case eff.Send(element, message):
            change.sent.append({"element": element, "message": message})
        case eff.Broadcast(element, signal):
            change.sent.append({"element": element, "signal": signal})
        case eff.Finish():
            change.closed = at
    return None


def rings(wait: timedelta | deadlines.Term | datetime, at: datetime, days: WorkingDays) -> datetime:
    """When a timer started at `at` rings."""
    if isinstance(wait, deadlines.Term):
        return deadlines.due(at, wait, days).at
    return wait if isinstance(wait, datetime) else at + wait


def _serve(
    held: Held, change: Change, call: eff.CallService, at: datetime, around: Around
) -> ServiceAnswered | ServiceFailed:
    try:
        answer = dict(around.serve(held, call, change.data, at))
    except Failed as failed:
        change.served[call.element] = {"failed": failed.code}
        return ServiceFailed(call.token, failed.code)
    change.served[call.element] = answer
    change.data = {**change.data, call.element: answer}
    return ServiceAnswered(call.token)


def responsible(scenario: Scenario, data: Mapping[str, Any]) -> int | None:
    """The body that answers for a case with this data, if one does yet."""
    body = scenario.responsible.evaluate(data)
    return int(body) if isinstance(body, int | float | Decimal) and not isinstance(body, bool) else None


def _settle_body(scenario: Scenario, change: Change) -> None:
    """The responsible body follows from the data."""
    change.body = responsible(scenario, change.data)


def _settle_reach(held: Held, change: Change, around: Around) -> None:
    """The reach follows from the place, the responsible body and the bodies that open tasks wait for (a whistle's)."""
    lineages = {body: around.lineage(body) for body in sorted(concerned(_open(held, change), change.body, change.data))}
    if unknown := [body for body, line in lineages.items() if not line]:
        raise Invalid("没有编号为 {body} 的单位，请重新选择。", field="body", body=unknown[0])
    change.reach = reach.over(held.place, lineages.values())


def concerned(open_tasks: Iterable[OpenTask], body: int | None, data: Mapping[str, Any]) -> set[int]:
    """The bodies that a case lies under: those its tasks wait for, the one that answers, the one that started it."""
    pools = {-task.pool for task in open_tasks if task.pool < 0}
    return pools | {one for one in (body, starting.body_of(data)) if one is not None}


def reach_of_task(held: Held, task: OpenTask, lineage: Lineage) -> Sequence[int]:
    """What a task's role must be held over: the line of the body it waits for, else all that is over the case."""
    return reach.over(held.place, [lineage(-task.pool)]) if task.pool < 0 else held.reach


def line(held: Held, token: int, lineage: Lineage) -> tuple[int, ...]:
    """The bodies alarms climb, lowest first: of the body the task waits for, else of the one that answers for the case.

    Where none does yet, the heads over the place are one step (0).
    """
    task = held.task(token)
    body = -task.pool if task and task.pool < 0 else held.body
    return tuple(reversed(lineage(body))) if body is not None else (0,)


def _open_task(
    scenario: Scenario, held: Held, change: Change, token: int, element: str, item: Any, at: datetime, around: Around
) -> OpenTask:
    _settle_body(scenario, change)
    settings = scenario.settings.tasks[element]
    body = item if type(item) is int and settings.pool == "body" else change.body
    pool = checks.pool_key(DIGITS.get(settings.pool), held.place, body)
    wish = scenario.assignees.get(element)
    assignee = wish.evaluate({**change.data, "item": item}) if wish else None
    due = limits.due(scenario.settings, change.data, element, held.category, at, around.days(), body)
    return OpenTask(
        token=token, element=element, phase=settings.phase, role=settings.role,
        pool=held.place if pool is None else pool, assignee=assignee, opened=at, due=due, claimed=None,
        alarm=alarms.first(at, due, scenario.settings.alarms),
        by_rule=assignee is not None and assignee in _found(change),
    )  # fmt: skip


def _note_asked(scenario: Scenario, held: Held, change: Change) -> None:
    """Keep in the data whom a task was just opened for, where each body of a list gets its own."""
    *before, task = change.opened
    if asking.asks(scenario.net, scenario.settings, task.element):
        more = any(other.element == task.element for other in (*held.tasks, *before))
        change.data = {**change.data, task.element: asking.begun(change.data.get(task.element), -task.pool, more)}
        change.asked.append(asking.said(task))


def _open_signature(scenario: Scenario, change: Change, token: int, element: str, signs: int, at: datetime) -> OpenTask:
    signer, settings = change.signer, scenario.settings.tasks[SIGNATURE]
    assert signer is not None, "a signature is asked of somebody"
    return OpenTask(
        token=token, element=SIGNATURE, phase=scenario.settings.tasks[element].phase, role=settings.role,
        pool=signer.pool, assignee=signer.account, opened=at, due=signer.due, alarm=alarms.first(at, signer.due),
        signs=signs,
    )  # fmt: skip


def _found(change: Change) -> set[Any]:
    """The officers that services of this step have found."""
    return {answer.get("officer") for answer in change.served.values()}


def _settle_phase(scenario: Scenario, held: Held, change: Change) -> None:
    """The phase people see is that of the newest open task; a finished case has the scenario's last.

    A signature is part of the task it is given to.
    """
    if change.closed:
        change.phase = scenario.settings.case.ended
    elif waiting := [task for task in _open(held, change) if task.signs is None]:
        change.phase = waiting[0].phase


def _stand_in(scenario: Scenario, held: Held, change: Change, at: datetime, around: Around) -> None:
    """A new task of somebody who is away is done by their deputy, if that one may."""
    for n, task in enumerate(change.opened):
        if task.assignee:
            after = replace(held, reach=change.reach, data=change.data)
            deputy = around.deputy(after, task, scenario.settings.tasks[task.element], at)
            change.opened[n] = replace(task, delegate=deputy)


def _open(held: Held, change: Change) -> list[OpenTask]:
    """The tasks open after the step, new ones first."""
    gone = {done.token for done in change.done}
    kept = (task for task in held.tasks if task.token not in gone and change.marking.token(task.token))
    return [*change.opened, *kept]
