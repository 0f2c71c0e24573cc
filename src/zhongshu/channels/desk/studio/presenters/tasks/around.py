"""What the parts of the page look at: the page of settings as it is written, the drawing, the questionnaires."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Absent
from zhongshu.engine.studio.rules.editing import answers, outline, pages
from zhongshu.engine.studio.rules.editing.answers import Answer

CASE = "case"
"""The whole case, where a deadline is one."""
_EXAMPLES = ("trials/", "decisions/")


@dataclass(frozen=True, slots=True)
class Around:
    """A draft's files, read as far as they can be; `known` is the page of settings, fit or not."""

    text: str
    known: Mapping[str, Any]
    drawing: outline.Outline
    forms: Mapping[str, Mapping[str, Any]]
    answers: Sequence[Answer] = ()

    @property
    def tasks(self) -> list[str]:
        """The tasks in the order they are done, then those only the settings have."""
        return list(dict.fromkeys([*self.drawing.tasks, *table(self.known, "tasks")]))

    def name(self, task: str) -> str:
        """What a task is called in the page's language."""
        return _local(self.drawing.tasks.get(task, task), self.task(task).get("name_en"))

    def task(self, id: str) -> Mapping[str, Any]:
        """What is set for a task."""
        return table(table(self.known, "tasks"), id)

    @property
    def lane_roles(self) -> Mapping[str, str]:
        """Lane → its role."""
        return {lane: str(role) for lane, role in table(self.known, "lanes").items()}

    def others(self, task: str) -> list[tuple[str, str]]:
        """The other tasks, to choose from."""
        return [(id, self.name(id)) for id in self.tasks if id != task]

    def phases(self) -> list[tuple[str, str]]:
        """The phases, to choose from."""
        known = {code: table(each) for code, each in table(self.known, "phases").items()}
        return [(code, _local(str(each.get("name", code)), each.get("name_en"))) for code, each in known.items()]

    def title(self, file: str) -> str:
        """What a questionnaire is called in the page's language; empty where there is none."""
        form = self.forms.get(file, {})
        return _local(str(form.get("title", "")), table(form, "x-ui").get("title_en"))

    def questions(self, task: str, *wanted: str) -> list[tuple[str, str]]:
        """The questions of these kinds in a questionnaire, to choose from."""
        asks = "" if task == CASE else task
        return [(each.question, _title(each)) for each in self.answers if each.task == asks and each.kind in wanted]

    def dated(self, task: str) -> dict[str, str]:
        """The questions that may set the deadline of a task: where the answer stands → in words."""
        earlier = self.tasks[: self.tasks.index(task)] if task in self.tasks else []
        whens = {"": gettext("发起时")} | {id: self.name(id) for id in earlier}
        said, days = gettext("{when}：{title}"), answers.days(self.answers)
        return {
            each.name: said.format(when=when, title=_title(each))
            for asks, when in whens.items()
            for each in days
            if each.task == asks
        }


def around(files: Mapping[str, str]) -> Around:
    """What a draft's files say; Invalid where the page of settings cannot be read at all."""
    text = files.get(pages.FILE, "")
    known = pages.read(text)
    return Around(text, known, outline.read(files), dict(_forms(files)), answers.known(files))


def with_task(around: Around, task: str) -> str:
    """The task of this id; Absent if neither drawing nor settings have one."""
    if task not in around.tasks:
        raise Absent("流程里没有“{task}”这个环节，可能刚被删去。", task=task)
    return task


def table(known: Mapping[str, Any], name: str = "") -> Mapping[str, Any]:
    """A table of the page, or what it is given; empty where it is something else."""
    found = known.get(name) if name else known
    return found if isinstance(found, Mapping) else {}


def _local(name: str, name_en: Any) -> str:
    return str(name_en or name) if language() == "en" else name


def words(found: Any) -> list[str]:
    """A list of texts; empty where it is something else."""
    return [str(each) for each in found] if isinstance(found, list) else []


def _title(answer: Answer) -> str:
    return _local(answer.title, answer.title_en)


def _forms(files: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, text in sorted(files.items()):
        if name.endswith(".json") and not name.startswith(_EXAMPLES):
            try:
                found = json.loads(text)
            except (ValueError, RecursionError):
                found = {}
            yield name, table(found)
