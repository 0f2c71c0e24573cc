"""Where a scenario asks questions: at its beginning, and at its tasks; questionnaires given to those and taken away."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.engine.studio.rules.editing import pages
from zhongshu.engine.studio.rules.editing.questions import reading, verbs

Files = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asking:
    """A place where a scenario asks: a task, or (`task` empty) its beginning. No `file`: nothing is asked there."""

    task: str
    name: str
    name_en: str
    file: str


def askings(files: Files) -> list[Asking]:
    """The beginning, and every task in the order of the process. Invalid if the page of settings cannot be read."""
    page = pages.read(files.get(pages.FILE, ""))
    said, names = page.get("tasks", {}), _drawn(files.get(str(page.get("process", "")), ""))
    found = [Asking("", str(page.get("name", "")), str(page.get("name_en", "")), str(page.get("form", "")))]
    for task in [*names, *(each for each in said if each not in names)]:
        its = said.get(task, {})
        found.append(Asking(task, names.get(task) or task, str(its.get("name_en", "")), str(its.get("form", ""))))
    return found


def _drawn(process: str) -> dict[str, str]:
    """Id → name of the tasks people do, in the order of the process; none of one that cannot be read."""
    return dict(_tasks(process))


def _tasks(process: str) -> Iterator[tuple[str, str]]:
    from zhongshu.engine.processes.rules.bpmn import document  # loads lxml
    from zhongshu.engine.processes.rules.editing import table

    try:
        rows = table(document.load(process.encode())).rows
    except Invalid:
        return
    yield from ((row.id, row.name) for row in rows if row.kind == "task")


def begun(files: Files, task: str) -> tuple[dict[str, str], str]:
    """What to save so that a questionnaire is begun for a task (empty: the beginning), and its file."""
    asking = _asking(files, task)
    if asking.file in files:
        raise Conflict("“{name}”已有问卷。", name=asking.name)
    file = asking.file or _free(files, task)
    saved = {file: reading.write(verbs.new(asking.name, asking.name_en))}
    if not asking.file:
        saved[pages.FILE] = pages.said(files[pages.FILE], ("tasks", task) if task else (), {"form": file})
    return saved, file


def _free(files: Files, task: str) -> str:
    stem = f"tasks/{task}" if task else "form"
    names = [f"{stem}.json", *(f"{stem}-{number}.json" for number in range(2, len(files) + 3))]
    return next(name for name in names if name not in files)


def ended(files: Files, task: str) -> dict[str, str | None]:
    """What to save so that a task asks nothing; its file goes unless another one asks it too."""
    asking = _asking(files, task)
    if not task:
        raise Conflict("开始时的问卷不能去掉：没有它就办不了件。")
    if not asking.file:
        raise Conflict("“{name}”没有问卷。", name=asking.name)
    page = pages.said(files[pages.FILE], ("tasks", task), {"form": ""})
    others = [each for each in askings(files) if each.file == asking.file and each.task != task]
    gone: dict[str, str | None] = {} if others or asking.file not in files else {asking.file: None}
    return {pages.FILE: page, **gone}


def _asking(files: Files, task: str) -> Asking:
    for each in askings(files):
        if each.task == task:
            return each
    raise Absent("流程里没有“{name}”这一环节。", name=task)


def asked_in(files: Files, file: str) -> list[Asking]:
    """Where a questionnaire is asked; Absent for a file that is none of the scenario's."""
    found = [each for each in askings(files) if each.file == file and file in files]
    if not found:
        raise Absent("没有这份问卷，请回到问卷列表。")
    return found


def counted(document: Mapping[str, Any]) -> int:
    """How many questions a questionnaire has, those of repeating groups included."""
    return sum(1 for _ in verbs.everything(document))
