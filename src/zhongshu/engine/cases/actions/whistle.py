"""A whistle while it is out: calling one more body, calling one off, another lead, and marks for what was done.

A whistle is blown by finishing the task that calls (`tasks.complete`). When its rule is met the tasks still open are
withdrawn, and their bodies are told.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import calls, rows, step
from zhongshu.engine.cases.actions.entries import about_task
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.queries import whistle as called
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.rules import whistle as rules
from zhongshu.engine.cases.rules.state import Change, Held, OpenTask, told
from zhongshu.engine.cases.rules.whistle import Marks, Whistle
from zhongshu.engine.processes.rules.happenings import Happening, TaskAdded, TaskCancelled
from zhongshu.engine.processes.rules.marking import Token
from zhongshu.registers.people import queries as people

LONGEST_NOTE = 500


@verb
def call_body(
    case_id: UUID, body: int, reason: str, *, hours: int | None = None, lead: bool = False, by: Actor, at: datetime
) -> Change:
    """Call one more body while the whistle is out, with its own limit in hours if it has one; `lead`: it is to lead."""
    held, whistle = _out(case_id, by, at)
    outer = _outer(held, whistle)
    _callable(held, body, hours)
    more = {"reason": checks.reason(reason), "called_body": body, "lead": lead}
    return _move(
        held, whistle.calling(body, hours, lead), TaskAdded(outer.id, body), "case.body_called", by, at, **more
    )


@verb
def call_off(case_id: UUID, token: int, reason: str, *, by: Actor, at: datetime) -> Change:
    """Call a body off that has not answered yet; the lead only after another was named."""
    held, whistle = _out(case_id, by, at)
    task = _waiting(held, whistle, token)
    body = -task.pool
    if body == whistle.lead and len(_open(held, whistle)) > 1:
        raise Invalid("牵头单位不能直接撤回，请先另定牵头单位。", field="body")
    more = {"reason": checks.reason(reason), "called_body": body, "task": task.element, "call": token}
    change = _move(held, whistle.without(body), TaskCancelled(token), "case.body_called_off", by, at, **more)
    calls.set_off(held, [token], at)
    return change


@verb
def name_lead(case_id: UUID, token: int, reason: str, *, by: Actor, at: datetime) -> None:
    """Make another of the bodies that are at work the lead."""
    held, whistle = _out(case_id, by, at)
    task = _waiting(held, whistle, token)
    body = -task.pool
    if body == whistle.lead:
        raise Conflict("这个单位已经是牵头单位。")
    said = {"called_body": body, "reason": checks.reason(reason)}
    entry = about_task(held, task, "case.lead_named", by, at, **said)
    data = {**held.data, rules.NAME: whistle.led_by(body).plain()}
    rows.touch_case(held, entry, data=rows.plain(data))
    calls.set_lead(held, token)


@verb
def score_body(case_id: UUID, token: int, marks: Marks, note: str = "", *, by: Actor, at: datetime) -> None:
    """Give a called body its marks, once, after it has answered or failed to; also when the case is closed."""
    held = locked(case_id, by, at)
    whistle = rules.read(held.data)
    found = next(iter(called.calls(held.id, token)), None)
    if whistle is None or found is None:
        raise Conflict("这个环节不是吹哨点名的。")
    _chair(held, whistle, by, at)
    if found.state in ("open", "off"):
        raise Conflict("这个单位还没有答复，或已撤回点名，不能评分。")
    said = note.strip()
    if len(said) > LONGEST_NOTE:
        raise Invalid("评语最多 {most} 个字。", field="note", most=LONGEST_NOTE)
    if not calls.score(held, token, marks, said, by.id, at):
        raise Conflict("这个单位已经评过分，评分不能更改。")
    rows.touch_case(held, _scored(held, found, marks, said, by, at))


def _scored(held: Held, found: called.Call, marks: Marks, note: str, by: Actor, at: datetime) -> rows.Entry:
    """The entry lies under the body that was marked too: its own figures count it."""
    bodies = sorted({found.body} | ({held.body} if held.body is not None else set()))
    return journal.row(
        subject=("case", str(held.id)), verb="case.body_scored", by=by, at=at,
        reach=tuple({*held.reach, *step.reach_of(held.place, *bodies)}),
        body={
            "number": held.number, "category": held.category, "place": held.place, "task": found.element,
            "token": found.token, "called_body": found.body, "lead": found.lead, "answer": found.state,
            "on_time": found.on_time, "response": marks.response, "result": marks.result,
            "attitude": marks.attitude, "score": marks.score, "note": note,
            "told": found.closed_by and str(found.closed_by),
        },
    )  # fmt: skip


def keep(held: Held, change: Change, by: str, at: datetime) -> None:
    """Keep the bodies whom a step called; part of the step."""
    opened, whistle = summoned(change), rules.read(change.data)
    if opened and whistle:
        calls.insert(held, whistle, opened, by, at)


def summoned(change: Change) -> list[OpenTask]:
    """The tasks that a step opened for bodies it called."""
    return _of(change, change.opened)


def said(held: Held, change: Change) -> dict[str, Any]:
    """What a step's entry says of a whistle: whom it called, and whom it let go unheard because its rule was met."""
    whistle = rules.read(change.data)
    if whistle is None:
        return {}
    gone = {done.token for done in change.done if done.ending == "withdrawn"}
    called_now = [
        {"token": t.token, "body": -t.pool, "lead": -t.pool == whistle.lead, "due": t.due}
        for t in _of(change, change.opened)
    ]  # fmt: skip
    unheard = [
        {"token": t.token, "body": -t.pool, "assignee": t.assignee}
        for t in held.tasks
        if t.token in gone and rules.answers(held.data, t.element)
    ]
    return {name: found for name, found in (("called", called_now), ("unheard", unheard)) if found}


