"""Taking a task out of somebody's hands into one's own: for who is over them."""

from datetime import datetime
from uuid import UUID

from zhongshu.base.http.refusals import Conflict, Forbidden
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.actions.entries import about_task
from zhongshu.engine.cases.actions.foreign import verb
from zhongshu.engine.cases.actions.tasks import as_seen, open_task
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules import checks


@verb
def take_over(case_id: UUID, token: int, reason: str, *, revision: int | None = None, by: Actor, at: datetime) -> None:
    """Take an open task from its holder, with the reason: for who runs the shift over it, whatever roles they hold.

    Who had it is told. What must be done by another person than an earlier task stays so.
    """
    held, task = open_task(case_id, token, revision, by, at)
    if not permissions.may(by, checks.OVER, held.reach, at):
        raise Forbidden("只有值班长可以接管他人的环节。")
    if task.assignee is None:
        raise Conflict("这个环节现在没有人办理，不用接管：请领办或改派。")
    if task.assignee == by.id:
        raise Conflict("这个环节由您负责，不用接管。")
    as_seen(held, task, revision)
    checks.apart(by, held, scenarios.of(held).settings.tasks[task.element])
    said = {"before": task.assignee, "delegate": task.delegate, "reason": checks.reason(reason)}
    entry = about_task(held, task, "case.task_taken_over", by, at, **said)
    rows.touch(
        held, token, entry, assignee=by.id, delegate=None, by_rule=False, taken_from=[], claimed=at, arrived=None
    )
