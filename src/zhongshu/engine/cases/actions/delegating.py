"""Letting somebody else do a task one keeps answering for, and giving it back."""

from datetime import datetime
from uuid import UUID

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.actions.entries import about_task
from zhongshu.engine.cases.actions.foreign import verb
from zhongshu.engine.cases.actions.tasks import as_seen, may_have, open_task
from zhongshu.engine.cases.rules import checks
from zhongshu.registers.people import queries as people


@verb
def delegate(
    case_id: UUID, token: int, account: UUID, reason: str, *, revision: int | None = None, by: Actor, at: datetime
) -> None:
    """Let somebody who may do it do one's task, with the reason; one goes on answering for it.

    Entries of what the delegate does name both. Until it comes back only the delegate can do it.
    """
    held, task = open_task(case_id, token, revision, by, at)
    as_seen(held, task, revision)
    if task.delegate is not None:
        raise Conflict("这个环节已经委托出去，不能再次委托。请先收回委托。")
    if task.assignee != by.id:
        raise Forbidden("只能委托自己领办的环节。")
    if str(account) == by.id:
        raise Invalid("不能委托给自己，请另选一人。", field="account")
    target = people.actor(account, at)
    if target is None:
        raise Invalid("没有找到要委托的人员，或其账号已停用。", field="account")
    try:
        may_have(held, task, target, at)
    except Forbidden:
        raise Invalid("{who}没有办理这个环节的职责，请另选一人。", field="account", who=target.name) from None
    said = {"delegate": target.id, "assignee": by.id, "reason": checks.reason(reason)}
    rows.touch(held, token, about_task(held, task, "case.task_delegated", by, at, **said), delegate=target.id)


@verb
def hand_back(
    case_id: UUID, token: int, reason: str, *, finished: bool = False, revision: int | None = None, by: Actor,
    at: datetime,
) -> None:  # fmt: skip
    """End a delegation: the delegate hands the task back, the work `finished` or not, or its holder calls it back.

    The holder has it as before.
    """
    held, task = open_task(case_id, token, revision, by, at)
    as_seen(held, task, revision)
    if task.delegate is None:
        raise Conflict("这个环节没有委托他人办理。")
    if not task.is_with(by.id):
        raise Forbidden("只有受托人和委托人可以结束委托。")
    returned = by.id == task.delegate
    said = {
        "assignee": task.assignee, "delegate": task.delegate, "finished_work": returned and finished,
        "called_back": not returned, "reason": checks.reason(reason),
    }  # fmt: skip
    entry = about_task(held, task, "case.task_handed_back", by, at, **said)
    rows.touch(held, token, entry, delegate=None)
