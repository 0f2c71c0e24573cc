"""Letting something come to the case on paper."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from zhongshu.engine.cases.rules import going_back, in_time, reckoning, stepping
from zhongshu.engine.cases.rules.going_back import Doing
from zhongshu.engine.cases.rules.state import WHOLE, Change, Done, OpenTask
from zhongshu.engine.processes.rules.happenings import Happening
from zhongshu.engine.studio.rules.trial.around import OnPaper
from zhongshu.engine.studio.rules.trial.paper import (
    Alarm,
    Entry,
    Said,
    Trial,
    as_kept,
    facts_of,
    letters_of,
    moment,
    moved,
)


def go(
    trial: Trial,
    happening: Happening,
    verb: str,
    by: str,
    at: datetime,
    *said: Said,
    data: Mapping[str, Any] | None = None,
    form: str = "",
    done: Done | None = None,
    before: Iterable[Doing] = (),
    **more: Any,
) -> Trial:
    """The trial after a happening; `data` are the case's with it, `form` where its answers stand, `done` the task it
    ends, `before` the doings whose doers get their tasks back.
    """
    around, held = OnPaper(trial.town, trial.outcomes), trial.held
    change = stepping.take(trial.scenario, held, dict(held.data if data is None else data), happening, at, around)
    if form:
        in_time.refuse_past(trial.scenario, held, change, form, at)
    if before:
        change.opened = [_given_back(trial, change, task, list(before), at) for task in change.opened]
    if done:
        change.done.append(done)
    words = (*said, *_opened(trial, change), *_ended(trial, change))
    facts = facts_of(trial, change, **more)
    letters = letters_of(trial.scenario, as_kept(change.data), form) if done else ()
    entry = Entry(verb, at, by, words, facts, tuple(around.calls), tuple(around.decisions), letters)
    return moved(trial, change, entry, at)


def _given_back(trial: Trial, change: Change, task: OpenTask, before: list[Doing], at: datetime) -> OpenTask:
    """The task with who did it before, if they still may."""
    found = trial.town.person(going_back.doer(before, task) or "")
    after = replace(trial.held, reach=tuple(change.reach))
    reach = stepping.reach_of_task(after, task, trial.town.lineage)
    may = found is not None and going_back.still(trial.scenario, trial.held, found, reach, task, at)
    return replace(task, assignee=found.id if found and may else None, by_rule=False)


def _opened(trial: Trial, change: Change) -> Iterable[Said]:
    for task in change.opened:
        name, due = trial.scenario.task_name(task.element), task.due
        if due is None:
            yield Said("“{task}”待办，不限时。", {"task": name})
        else:
            yield Said("“{task}”待办，{due} 到期。", {"task": name, "due": moment(due)})


def _ended(trial: Trial, change: Change) -> Iterable[Said]:
    for done in change.done:
        task = trial.held.task(done.token)
        if done.ending == "withdrawn" and task:
            yield Said("“{task}”不用再办。", {"task": trial.scenario.task_name(task.element)})
    if change.closed:
        yield Said("办件办结：{phase}。", {"phase": trial.scenario.phase_name(change.phase)})


def reckoned(trial: Trial, at: datetime) -> Trial:
    """The trial with its deadlines by terms, extensions and pauses."""
    settings, held = trial.scenario.settings, trial.held
    clocks = reckoning.running(settings, held)
    longer = [(t.token, t.element, t.opened, -t.pool) for t in trial.ended.values() if t.token in trial.longer]
    due = reckoning.found(settings, held, clocks, trial.pauses, trial.longer, longer, trial.town.days)
    speaking = {clock.token: Alarm(*reckoning.speaks(clock, due[clock.token], at, settings.alarms)) for clock in clocks}
    tasks = tuple(replace(task, due=due.get(task.token, task.due)) for task in held.tasks)
    held = replace(held, tasks=tasks, due=due.get(WHOLE, held.due))
    return replace(trial, held=held, alarms={**trial.alarms, **speaking})
