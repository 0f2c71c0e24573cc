"""How a trial stands: what waits, who may do it, what is known, what happens by itself."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.channels.desk.studio.presenters.trial import questions
from zhongshu.channels.desk.studio.presenters.trial.questions import Shown
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.rules import going_back, supplement
from zhongshu.engine.cases.rules.settings import TaskSettings
from zhongshu.engine.cases.rules.state import OpenTask
from zhongshu.engine.studio.rules import trial as paper
from zhongshu.engine.studio.rules.trial import Trial

MOST_PEOPLE = 12
"""So many people a page offers for a task: those of its body first."""
APPLICANT = "applicant"
"""Stands for the applicant where a task's number would."""
LEVELS = {
    "city": "全市", "district": "区县", "street": "街道", "community": "社区", "cell": "网格",
}  # fmt: skip
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that waits: `key` opens its form."""

    key: str
    name: str
    role: str
    where: str
    who: str
    due: datetime | None
    here: bool


@dataclass(frozen=True, slots=True)
class Doing:
    """The task whose form is open: who may do it, its questions, what else may be done from it.

    `back` are the tasks it may go back to; `near`: within how many metres one must stand, 0 where it is not asked.
    """

    token: int
    name: str
    where: str
    people: tuple[Pair, ...]
    form: Shown | None
    back: tuple[Pair, ...]
    asks: bool
    position: str
    near: int


@dataclass(frozen=True, slots=True)
class Standing:
    """All a page says of how a trial stands."""

    at: datetime
    next_due: datetime | None
    waiting: tuple[Waiting, ...]
    doing: Doing | None
    supply: Shown | None
    items: tuple[supplement.Item, ...]
    asked_until: datetime | None
    number: str
    title: str
    phase: str
    body: str
    due: datetime | None
    opened: datetime
    stopped: datetime | None
    closed: datetime | None
    again: tuple[Pair, ...]
    deemable: bool
    messages: tuple[str, ...]
    signals: tuple[str, ...]
    timers: tuple[tuple[str, datetime, bool], ...]
    data: str


def standing(
    trial: Trial, wanted: str, answers: Mapping[str, Any], problems: Mapping[str, Any], asked: str
) -> Standing:
    """The trial as its page shows it; `wanted` is the task whose form is open, `asked` where a browser learns which of
    its questions are asked (with {} for the task).
    """
    held, town, scenario = trial.held, trial.town, trial.scenario
    here = _wanted(trial, wanted)
    heard = [name.partition(":") for name in held.marking.awaited(scenario.net)] if not held.closed else []
    waits = trial.waiting
    applying = waits is not None and here == APPLICANT
    return Standing(
        at=trial.at, next_due=paper.next_due(trial), waiting=tuple(_waiting(trial, here)),
        doing=_doing(trial, here, answers, problems, asked),
        supply=questions.shown(supplement.form(waits.items), town, answers, problems) if waits and applying else None,
        items=waits.items if waits else (), asked_until=waits.due if waits else None,
        number=held.number, title=held.title, phase=scenario.phase_name(held.phase, language()),
        body=town.names.get(held.body or 0, ""), due=held.due, opened=held.opened, stopped=held.stopped,
        closed=held.closed, again=tuple(_again(trial)), deemable=_deemable(trial),
        messages=tuple(name for kind, _, name in heard if kind == "message"),
        signals=tuple(name for kind, _, name in heard if kind == "signal"),
        timers=tuple(
            (scenario.net.elements[one.element].name or one.element, one.due, one.stuck) for one in trial.timers
        ),
        data=json.dumps(held.data, ensure_ascii=False, indent=2),
    )  # fmt: skip


def _wanted(trial: Trial, wanted: str) -> str:
    """Whose form is open: what was asked for while it waits, else the applicant's, else the first task's."""
    keys = [str(task.token) for task in trial.held.tasks]
    if trial.waiting:
        keys.insert(0, APPLICANT)
    return wanted if wanted in keys else next(iter(keys), "")


def _waiting(trial: Trial, here: str) -> Iterator[Waiting]:
    if trial.waiting:
        name, due = gettext("补正"), trial.waiting.due
        yield Waiting(APPLICANT, name, gettext("申请人"), "", gettext("申请人"), due, here == APPLICANT)
    for task in trial.held.tasks:
        settings = trial.scenario.settings.tasks[task.element]
        person = trial.town.person(task.assignee or "")
        yield Waiting(
            str(task.token), trial.scenario.task_name(task.element, language()), names.role(task.role),
            _where(trial, task, settings), person.name if person else "", task.due, here == str(task.token),
        )  # fmt: skip


def _where(trial: Trial, task: OpenTask, settings: TaskSettings) -> str:
    if task.pool < 0:
        return trial.town.names.get(-task.pool, "")
    return gettext(LEVELS.get(settings.pool, ""))


def _doing(
    trial: Trial, here: str, answers: Mapping[str, Any], problems: Mapping[str, Any], asked: str
) -> Doing | None:
    task = trial.held.task(int(here)) if here.isdecimal() else None
    if task is None:
        return None
    settings, form = trial.scenario.settings.tasks[task.element], trial.scenario.forms.get(task.element)
    able = list(islice(paper.able(trial, task, trial.at), MOST_PEOPLE))
    shown = questions.shown(form, trial.town, answers, problems, asked.replace("{}", task.element))
    asks = trial.scenario.settings.supplement
    return Doing(
        task.token, trial.scenario.task_name(task.element, language()), _where(trial, task, settings),
        tuple(_people(able)), shown,
        tuple(_back(trial, task)), asks is not None and task.element in asks.tasks, settings.position, settings.near,
    )  # fmt: skip


def _people(able: list[Any]) -> Iterator[Pair]:
    """Who may do it; the first needs no mention, so that a step stays true where people are called otherwise."""
    for n, one in enumerate(able):
        yield "" if n == 0 else one.id, one.name


def _back(trial: Trial, task: OpenTask) -> Iterator[Pair]:
    for way in going_back.ways(trial.scenario, trial.held, task, trial.doings):
        yield way.to.element, trial.scenario.task_name(way.to.element, language())


def _again(trial: Trial) -> Iterator[Pair]:
    """Where an ended case may be opened again."""
    if trial.held.closed and trial.held.marking.finished:
        for way in going_back.again(trial.scenario, trial.held, trial.doings):
            yield way.to.element, trial.scenario.task_name(way.to.element, language())


def _deemable(trial: Trial) -> bool:
    settings, last = trial.scenario.settings.supplement, trial.asked[-1] if trial.asked else None
    return bool(
        settings and settings.lapsed == "withdrawn" and last and last.ending == "lapsed" and trial.held.task(last.token)
    )