def answered(held: Held, change: Change, task: OpenTask, at: datetime) -> dict[str, Any]:
    """What the entry of a called body's answer says, to be counted: which body, whether it leads, whether in time."""
    whistle = rules.read(held.data)
    if whistle is None or not rules.answers(held.data, task.element):
        return {}
    now, body = rules.read(change.data), -task.pool
    refused = now is not None and now.task == whistle.task and body in now.refusing
    facts = {
        "body": body, "lead": body == whistle.lead, "answer": rules.NOT_OURS if refused else "came",
        "on_time": task.due is None or at <= task.due, "blower": whistle.by,
    }  # fmt: skip
    return {"answered": facts}


def _of(change: Change, tasks: list[OpenTask]) -> list[OpenTask]:
    return [task for task in tasks if rules.answers(change.data, task.element)]


def _out(case_id: UUID, by: Actor, at: datetime) -> tuple[Held, Whistle]:
    """The case under its lock and the whistle that is out, for who blew it or runs the shift."""
    held = locked(case_id, by, at)
    checks.running(held)
    whistle = rules.read(held.data)
    if whistle is None or not _open(held, whistle):
        raise Conflict("这个办件现在没有吹哨，或点名的单位都已答复。")
    _chair(held, whistle, by, at)
    return held, whistle


def _chair(held: Held, whistle: Whistle, by: Actor, at: datetime) -> None:
    if by.id != whistle.by and not permissions.may(by, "case.assign", held.reach, at):
        raise Forbidden("只有吹哨的人员或值班长可以点名、撤回、另定牵头和评分。")


def _open(held: Held, whistle: Whistle) -> list[OpenTask]:
    return [task for task in held.tasks if task.element == whistle.task]


def _waiting(held: Held, whistle: Whistle, token: int) -> OpenTask:
    task = next((task for task in _open(held, whistle) if task.token == token), None)
    if task is None:
        raise Conflict("这个单位已经答复，或已撤回点名。")
    return task


def _outer(held: Held, whistle: Whistle) -> Token:
    """The token that holds the instances of the whistle."""
    return next(token for token in held.marking.tokens if token.at == whistle.task and token.progress)


def _callable(held: Held, body: int, hours: int | None) -> None:
    whistle = rules.read(held.data)
    assert whistle is not None
    if not people.lineage(body):
        raise Invalid("没有编号为 {body} 的单位，请重新选择。", field="body", body=body)
    if body in whistle.bodies and body not in whistle.refusing:
        raise Invalid("同一个单位只点一次名，请另选一个单位。", field="body")
    if body == held.body:
        raise Invalid("这个单位正在负责这件事，不用再吹哨给它，请另选一个单位。", field="body")
    if hours is not None and not 1 <= hours <= rules.MOST_HOURS:
        raise Invalid("时限须为 1 至 {most} 小时。", field="hours", most=rules.MOST_HOURS)
    if len(whistle.bodies) >= rules.MOST_BODIES:
        raise Invalid("一次吹哨最多点 {most} 个单位。", field="body", most=rules.MOST_BODIES)


def _move(
    held: Held, whistle: Whistle, happening: Happening, happened: str, by: Actor, at: datetime, **more: Any
) -> Change:  # fmt: skip
    """Let the process go on with the whistle as it is now; writes the step and its entry."""
    data = {**held.data, rules.NAME: whistle.plain()}
    change = step.take(scenarios.of(held), held, data, happening, at)
    entry = journal.row(
        subject=("case", str(held.id)), verb=happened, by=by, at=at, reach=change.reach,
        body=told(held, change) | said(held, change) | more,
    )  # fmt: skip
    rows.update(held, change, entry, at)
    keep(held, change, by.id, at)
    return change
