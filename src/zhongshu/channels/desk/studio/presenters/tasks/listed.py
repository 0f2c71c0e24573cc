"""The tasks of a draft in a table, in the order they are done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from zhongshu.channels.desk.studio.presenters.tasks import limits, words
from zhongshu.channels.desk.studio.presenters.tasks.around import Around
from zhongshu.engine.cases.rules.examining import PAGE, Finding


@dataclass(frozen=True, slots=True)
class Row:
    """A task with what is set for it, in words; `state`: whether it stands in the drawing and in the settings."""

    id: str
    name: str
    phase: str
    role: str
    pool: str
    limit: str
    form: str
    wrong: int
    state: str


def rows(around: Around, findings: Iterable[Finding]) -> list[Row]:
    """Every task; `wrong` counts what is to be changed about it."""
    errors = [each for each in findings if each.severity == "error"]
    return [_row(around, id, sum(about(each, id) for each in errors)) for id in around.tasks]


def about(finding: Finding, task: str) -> bool:
    """Whether a finding speaks of a task: of its settings, or of it in the drawing."""
    in_drawing = finding.file.endswith(".bpmn") and finding.place == task
    in_settings = finding.place == task or f"{finding.place}/".startswith(f"/tasks/{task}/")
    return in_drawing or (finding.file == PAGE and in_settings)


def _row(around: Around, id: str, wrong: int) -> Row:
    known, phases = around.task(id), dict(around.phases())
    phase, role, pool, form = (str(known.get(key, "")) for key in ("phase", "role", "pool", "form"))
    return Row(
        id, around.name(id), phases.get(phase, phase), dict(words.roles()).get(role, role) or of_lane(around, id),
        dict(words.pools()).get(pool, pool), limits.said(str(known.get("deadline", "")), around, id),
        around.title(form) or form, wrong, _state(around, id),
    )  # fmt: skip


def of_lane(around: Around, task: str) -> str:
    """The role of the innermost lane with one, in words; empty where none has."""
    known = around.lane_roles
    found = [known[lane] for lane in around.drawing.lanes.get(task, ()) if lane in known]
    return gettext("随泳道（{role}）").format(role=dict(words.roles()).get(found[-1], found[-1])) if found else ""


def _state(around: Around, id: str) -> str:
    if id not in around.drawing.tasks:
        return gettext("流程里没有")
    return "" if around.task(id) else gettext("还没有设置")


def astray(around: Around) -> bool:
    """Whether drawing and settings do not have the same tasks."""
    return any(_state(around, id) for id in around.tasks)
