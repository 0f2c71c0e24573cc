"""What people answer in the course of a case, by the names expressions read it under. Pure.

A case's data has the answers of its first form under `answers`, those of a task under the task's id.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.base.http.refusals import Refusal
from zhongshu.engine.studio.rules.editing import pages
from zhongshu.engine.studio.rules.editing.questions import panel, paths
from zhongshu.engine.studio.rules.editing.questions.panel import Option

FIRST = "answers"
LISTS = ("bodies", "choices", "rows")
DAYS = ("date", "date-time")
_ENOUGH = re.compile(r"nrOfCompletedInstances >= ([1-9]\d{0,2})", re.ASCII)
YES, NO = Option("true", "是", "Yes"), Option("false", "否", "No")


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, and the name its answer goes by; `task`: the one that asks it, empty for the first form."""

    name: str
    task: str
    kind: str
    title: str
    title_en: str
    options: tuple[Option, ...] = ()

    @property
    def question(self) -> str:
        """What the question is called within its questionnaire."""
        return self.name.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Ready:
    """A condition nobody has to write: that a question was answered so."""

    feel: str
    answer: Answer
    option: Option


def known(files: Mapping[str, str]) -> tuple[Answer, ...]:
    """Every question of the forms in use, the first form's first; forms that cannot be read are passed over."""
    return tuple(answer for task, form in _forms(files) for answer in _asked(task, files.get(form, "")))


def ready(answers: Iterable[Answer]) -> tuple[Ready, ...]:
    """The conditions on what is chosen from options, or answered by yes or no."""
    return tuple(Ready(_feel(answer, option), answer, option) for answer in answers for option in answer.options)


def lists(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The questions whose answer is a list: a step can be done for each item of it."""
    return tuple(answer for answer in answers if answer.kind in LISTS)


def days(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """The questions whose answer is a day or a moment."""
    return tuple(answer for answer in answers if answer.kind in DAYS)


def _forms(files: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    try:
        page = pages.read(files.get(pages.FILE, ""))
    except Refusal:
        return
    yield "", str(page.get("form", ""))
    tasks = page.get("tasks", {})
    for task, said in tasks.items() if isinstance(tasks, dict) else ():
        if isinstance(said, dict) and said.get("form"):
            yield task, str(said["form"])


def _asked(task: str, text: str) -> Iterator[Answer]:
    try:
        form: Any = json.loads(text)
        for name in paths.order(form):
            read = panel.read(form, name)
            options = (YES, NO) if read.kind == "boolean" else read.options
            yield Answer(f"{task or FIRST}.{name}", task, read.kind, read.title or name, read.title_en, options)
    except (ValueError, TypeError, AttributeError, RecursionError, Refusal):
        return


def _feel(answer: Answer, option: Option) -> str:
    if option in (YES, NO):
        return f"{answer.name} = {option.value}"
    value = json.dumps(option.value, ensure_ascii=False)
    return f"list contains({answer.name}, {value})" if answer.kind == "choices" else f"{answer.name} = {value}"


def enough(count: int) -> str:
    """The condition that so many of those asked have answered."""
    return f"nrOfCompletedInstances >= {count}"


def count_of(condition: str) -> str:
    """The number in such a condition; empty if it is another one."""
    found = _ENOUGH.fullmatch(condition)
    return found[1] if found else ""
