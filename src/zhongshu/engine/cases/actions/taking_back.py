"""Taking a task from a body that should not have it, so that another is chosen."""

from datetime import datetime
from uuid import UUID

from zhongshu.base.http.refusals import Conflict, Forbidden
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import rows, step
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.actions.tasks import complete
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.queries.traces import happened_since
from zhongshu.engine.cases.rules import checks, returning, whistle
from zhongshu.engine.cases.rules.state import Change, Done, told
from zhongshu.engine.processes.rules.happenings import TaskCompleted

DISPATCH = "case.dispatch"


@verb
def take_back(
    case_id: UUID, token: int, reason: str, *, revision: int | None = None, by: Actor, at: datetime
) -> Change:
    """End a body's task as if the body had answered that it is not theirs, with the reason: a dispatcher chooses anew.

    Only where the task's form has that answer: the drawing says where it leads.
    """
    held = locked(case_id, by, at)
    task, scenario = held.task(token), scenarios.of(held)
    if task is None:
        happened = happened_since(case_id, revision or 0)
        raise Conflict("这个环节已经办结或撤回，您的页面不是最新的。请查看最新进展后再办理。", happened=happened)
    if not permissions.may(by, DISPATCH, held.reach, at):
        raise Forbidden("只有派遣员和值班长可以收回改派。")
    checks.running(held)
    question = returning.result(scenario.forms.get(task.element))
    if not question or whistle.answers(held.data, task.element):
        raise Conflict("这个环节不能收回：流程没有从这里退回派遣的路。")
    outcome = {question: returning.NOT_OURS, "reason": checks.reason(reason)}
    facts = checks.facts(held.data, task.element, outcome, by.id, at)
    change = step.take(scenario, held, facts, TaskCompleted(token), at)
    change.done.append(Done(token, "done", by.id, outcome))
    said = {"task": task.element, "token": token, "outcome": outcome, "from": task.assignee}
    entry = journal.row(
        subject=("case", str(case_id)), verb="case.task_completed", by=by, at=at, reach=change.reach,
        body=told(held, change) | said,
    )  # fmt: skip
    rows.update(held, change, entry, at)
    return change


@verb
def redirect(
    case_id: UUID, token: int, body: int, reason: str, *, revision: int | None = None, by: Actor, at: datetime
) -> Change:
    """Take a task from its body and give the case to another, for one reason: both or neither."""
    change = take_back(case_id, token, reason, revision=revision, by=by, at=at)
    scenario = scenarios.of(rows.read_locked(case_id))
    asking = ((task, returning.body(scenario.forms.get(task.element))) for task in change.opened)
    found = next(((task, question) for task, question in asking if question), None)
    if found is None:
        raise Conflict("收回后没有等人派遣的环节，不能直接改派。请先收回，再到办件页查看。")
    task, question = found
    return complete(case_id, task.token, {question: body, "reason": reason}, by=by, at=at)
