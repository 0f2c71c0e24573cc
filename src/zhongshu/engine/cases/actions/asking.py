"""Bodies that are asked (征询) while it runs: one more, or one no longer. Answers come by completing tasks."""

from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import rows, step
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.rules import asking, checks, starting
from zhongshu.engine.cases.rules.state import Change, Held, told
from zhongshu.engine.processes.rules.happenings import Happening, TaskAdded, TaskCancelled
from zhongshu.registers.people import queries as people


@verb
def ask_body(case_id: UUID, element: str, body: int, reason: str, *, by: Actor, at: datetime) -> Change:
    """Ask one more body while others are still awaited; its time is that of a task that opens now."""
    held = _led(case_id, by, at)
    outer = next((token for token in held.marking.tokens if token.at == element and token.progress), None)
    if outer is None or not _asks(held, element):
        raise Conflict("这个环节没有在征询，不能加单位。")
    known = people.tree().get(body)
    if known is None or known.ended is not None:
        raise Invalid("没有编号为 {body} 的单位，请重新选择。", field="body", body=body)
    asked = asking.asked(held.data, element)
    if body in asked:
        raise Invalid("这个单位已经在征询名单里，请另选一个单位。", field="body")
    if len(asked) >= asking.MOST_BODIES:
        raise Invalid("一次最多征询 {most} 个单位。", field="body", most=asking.MOST_BODIES)
    said = {"task": element, "asked_body": body, "reason": checks.reason(reason)}
    return _move(held, dict(held.data), TaskAdded(outer.id, body), "case.body_asked", by, at, **said)


@verb
def drop_body(case_id: UUID, token: int, reason: str, *, by: Actor, at: datetime) -> Change:
    """Ask a body no longer that has not answered; with the last one that is awaited the asking ends."""
    held = _led(case_id, by, at)
    task = held.task(token)
    if task is None or not _asks(held, task.element):
        raise Conflict("这个单位已经答复，或不再征询。")
    body = -task.pool
    said = {"task": task.element, "token": token, "asked_body": body, "reason": checks.reason(reason)}
    data = asking.dropped(held.data, task.element, body)
    return _move(held, data, TaskCancelled(token), "case.body_dropped", by, at, **said)


def note_export(view: View, element: str, form: str, lines: int, *, by: Actor, at: datetime) -> None:
    """Record that somebody took the answers of the bodies asked away, as what and how many."""
    journal.record(
        subject=("answers", by.id), verb="cases.answers_exported", by=by, at=at, reach=view.reach,
        body={"case": str(view.row.id), "number": view.row.number, "task": element, "form": form, "lines": lines},
    )  # fmt: skip


def _led(case_id: UUID, by: Actor, at: datetime) -> Held:
    """The case under its lock, for who started it or runs the shift."""
    held = locked(case_id, by, at)
    checks.running(held)
    if starting.starter_of(held.data) != by.id and not permissions.may(by, checks.OVER, held.reach, at):
        raise Forbidden("只有发起人或值班长可以增减征询的单位。")
    return held


def _asks(held: Held, element: str) -> bool:
    scenario = scenarios.of(held)
    return asking.asks(scenario.net, scenario.settings, element)


def _move(
    held: Held, data: dict[str, Any], happening: Happening, happened: str, by: Actor, at: datetime, **more: Any
) -> Change:  # fmt: skip
    change = step.take(scenarios.of(held), held, data, happening, at)
    entry = journal.row(
        subject=("case", str(held.id)), verb=happened, by=by, at=at, reach=change.reach, body=told(held, change) | more
    )  # fmt: skip
    rows.update(held, change, entry, at)
    return change
