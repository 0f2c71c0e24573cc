"""Starting a case that no report of a place begins: an official, an applicant or a program does, by a form."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions.opening import Opened, Report, open_case
from zhongshu.engine.cases.queries import starting
from zhongshu.engine.cases.rules import attached
from zhongshu.engine.cases.rules import starting as rules
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.starting import Start
from zhongshu.engine.intake.rules import questionnaire as intake


def start(scenario: Scenario, start: Start, *, by: Actor, at: datetime) -> Opened:
    """Start a case of a scenario that may be started so; sending the same start again opens nothing new.

    Forbidden for who may not; `Unfit` with what is wrong beside which question.
    """
    return open_case(scenario, ready(scenario, start, by, at), by=by, at=at)


def ready(scenario: Scenario, start: Start, by: Actor, at: datetime) -> Report:
    """What starting would open a case with; refused like `start`, but for deadlines. Writes nothing."""
    settings = rules.door(scenario.settings, start.starter, by)
    starting.category(scenario, start.category)
    answers = _checked(scenario.form, start.answers)
    where = starting.place(settings.place, answers, by)
    starting.allowed(scenario, start.starter, where, by, at)
    office = start.starter != "applicant"
    facts = rules.fact(by, by.body) if office else {}
    return Report(
        key=rules.key(by.id, start.key), source=start.starter, category=start.category,
        title=rules.title(scenario.settings, settings, answers), text="", place=where.place, lon=where.lon,
        lat=where.lat, address=where.address, answers=answers, photos=attached.documents(scenario.form, answers),
        account=None if office else by.id, facts=facts | rules.origins(start.origins),
        coded=False,
    )  # fmt: skip


def _checked(form: intake.Questionnaire, given: Mapping[str, Any]) -> dict[str, Any]:
    checked = intake.check(form, given)
    if problems := checked.problems | starting.strange_bodies(form, checked.answers):
        raise intake.Unfit(problems)
    return dict(checked.answers)
