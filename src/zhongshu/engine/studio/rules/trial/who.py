"""Who in the town may do something."""

from collections.abc import Iterator
from datetime import datetime

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.rules import checks, stepping
from zhongshu.engine.cases.rules.state import OpenTask
from zhongshu.engine.studio.rules.trial.paper import Trial
from zhongshu.engine.studio.rules.trial.steps import OnTask


def task_of(trial: Trial, step: OnTask) -> OpenTask:
    """The open task a step is about; Conflict where it is not open, or several are and nothing says which."""
    found = [task for task in trial.held.tasks if _is(task, step)]
    if not found:
        raise Conflict("环节 {task} 现在没有待办。", task=step.task or step.token)
    if len(found) > 1:
        raise Invalid("环节 {task} 有 {count} 份待办，请写明是哪个单位的。", task=step.task, count=len(found))
    return found[0]


def _is(task: OpenTask, step: OnTask) -> bool:
    return (
        (step.token is None or task.token == step.token)
        and (not step.task or task.element == step.task)
        and (step.body is None or task.pool == -step.body)
    )


def able(trial: Trial, task: OpenTask, at: datetime) -> Iterator[Actor]:
    """The people who may do an open task, those of the body it waits for first."""
    reach = stepping.reach_of_task(trial.held, task, trial.town.lineage)
    settings = trial.scenario.settings.tasks[task.element]
    for actor in trial.town.of(-task.pool):
        try:
            checks.allowed(actor, reach, task, at)
            checks.apart(actor, trial.held, settings)
        except Forbidden:
            continue
        yield actor


def doer(trial: Trial, task: OpenTask, by: str, at: datetime) -> Actor:
    """Who does an open task: a person, the first with a role who may, or, if `by` is empty, the first who may at all.

    Whether a person may is for the step to say, in the engine's own words.
    """
    if (person := trial.town.person(by)) is not None:
        return person
    for actor in able(trial, task, at):
        if not by or by in permissions.roles(actor, at):
            return actor
    name = trial.scenario.task_name(task.element)
    if by:
        raise Forbidden("环节“{task}”不能由 {by} 办理。", task=name, by=by)
    raise Forbidden("环节“{task}”没有人能办理：请检查它的角色、候选范围和办理人。", task=name)


def shift(trial: Trial, at: datetime) -> Actor:
    """Somebody who runs the shift over the case."""
    return next(one for one in trial.town.people if permissions.may(one, checks.OVER, trial.held.reach, at))
