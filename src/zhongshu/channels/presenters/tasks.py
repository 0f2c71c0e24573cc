"""The form of a task as a draft of who works on it."""

from zhongshu.base.http.access import Request
from zhongshu.engine.cases.queries.one import Task, View
from zhongshu.engine.intake.rules.pages import Subject


def form_of(request: Request, found: View, task: Task, address: str) -> Subject | None:
    """What the drafts of this task's form are of; None while somebody else has it in hand: then nothing is kept.

    `address` is where the page with the form is.
    """
    free = task.assignee is None or request.by.id in (str(task.assignee), str(task.delegate))
    if task.closed or not free or task.element not in found.scenario.forms:
        return None
    chinese, english = (found.scenario.task_name(task.element, language) for language in ("zh-hans", "en"))
    return Subject(
        found.row.scenario, found.scenario.version, f"{found.row.number} {chinese}", f"{found.row.number} {english}",
        address, category=found.row.category, element=task.element, case_id=found.row.id, token=task.token,
    )  # fmt: skip
