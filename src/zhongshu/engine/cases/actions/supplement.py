"""Asking the applicant for what is missing (一次性告知): the clock stands still until it comes or the time is over.

What is asked is one list; when nothing came the handler goes on, or, where the settings say so, the case may count as
withdrawn (视为撤回).
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.http.refusals import Conflict, Forbidden
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.cases.actions import acting, attachments, clocks, rows, step
from zhongshu.engine.cases.actions.ending import end
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.actions.tasks import open_task
from zhongshu.engine.cases.queries import contacts, scenarios
from zhongshu.engine.cases.queries import supplement as lists
from zhongshu.engine.cases.queries.supplement import Supplement
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.rules import supplement as rules
from zhongshu.engine.cases.rules.settings import WITHDRAWN
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.cases.rules.supplement import Answer, Item
from zhongshu.registers.people.rules.mandates import Act

log = logging.getLogger(__name__)

_ASK = """
INSERT INTO cases_supplement (case_id, number, token, contact, items, law, actor, at, due)
VALUES (%(case)s, %(number)s, %(token)s, %(contact)s, %(items)s::jsonb, %(law)s, %(by)s, %(at)s, %(due)s)
"""
_END = """
UPDATE cases_supplement SET ended = %(at)s, ending = %(ending)s, answers = %(answers)s::jsonb
WHERE case_id = %(case)s AND ended IS NULL
"""


@verb
def ask_supplement(
    case_id: UUID, token: int, asked: Sequence[Item], *, revision: int | None = None, by: Actor, at: datetime
) -> None:
    """Ask the applicant, from a task that is the actor's to do, for all that is missing; the clock stops."""
    held, task = open_task(case_id, token, revision, by, at)
    checks.allowed(by, step.reach_of_task(held, task), task, at)
    checks.running(held)
    told, before, settings = contacts.first(case_id), lists.of_case(case_id), scenarios.of(held).settings.supplement
    settings, law = lists.askable(settings, task.element, before, held.opened, told, at)
    number, due, said = len(before) + 1, lists.end_of(settings.time, at), rules.summary(asked)
    clocks.stop(held, said, by, at)
    _run(_ASK, held, number=number, token=token, contact=told.id, items=rows.plain(list(asked)), law=law, by=by.id,
         at=at, due=due)  # fmt: skip
    _note(held, "asked", task, by, at, contact=str(told.id), number_of=number, count=len(asked), due=due, reason=said)


@transaction.atomic
def answer_supplement(case_id: UUID, given: Mapping[str, Any], *, code: str = "", by: Actor, at: datetime) -> None:
    """Give everything that was asked for, in the terms of its form (`rules.supplement.form`); the clock goes on.

    By who was asked: their account, or their query code.
    """
    held = rows.read_locked(case_id)
    contact = contacts.theirs(case_id, by, code)
    acting.allowed(held, Act.SUPPLEMENT, by)
    waiting = lists.waiting(case_id)
    if waiting is None or waiting.contact != contact:
        raise Conflict("现在没有等您补正的材料：可能已经提交，或已过了补正期限。")
    answers = rules.answers(waiting.items, given)
    photos = {rules.field(waiting.number, n): list(one.photos) for n, one in enumerate(answers, 1)}
    attachments.own(photos, by)
    _end(held, "answered", waiting, by, at, answers=answers)
    attachments.attach(case_id, None, photos, None, at)


@verb
def drop_supplement(case_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Wait for the applicant no longer, with the reason; for who asked, who has a task on it, or runs the shift."""
    held = locked(case_id, by, at)
    waiting = lists.waiting(case_id)
    if waiting is None:
        raise Conflict("这个办件没有在等申请人补正。")
    concerned = {str(waiting.actor), *(task.assignee for task in held.tasks)}
    if by.id not in concerned and not permissions.may(by, "case.assign", held.reach, at):
        raise Forbidden("只有要求补正的人员、正在办理的人员或值班长可以结束等待。")
    _end(held, "dropped", waiting, by, at, reason=checks.reason(reason))


@verb
def deem_withdrawn(case_id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """End a case whose applicant did not add what was asked for in time, where the scenario has that (视为撤回).

    For who does the task it was asked from, as long as that is open.
    """
    held = locked(case_id, by, at)
    checks.running(held)
    settings, last = scenarios.of(held).settings.supplement, next(reversed(lists.of_case(case_id)), None)
    task = rules.deemable(settings, held, last.token if last else None, last.ending if last else None)
    checks.allowed(by, step.reach_of_task(held, task), task, at)
    end(held, WITHDRAWN, by, at, reason=checks.reason(reason), deemed=True)


def lapse_supplements(at: datetime, limit: int = 500) -> int:
    """Wait no longer where the time is over, each in its own transaction; returns how many. One that fails is left."""
    return sum(_tried(case_id, at) for case_id in lists.overdue(at, limit))


def _tried(case_id: UUID, at: datetime) -> bool:
    try:
        return _lapse(case_id, at)
    except Exception:
        log.exception("supplement of case %s did not lapse", case_id)
        return False


@transaction.atomic
def _lapse(case_id: UUID, at: datetime) -> bool:
    held = rows.read_locked(case_id)
    waiting = lists.waiting(case_id)
    if waiting is None or waiting.due >= at:
        return False
    _end(held, "lapsed", waiting, SYSTEM, at)
    return True


def _end(
    held: Held, ending: str, waiting: Supplement, by: Actor, at: datetime, *,
    answers: Sequence[Answer] | None = None, **more: Any,
) -> None:  # fmt: skip
    """Nobody is waited for any more: the clock goes on, and who asked is told."""
    _run(_END, held, at=at, ending=ending, answers=None if answers is None else rows.plain(list(answers)))
    clocks.go_on(held, at)
    _note(held, ending, held.task(waiting.token), by, at, asker=str(waiting.actor),
          contact=str(waiting.contact), number_of=waiting.number, **more)  # fmt: skip


def _note(held: Held, ending: str, task: OpenTask | None, by: Actor, at: datetime, **more: Any) -> None:
    which = {"task": task.element, "token": task.token, "assignee": task.assignee} if task else {}
    rows.touch_case(held, about(held, f"case.supplement_{ending}", by, at, **which, **more))


def _run(sql: str, held: Held, **more: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"case": held.id, **more})
