"""The form of a task as a draft of who has it in hand."""

from zhongshu.base.http.access import Request
from zhongshu.engine.cases.queries.one import Task, View
from zhongshu.engine.intake.rules.pages import Subject


def form_of(request: Request, found: View, task: Task, address: str) -> Subject | None:
    """What the drafts of this task's form are of; None for who has it not in hand: then nothing is kept.

    `address` is where the page with the form is.
    """
    in_hand = task.closed is None and request.by.id in (str(task.assignee), str(task.delegate))
    if not in_hand or task.element not in found.scenario.forms:
        return None
    chinese, english = (found.scenario.task_name(task.element, language) for language in ("zh-hans", "en"))
    return Subject(
        found.row.scenario, found.scenario.version, f"{found.row.number} {chinese}", f"{found.row.number} {english}",
        address, category=found.row.category, element=task.element, case_id=found.row.id, token=task.token,
    )  # fmt: skip
