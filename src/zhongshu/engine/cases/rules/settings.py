"""The page of settings of a scenario (`scenario.toml`): what the drawing cannot say. Pure."""

import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Literal

import msgspec

from zhongshu.base.calendar.rules import Term
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.roles import ROLES
from zhongshu.engine.cases.rules import dues
from zhongshu.engine.cases.rules.alarms import HOLDER, USUAL, Alarms
from zhongshu.engine.cases.rules.letters import LetterSettings
from zhongshu.engine.decisions.rules import feel

Level = Literal["body", "city", "district", "street", "community", "cell"]
DIGITS: dict[str, int] = {"city": 4, "district": 6, "street": 9, "community": 12, "cell": 15}


class Phase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A stretch of the way as people see it (待受理, 处置中)."""

    name: str
    name_en: str


RETRACTED, WITHDRAWN, CANCELLED = "retracted", "withdrawn", "cancelled"
ENDINGS = {
    RETRACTED: Phase("误报撤销", "False alarm"),
    WITHDRAWN: Phase("申请已撤回", "Withdrawn"),
    CANCELLED: Phase("已撤销", "Cancelled"),
}
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

    `role`: whose it is; empty: that of the lane it is drawn in.
    `pool`: the level at which it is offered; `body` there means the responsible body. `assignee`: FEEL over the
    case's data. `apart`: tasks whose doer may not do this one. `position`: whether the doer's place is asked, `near`:
    within how many metres of the case. `form`: the questionnaire of its outcome. `whistle`: whom the outcome calls.
    `returns`: whether the case may go back from it, or the tasks it may go back to. `signing`: the time a signature
    to it has, where its doer sets none.
    """

    phase: str
    name_en: str
    pool: Level
    role: str = ""
    deadline: str = ""
    form: str = ""
    assignee: str = ""
    apart: tuple[str, ...] = ()
    position: Literal["none", "optional", "required"] = "none"
    near: int = 0
    whistle: WhistleSettings | None = None
    returns: bool | tuple[str, ...] = True
    signing: str = ""


class SupplementSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That the applicant may be asked for what is missing (一次性告知).

    `tasks`: whose doers may ask; `days`: the time the applicant has; `within`: how long after the receipt one may ask.
    `law`: what allows asking more than once; empty: once. `lapsed`: what may happen when nothing came: the case only
    `goes_on`, or may also count as `withdrawn`.
    """

    tasks: tuple[str, ...]
    days: str
    within: str = "5 working_days"
    law: str = ""
    lapsed: Literal["goes_on", "withdrawn"] = "goes_on"

    @property
    def time(self) -> Term:
        """The time the applicant has."""
        return _term(self.days)

    @property
    def window(self) -> Term:
        """The time in which one may ask."""
        return _term(self.within)


Starter = Literal["official", "applicant", "program"]


class StartSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """That a case may begin without a report of a place: who may start one.

    `by`: officials at the desk, applicants (residents, firms), programs with a key. `roles`: the officials' roles, one
    of them held over where the case lies; none: whoever may report there. `category`: whether the starter chooses
    a category whose scenario this is; else the case has none. `place`: the question whose answer is the address
    the case is about; empty: the case lies where the starter's body does. `title`: the question whose answer is what
    the case is called; empty: it is called like the scenario.
    """

    by: tuple[Starter, ...]
    roles: tuple[str, ...] = ()
    category: bool = False
    place: str = ""
    title: str = ""


class CaseSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for the whole case; `responsible` is FEEL for the id of the body that answers for it.

    `decided` is FEEL too: once it is true the applicant can take nothing back.
    `reopens`: within how many days of its end it may be opened again; 0 is never.
    """

    deadline: str
    responsible: str
    ended: str = "closed"
    decided: str = "false"
    reopens: int = 30


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole page.

    `deadlines`: category code → task → term, where a category's differ. `lanes`: lane of the drawing → role.
    `starts`: source → the start event at which what comes from there begins, where there are several.
    `moves`: what an element or flow of the version before is called in this one (old id → new id).
    `letters`: what is made on paper (文书), each with its looks in `letters/NAME.typ`.
    """

    code: str
    name: str
    name_en: str
    prefix: str
    process: str
    form: str
    case: CaseSettings
    phases: dict[str, Phase]
    tasks: dict[str, TaskSettings] = {}
    deadlines: dict[str, dict[str, str]] = {}
    lanes: dict[str, str] = {}
    starts: dict[str, str] = {}
    alarms: Alarms = USUAL
    supplement: SupplementSettings | None = None
    moves: dict[str, str] = {}
    start: StartSettings | None = None
    letters: dict[str, LetterSettings] = {}

    def term(self, task: str, category: str) -> Term | None:
        """The time a task has in a category; None where it has none, or an answer sets its end (`by_answer`)."""
        text = self._limit(task, category)
        return _term(text) if text and not dues.is_expression(text) else None

    def by_answer(self, task: str, category: str) -> feel.Expression | None:
        """What a task's deadline is worked out by, where an answer sets it."""
        text = self._limit(task, category)
        return dues.read(text) if dues.is_expression(text) else None

    def _limit(self, task: str, category: str) -> str:
        """As written for the category, else for a coarser one, else for the task."""
        for code in (category[:length] for length in range(len(category), 0, -2)):
            if text := self.deadlines.get(code, {}).get(task):
                return text
        return self.case.deadline if task == "case" else self.tasks[task].deadline


