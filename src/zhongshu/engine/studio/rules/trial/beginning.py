"""How a trial begins."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from zhongshu.base.permissions import rules as permissions
from zhongshu.engine.cases.rules import alarms, opening, reach, starting
from zhongshu.engine.cases.rules.opening import Report
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.state import WHOLE
from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.engine.studio.rules.trial.city import APPLICANT, Town
from zhongshu.engine.studio.rules.trial.moving import go
from zhongshu.engine.studio.rules.trial.paper import Alarm, Said, Trial, as_kept
from zhongshu.engine.studio.rules.trial.steps import Begin

CASE = UUID("019b0000-0000-7000-8000-ffffffffffff")
"""The one case of a trial."""


def begin(scenario: Scenario, begun: Begin, town: Town) -> Trial:
    """A case of the scenario, begun in the town; it runs until people are awaited.

    Answers that do not fit the form are refused as `intake.Unfit`, its `problems` by question.
    """
    checked = intake.check(scenario.form, begun.answers)
    if checked.problems:
        raise intake.Unfit(checked.problems)
    (lon, lat), number = town.spot or (None, None), f"{scenario.settings.prefix}{begun.at:%y%m%d}0001"
    report = Report(
        key=str(CASE), source=begun.source, category=begun.category, title=_title(scenario, checked.answers),
        text=begun.text, place=town.place, lon=lon, lat=lat, answers=dict(checked.answers),
        facts=_started(scenario, begun, town) | begun.facts,
    )  # fmt: skip
    held = opening.fresh(scenario, report, CASE, number, reach.over(town.place, ()), town.days, begun.at)
    held = replace(held, data=as_kept(held.data))
    empty = Trial(scenario, town, begun.at, held, begun, outcomes=begun.outcomes)
    began = go(
        empty,
        opening.started(scenario, begun.source),
        "case.opened",
        APPLICANT.id,
        begun.at,
        Said("办件开始。"),
        form="answers",
    )
    (entry,) = began.entries
    first = replace(entry, facts={**entry.facts, "source": begun.source, "phase": [None, began.held.phase]})
    due = Alarm(alarms.first(begun.at, held.due, scenario.settings.alarms))
    return replace(began, entries=(first,), alarms={**began.alarms, WHOLE: due})


def _title(scenario: Scenario, answers: Mapping[str, Any]) -> str:
    start = scenario.settings.start
    return starting.title(scenario.settings, start, answers) if start else scenario.settings.name


def _started(scenario: Scenario, begun: Begin, town: Town) -> dict[str, Any]:
    """What the case keeps of the official or program that starts it: the first in the town who has a role for it."""
    start = scenario.settings.start
    if start is None or begun.source not in ("official", "program"):
        return {}
    able = (one for one in town.people if not start.roles or permissions.roles(one, begun.at) & {*start.roles})
    starter = next(able, None)
    return starting.fact(starter, starter.body) if starter else {}
