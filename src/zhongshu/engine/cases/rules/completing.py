"""What the outcome of a task makes of its case. Pure."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.rules import asking, attached, checks, signing
from zhongshu.engine.cases.rules import whistle as whistles
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.intake.rules import questionnaire as intake


def ready(
    scenario: Scenario,
    held: Held,
    task: OpenTask,
    by: Actor,
    reach: Collection[int],
    position: Position | None,
    at: datetime,
) -> float | None:
    """Refuse unless the actor may complete the task now, from where they stand; metres to the case, where known.

    `reach`: what the task's role must be held over.
    """
    settings = scenario.settings.tasks[task.element]
    checks.allowed(by, reach, task, at)
    checks.running(held)
    checks.apart(by, held, settings)
    signing.ready(held, task)
    return checks.in_place(held, settings, position)


def after(
    scenario: Scenario, held: Held, task: OpenTask, outcome: Mapping[str, Any], by: Actor, at: datetime
) -> dict[str, Any]:
    """The case's data with the outcome, and with what it says of a whistle; a signature is no outcome of its task."""
    if task.signs is not None:
        return signing.signed(held, task, outcome)
    facts = checks.facts(held.data, task.element, outcome, by.id, at, by.behalf)
    if asking.asks(scenario.net, scenario.settings, task.element):
        return asking.noted(held.data, facts, task.element, -task.pool)
    body = -task.pool if whistles.answers(held.data, task.element) else held.body
    return {**whistles.noted(scenario.settings, facts, task.element, body, outcome, by.id, at)}


def checked(
    form: intake.Questionnaire | None, answers: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, list[UUID]]]:
    """The answers in their form's terms, and its documents apart. Unfit names everything that is wrong at once."""
    if form is None:
        if answers:
            raise Invalid("这个环节不需要填写内容。")
        return {}, {}
    found = intake.check(form, answers)
    if found.problems:
        raise intake.Unfit(found.problems)
    return dict(found.answers), attached.documents(form, found.answers)