def read(text: str) -> Settings:
    """The settings in a `scenario.toml`; Invalid says which line or field is wrong."""
    settings = parse(text)
    for _, check in checks(settings):
        check()
    return settings


def parse(text: str) -> Settings:
    """The settings as they are written, nothing looked at beyond their form."""
    try:
        return msgspec.convert(tomllib.loads(text), Settings)
    except (ValueError, msgspec.ValidationError, RecursionError) as problem:
        raise Invalid("scenario.toml 有误：{why}", why=str(problem)) from None


def checks(settings: Settings) -> Iterator[tuple[str, Callable[[], object]]]:
    """Each thing to look at by itself: where it stands (a JSON pointer), and what raises Invalid if it is wrong."""
    for name, task in settings.tasks.items():
        yield f"/tasks/{name}", partial(_check_task, settings, name, task)
    for lane, role in settings.lanes.items():
        yield f"/lanes/{lane}", partial(_check_lane, lane, role)
    yield "/alarms", partial(_check_alarms, settings.alarms)
    yield "/case/deadline", partial(_check_limit, settings.case.deadline)
    for category, row in settings.deadlines.items():
        for name, term in row.items():
            yield f"/deadlines/{category}/{name}", partial(_check_limit, term)
    if settings.start:
        yield "/start", partial(_check_start, settings.start)
    if settings.supplement:
        yield "/supplement", partial(_check_supplement, settings, settings.supplement)


@lru_cache(maxsize=1_024)
def _term(text: str) -> Term:
    try:
        return Term.parse(text)
    except ValueError:
        raise Invalid("“{term}”不是期限：请写成 30 minutes、4 hours 或 5 working_days。", term=text) from None


def _check_limit(text: str) -> None:
    if dues.is_expression(text):
        dues.read(text)
    else:
        _term(text)


def _check_start(start: StartSettings) -> None:
    if not start.by:
        raise Invalid("start 须在 by 里写明谁可以发起：official、applicant 或 program。")
    if unknown := [role for role in start.roles if role not in ROLES]:
        raise Invalid("start 的角色 {role} 不存在。", role=unknown[0])
    if start.roles and "official" not in start.by:
        raise Invalid("start 写了角色（roles），但 by 里没有 official。")


def _check_task(settings: Settings, name: str, task: TaskSettings) -> None:
    if task.role and task.role not in ROLES:
        raise Invalid("环节 {task} 的角色 {role} 不存在。", task=name, role=task.role)
    if task.phase not in settings.phases:
        raise Invalid("环节 {task} 的阶段 {phase} 未在 phases 中定义。", task=name, phase=task.phase)
    if unknown := [other for other in task.apart if other not in settings.tasks]:
        raise Invalid("环节 {task} 要求与 {other} 分开，但没有这个环节。", task=name, other=unknown[0])
    if isinstance(task.returns, tuple) and (unknown := [to for to in task.returns if to not in settings.tasks]):
        raise Invalid("环节 {task} 写明可以退回 {other}，但没有这个环节。", task=name, other=unknown[0])
    if task.deadline:
        _check_limit(task.deadline)
    if task.signing:
        _term(task.signing)


def _check_lane(lane: str, role: str) -> None:
    if role not in ROLES:
        raise Invalid("泳道 {lane} 的角色 {role} 不存在。", lane=lane, role=role)


def _check_alarms(given: Alarms) -> None:
    if not (0 < given.near < 1 and 0 < given.step <= 10):
        raise Invalid("alarms 有误：near 须大于 0 小于 1，step 须大于 0 不超过 10。")
    for name in (*given.warned, *given.late):
        if name != HOLDER and name not in ROLES:
            raise Invalid("alarms 要告知的 {role} 不是角色，也不是 holder。", role=name)
    for name in given.escalated:
        if name not in ROLES:
            raise Invalid("alarms 升级时要告知的角色 {role} 不存在。", role=name)
    if not (given.warned and given.late and given.escalated):
        raise Invalid("alarms 的 warned、late、escalated 都须写明告知谁。")


def _check_supplement(settings: Settings, asked: SupplementSettings) -> None:
    if unknown := [task for task in asked.tasks if task not in settings.tasks]:
        raise Invalid("补正告知写了流程中没有的环节 {task}。", task=unknown[0])
    _term(asked.days)
    _term(asked.within)
