"""One step of a case: from a happening to everything it alters."""

from collections import deque
from datetime import datetime
from typing import Any

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.http.refusals import Conflict
from zhongshu.engine.cases import doors
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.settings import DIGITS
from zhongshu.engine.cases.rules.state import Change, Done, Held, OpenTask
from zhongshu.engine.processes.rules import advance as processes
from zhongshu.engine.processes.rules import effects as eff
from zhongshu.engine.processes.rules.happenings import Happening, ServiceAnswered
from zhongshu.registers.people import queries as people
from zhongshu.registers.places.rules import codes

MOST_MOVES = 100
"""Service tasks one step may pass; more is a ring of services in the drawing."""


def take(scenario: Scenario, held: Held, data: dict[str, Any], happening: Happening, at: datetime) -> Change:
    """Let `happening` come to a case whose data is now `data`: run the process until only people are awaited.

    Service tasks are answered on the way, in the caller's transaction.
    """
    change = Change(held.marking, data, held.phase, held.body, held.reach)
    coming = deque([happening])
    for _ in range(MOST_MOVES):
        if not coming:
            break
        step = processes.advance(scenario.net, change.marking, coming.popleft(), change.data)
        change.marking = step.marking
        for effect in step.effects:
            if (answer := _apply(scenario, held, change, effect, at)) is not None:
                coming.append(answer)
    else:
        raise Conflict("流程在自动环节之间循环，无法继续。请联系系统管理员检查场景 {code}。", code=scenario.code)
    _settle_phase(scenario, held, change)
    return change


def _apply(
    scenario: Scenario, held: Held, change: Change, effect: eff.Effect, at: datetime
) -> ServiceAnswered | None:
    match effect:
        case eff.CallService(token, element, handler) if change.marking.token(token):
            _serve(scenario, held, change, element, handler, at)
            return ServiceAnswered(token)
        case eff.OpenTask(token, element, item):
            change.opened.append(_open_task(scenario, held, change, token, element, item, at))
        case eff.WithdrawTask(token):
            if held.task(token):
                change.done.append(Done(token, "withdrawn", None))
            change.opened = [task for task in change.opened if task.token != token]
        case eff.StartTimer(token, element, duration):
            change.timers.append((token, element, at + duration))
        case eff.CancelTimer(token, element):
            change.cancelled.append((token, element))
            change.timers = [timer for timer in change.timers if timer[:2] != (token, element)]
        case eff.Finish():
            change.closed = at
    return None


def _serve(scenario: Scenario, held: Held, change: Change, element: str, handler: str, at: datetime) -> None:
    situation = doors.Situation(
        held.id, element, held.category, held.place, held.lon, held.lat, change.data, at
    )
    answer = dict(doors.handlers[handler](situation))
    change.served[element] = answer
    change.data = {**change.data, element: answer}
    _settle_body(scenario, change, held.place)


def _settle_body(scenario: Scenario, change: Change, place: int) -> None:
    """The responsible body follows from the data, the reach from the body and the place."""
    body = scenario.responsible.evaluate(change.data)
    body = int(body) if isinstance(body, (int, float)) or (body is not None and not isinstance(body, bool)) else None
    if body != change.body:
        change.body = body
        change.reach = reach_of(place, body)


def reach_of(place: int, body: int | None) -> tuple[int, ...]:
    """Every place and body over a case: the ancestors of its place and those of its responsible body."""
    bodies = people.lineage(body) if body is not None else ()
    return (*codes.ancestors(place), *(-b for b in bodies))


def _open_task(
    scenario: Scenario, held: Held, change: Change, token: int, element: str, item: Any, at: datetime
) -> OpenTask:
    _settle_body(scenario, change, held.place)
    settings = scenario.settings.tasks[element]
    body = int(item) if item is not None and settings.pool == "body" else change.body
    pool = checks.pool_key(DIGITS.get(settings.pool), held.place, body)
    wish = scenario.assignees.get(element)
    assignee = wish.evaluate({**change.data, "item": item}) if wish else None
    term = scenario.settings.term(element, held.category)
    due = deadlines.due(at, term, calendar.working_days()).at if term else None
    return OpenTask(
        token=token, element=element, phase=settings.phase, role=settings.role, pool=held.place if pool is None else pool,
        assignee=assignee, opened=at, due=due, claimed=None,
    )  # fmt: skip


def _settle_phase(scenario: Scenario, held: Held, change: Change) -> None:
    """The phase people see is that of the newest open task; a finished case has the scenario's last."""
    if change.closed:
        change.phase = scenario.settings.case.ended
        return
    gone = {done.token for done in change.done}
    open_ = [*change.opened, *(t for t in held.tasks if t.token not in gone and change.marking.token(t.token))]
    if open_:
        change.phase = open_[0].phase
