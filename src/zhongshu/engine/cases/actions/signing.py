"""Signatures (会签): asking others to sign an open task, reminding them, calling one off, answering who disagrees.

A signature is given by completing its task (`tasks.complete`).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor, body_key
from zhongshu.engine.cases.actions import rows, step
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.actions.tasks import open_task
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.queries.signing import Signature, signature
from zhongshu.engine.cases.queries.traces import happened_since
from zhongshu.engine.cases.rules import checks, signing
from zhongshu.engine.cases.rules.signing import Wanted
from zhongshu.engine.cases.rules.state import Change, Held, OpenTask, Signer, told
from zhongshu.engine.processes.rules.happenings import Happening, SignerAdded, TaskCancelled
from zhongshu.registers.people import queries as people

_ASK = """
INSERT INTO cases_signature (case_id, token, task, account, body, question, asked, asker, reply)
VALUES (%(case)s, %(token)s, %(task)s, %(account)s, %(body)s, %(question)s, %(at)s, %(by)s, '')
"""
_OFF = "UPDATE cases_signature SET off = %(at)s WHERE case_id = %(case)s AND token = %(token)s"
_REMIND = "UPDATE cases_signature SET reminded = %(at)s WHERE case_id = %(case)s AND token = %(token)s"
_REPLY = """
UPDATE cases_signature SET reply = %(reply)s, replied = %(at)s WHERE case_id = %(case)s AND token = %(token)s
"""


@verb
def ask_signature(
    case_id: UUID, token: int, wanted: Wanted, *, revision: int | None = None, by: Actor, at: datetime
) -> Change:
    """Ask somebody, or whoever leads a body, to sign an open task that is the actor's; it waits until they have."""
    held, task = open_task(case_id, token, revision, by, at)
    _theirs(held, task, by, at)
    checks.running(held)
    question = _said(wanted.question, "question", "请写明请对方会签什么（2 至 500 字）。")
    signer = _signer(held, task, wanted, at)
    change = _move(
        held, SignerAdded(token), "case.signature_asked", by, at, signer, wanted.hours,
        task=task.element, token=token, question=question, signer=signer.account, called_body=wanted.body,
        due=signer.due,
    )  # fmt: skip
    asked = change.opened[0].token
    _run(
        _ASK, held, asked, task=token, account=wanted.account or None, body=wanted.body, question=question, at=at,
        by=by.id,
    )  # fmt: skip
    return change


@verb
def call_off_signature(
    case_id: UUID, token: int, reason: str, *, revision: int | None = None, by: Actor, at: datetime
) -> Change:
    """Call off a signature that was asked for and not given yet."""
    held, task, found = _waiting(case_id, token, revision, by, at)
    more = {"reason": checks.reason(reason), "task": task.element, "token": task.token, **_whom(held, found)}
    change = _move(held, TaskCancelled(token), "case.signature_off", by, at, **more)
    _run(_OFF, held, token, at=at)
    return change


@verb
def remind_signer(case_id: UUID, token: int, *, revision: int | None = None, by: Actor, at: datetime) -> None:
    """Remind whoever has not signed yet; not more often than once an hour."""
    held, task, found = _waiting(case_id, token, revision, by, at)
    if found.reminded and at - found.reminded < signing.PATIENCE:
        raise Conflict("一小时内已经提醒过，请稍后再提醒。")
    more = {"task": task.element, "token": task.token, "question": found.question, **_whom(held, found)}
    rows.touch_case(held, about(held, "case.signer_reminded", by, at, **more))
    _run(_REMIND, held, token, at=at)


@verb
def answer_signature(
    case_id: UUID, token: int, text: str, *, revision: int | None = None, by: Actor, at: datetime
) -> None:
    """Say what becomes of a disagreement: without it the task cannot be completed."""
    held = locked(case_id, by, at)
    found = signature(case_id, token)
    task = held.task(found.task) if found else None
    if found is None or task is None or token not in signing.dissents(held.data):
        raise Conflict(
            "这个会签没有等您答复的不同意见，请刷新页面看最新进展。", happened=happened_since(case_id, revision or 0)
        )
    _theirs(held, task, by, at)
    said = _said(text, "reply", "请写明不同意见如何处理（2 至 500 字）。")
    more = {"task": task.element, "token": task.token, "reply": said, "signed_by": found.closed_by}
    entry = about(held, "case.signature_answered", by, at, **more)
    rows.touch_case(held, entry, data=rows.plain(signing.answered(held, token)))
    _run(_REPLY, held, token, at=at, reply=said)


