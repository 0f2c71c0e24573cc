"""A case before its first step: what a report makes it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.base.calendar.rules import WorkingDays
from zhongshu.engine.cases.rules import limits
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.state import Held
from zhongshu.engine.processes.rules.happenings import Started
from zhongshu.engine.processes.rules.marking import Marking


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody told. `key` is theirs: the same key is the same contact, however often it is sent. `seen`: when
    they saw it, if that is earlier than it came.

    `place` is the finest place code known; `answers` are the checked answers to the scenario's questionnaire; `photos`
    maps question → document ids; `account` is the reporter's, if they have one. `facts` stand in the case's data beside
    them, and in its first entry: what the source knows and nobody is asked. `coded`: whether they get a query code.
    """

    key: str
    source: str
    category: str
    title: str
    text: str
    place: int
    lon: float | None
    lat: float | None
    address: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    photos: dict[str, list[UUID]] = field(default_factory=dict)
    account: str | None = None
    name: str = ""
    phone: str = ""
    seen: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    coded: bool = True


def started(scenario: Scenario, source: str) -> Started:
    """How a case from this source begins."""
    return Started(scenario.settings.starts.get(source, ""))


def fresh(
    scenario: Scenario,
    report: Report,
    case_id: UUID,
    number: str,
    reach: tuple[int, ...],
    days: WorkingDays,
    at: datetime,
) -> Held:
    """The case that a report opens, before its process has begun; `reach` is what lies over its place."""
    data = {"source": report.source, "category": report.category, "text": report.text, "answers": report.answers}
    data |= report.facts
    due = limits.due(scenario.settings, data, "case", report.category, at, days)
    return Held(
        id=case_id, number=number, revision=0, scenario=scenario.code, version=scenario.version,
        category=report.category, title=report.title, phase=next(iter(scenario.settings.phases)),
        source=report.source, opened=at, due=due, closed=None, place=report.place, lon=report.lon, lat=report.lat,
        body=None, reach=reach, data=data, marking=Marking(),
    )  # fmt: skip
