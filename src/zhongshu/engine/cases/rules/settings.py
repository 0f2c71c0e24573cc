"""The page of settings of a scenario (`scenario.toml`): what the drawing cannot say. Pure."""

import tomllib
from functools import lru_cache
from typing import Literal

import msgspec

from zhongshu.base.calendar.rules import Term
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.roles import ROLES

Level = Literal["body", "city", "district", "street", "community", "cell"]
DIGITS: dict[str, int] = {"city": 4, "district": 6, "street": 9, "community": 12, "cell": 15}


class Phase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of the way as people see it (待受理, 处置中)."""

    name: str
    name_en: str


RETRACTED = "retracted"
ENDINGS = {RETRACTED: Phase("误报撤销", "False alarm")}
"""Phases in which a case of any scenario may end without its process."""


class WhistleSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a task's outcome can call bodies (吹哨).

    `task`: the multi-instance task each of them gets. `bodies`: the questions that name them, the lead's first;
    `hours`: in the same order, the questions for each one's own limit in hours, as far as they are asked.
    """

    task: str
    bodies: tuple[str, ...]
    hours: tuple[str, ...] = ()


class TaskSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who does a task of the process, by when, and what must come with it.

    `pool`: the level at which it is offered; `body` there means the responsible body. `assignee`: FEEL over the
    case's data. `apart`: tasks whose doer may not do this one. `position`: whether the doer's place is asked, `near`:
    within how many metres of the case. `form`: the questionnaire of its outcome. `whistle`: whom the outcome calls.
    `returns`: whether the case may go back from it, or the tasks it may go back to. `signing`: the time a signature
    to it has, where its doer sets none.
    """

    phase: str
    name_en: str
    role: str
    pool: Level
    deadline: str = ""
    form: str = ""
    assignee: str = ""
    apart: tuple[str, ...] = ()
    position: Literal["none", "optional", "required"] = "none"
    near: int = 0
    whistle: WhistleSettings | None = None
    returns: bool | tuple[str, ...] = True
    signing: str = ""


class CaseSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for the whole case; `responsible` is FEEL for the id of the body that answers for it.

    `reopens`: within how many days of its end it may be opened again; 0 is never.
    """

    deadline: str
    responsible: str
    ended: str = "closed"
    reopens: int = 30


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole page. `deadlines`: category code → task → term, where a category's differ."""

    code: str
    name: str
    name_en: str
    prefix: str
    process: str
    form: str
    case: CaseSettings
    phases: dict[str, Phase]
    tasks: dict[str, TaskSettings]
    deadlines: dict[str, dict[str, str]] = {}

    def term(self, task: str, category: str) -> Term | None:
        """The time a task has in a category: the category's own, else that of a coarser one, else the task's."""
        for code in (category[:length] for length in range(len(category), 0, -2)):
            if text := self.deadlines.get(code, {}).get(task):
                return _term(text)
        text = self.case.deadline if task == "case" else self.tasks[task].deadline
        return _term(text) if text else None


def read(text: str) -> Settings:
    """The settings in a `scenario.toml`; Invalid says which line or field is wrong."""
    try:
        settings = msgspec.convert(tomllib.loads(text), Settings)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise Invalid("scenario.toml 有误：{why}", why=str(problem)) from None
    for name, task in settings.tasks.items():
        _check_task(settings, name, task)
    for term in [settings.case.deadline, *(t for row in settings.deadlines.values() for t in row.values())]:
        _term(term)
    return settings


@lru_cache(maxsize=1_024)
def _term(text: str) -> Term:
    try:
        return Term.parse(text)
    except ValueError:
        raise Invalid("“{term}”不是期限：请写成 30 minutes、4 hours 或 5 working_days。", term=text) from None


def _check_task(settings: Settings, name: str, task: TaskSettings) -> None:
    if task.role not in ROLES:
        raise Invalid("环节 {task} 的角色 {role} 不存在。", task=name, role=task.role)
    if task.phase not in settings.phases:
        raise Invalid("环节 {task} 的阶段 {phase} 未在 phases 中定义。", task=name, phase=task.phase)
    if unknown := [other for other in task.apart if other not in settings.tasks]:
        raise Invalid("环节 {task} 要求与 {other} 分开，但没有这个环节。", task=name, other=unknown[0])
    if isinstance(task.returns, tuple) and (unknown := [to for to in task.returns if to not in settings.tasks]):
        raise Invalid("环节 {task} 写明可以退回 {other}，但没有这个环节。", task=name, other=unknown[0])
    for text in filter(None, (task.deadline, task.signing)):
        _term(text)