def _theirs(held: Held, task: OpenTask, by: Actor, at: datetime) -> None:
    if task.signs is not None:
        raise Forbidden("会签的环节不能再加会签，请由主办人添加。")
    if task.assignee != by.id and not permissions.may(by, "case.assign", held.reach, at):
        raise Forbidden("只有正在办理这个环节的人员或值班长可以请人会签，请先领办。")


def _waiting(
    case_id: UUID, token: int, revision: int | None, by: Actor, at: datetime
) -> tuple[Held, OpenTask, Signature]:
    """The case, the task signed and its signature, while that waits, for who has the task."""
    held, waits = open_task(case_id, token, revision, by, at)
    found = signature(case_id, token)
    task = held.task(waits.signs) if waits.signs is not None else None
    if found is None or task is None:
        raise Invalid("这个环节不是会签，请到会签意见中办理。")
    _theirs(held, task, by, at)
    return held, task, found


def _signer(held: Held, task: OpenTask, wanted: Wanted, at: datetime) -> Signer:
    """Whom it is asked of, by when; refused where they cannot sign, or were asked already."""
    open_, due = signing.of(held, task), _due(held, task, wanted.hours, at)
    if len(open_) >= signing.MOST:
        raise Invalid("一个环节最多同时请 {most} 处会签。", field="signer", most=signing.MOST)
    if wanted.body is not None:
        signer = Signer(None, _body(wanted.body), due)
    else:
        signer = Signer(_person(task, wanted.account, at), held.place, due)
    if any((each.assignee if signer.account else each.pool) == (signer.account or signer.pool) for each in open_):
        raise Invalid("已经请过这个人员或单位会签，还没有签署，请另选。", field="signer")
    return signer


def _due(held: Held, task: OpenTask, hours: int | None, at: datetime) -> datetime | None:
    """By when a signature is due: in the hours given, else in the scenario's time, never after its task."""
    signing.within(hours)
    term = signing.of_hours(hours) or signing.standing(scenarios.of(held).settings, task)
    wished = deadlines.due(at, term, calendar.working_days()).at if term else None
    if hours and wished and task.due and wished > task.due:
        raise Invalid("会签的时限不能晚于本环节的期限，请缩短，或先申请延期。", field="hours")
    return signing.due(task, wished)


def _body(body: int) -> int:
    """The pool of whoever leads a body."""
    if not people.lineage(body):
        raise Invalid("没有编号为 {body} 的单位，请重新选择。", field="signer", body=body)
    return body_key(body)


def _person(task: OpenTask, account: str, at: datetime) -> str:
    found = people.actor(account, at) if account else None
    if found is None or not any(permissions.holds_anywhere(found, page, at) for page in ("desk.open", "mobile.open")):
        raise Invalid("请选择会签的人员或单位：须是在用的工作人员账号。", field="signer")
    if found.id == task.assignee:
        raise Invalid("主办人不用会签自己办理的环节，请另选。", field="signer")
    return found.id


def _move(
    held: Held,
    happening: Happening,
    happened: str,
    by: Actor,
    at: datetime,
    asked: Signer | None = None,
    hours: int | None = None,
    **more: Any,
) -> Change:
    """Let the process know, write the step and its entry."""
    change = step.take(scenarios.of(held), held, dict(held.data), happening, at, asked)
    change.phase = held.phase
    if asked is not None:
        change.data = signing.asked(held, change.opened[0].token, hours)
    entry = journal.row(
        subject=("case", str(held.id)), verb=happened, by=by, at=at, reach=change.reach,
        body=told(held, change) | more,
    )  # fmt: skip
    rows.update(held, change, entry, at)
    return change


def _whom(held: Held, found: Signature) -> dict[str, Any]:
    """Who has a signature to give: an account, or the leaders of a body."""
    task = held.task(found.token)
    return {"signer": task.assignee if task else None, "called_body": found.body}


def _said(text: str, field: str, otherwise: str) -> str:
    found = text.strip()
    if not 2 <= len(found) <= 500:
        raise Invalid(otherwise, field=field)
    return found


def _run(sql: str, held: Held, token: int, **given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"case": held.id, "token": token, **given})
