"""Telling the city what one saw."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.affairs.city import rules
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import contacts, duplicates, scenarios
from zhongshu.engine.cases.queries.duplicates import Known
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import rules as people
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What somebody saw in the street. `key` is the sender's own, so that sending twice is one report.

    The place is a WGS-84 point, or for want of one a place code (community or finer) with an address.
    """

    key: str
    source: rules.Source
    category: str
    answers: Mapping[str, Any]
    lon: float | None = None
    lat: float | None = None
    place: str = ""
    address: str = ""
    account: str | None = None
    name: str = ""
    phone: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def report(event: NewEvent, *, by: Actor, at: datetime) -> cases.Opened:
    """Take a report in: checks place, category and answers, opens the case, lets it run until people are awaited."""
    scenario, told = ready(event, by, at)
    return cases.open_case(scenario, told, by=by, at=at)


def follow(event: NewEvent, case_id: UUID, *, by: Actor, at: datetime) -> cases.Opened:
    """Join what an event tells of to a running case about the same thing, instead of opening another."""
    if case_id not in {one.row.id for one in known(event, by)} and not _told_before(event, by):
        raise Conflict("这件事已经办结或有了变化，请重新核对后再提交。")
    told = cases.Follower(
        key=rules.key(by.id, event.key), source=event.source, text=rules.text(event.answers), account=event.account,
        name=people.name(event.name) if event.name else "", phone=people.phone(event.phone) if event.phone else "",
    )  # fmt: skip
    return cases.follow(case_id, told, by=by, at=at)


def known(event: NewEvent, by: Actor) -> list[Known]:
    """The running cases an event is likely about, likest first.

    None where its point is not known, or where it was sent before: then it has its case.
    """
    if event.lon is None or event.lat is None or _told_before(event, by):
        return []
    rules.point(event.lon, event.lat)
    return duplicates.known(event.category, event.lon, event.lat, rules.text(event.answers))


def _told_before(event: NewEvent, by: Actor) -> bool:
    return contacts.received(rules.key(by.id, event.key)) is not None


def ready(event: NewEvent, by: Actor, at: datetime) -> tuple[Scenario, cases.Report]:
    """The scenario and the report an event would open a case with; a refusal says what is wrong. Writes nothing."""
    place = _place(event)
    if event.source not in rules.OPEN_SOURCES and not permissions.may(by, "case.report", places.path_of(place), at):
        raise Forbidden("您没有在这个地方上报事件的职责。")
    category = catalogue.category(event.category)
    if not category.scenario:
        raise Invalid("请选择更具体的类别。", field="category")
    scenario = scenarios.newest(category.scenario)
    checked = intake.check(scenario.form, event.answers)
    if checked.problems:
        raise intake.Unfit(checked.problems)
    photos = {
        f.name: [UUID(d) for d in checked.answers.get(f.name) or ()] for f in scenario.form.fields if f.kind == "photo"
    }
    return scenario, cases.Report(
        key=rules.key(by.id, event.key), source=event.source, category=category.code, title=category.name,
        text=rules.text(checked.answers), place=place, lon=event.lon, lat=event.lat,
        address=rules.address(event.address), answers=dict(checked.answers), photos=photos, account=event.account,
        name=people.name(event.name) if event.name else "", phone=people.phone(event.phone) if event.phone else "",
    )  # fmt: skip


def _place(event: NewEvent) -> int:
    """The finest place code of the report."""
    if event.lon is not None and event.lat is not None:
        rules.point(event.lon, event.lat)
        spot = places.locate(event.lon, event.lat)
        if spot is None:
            raise Invalid("这个位置不在本市范围内。请在地图上重新选点，或拨打所在城市的 12345。", field="point")
        return spot.path[-1]
    if event.place:
        return _known(event.place)
    raise Invalid("请在地图上选择位置，或填写地址。", field="point")


def _known(text: str) -> int:
    """The place with this code: a component's cell, a cell, or a community."""
    code = text.strip()
    path = places.path_of(code if len(code) == codes.COMPONENT_LENGTH else codes.parse(code))
    if not path or codes.level_of(path[-1]) < codes.Level.COMMUNITY or not places.names(path[-1:]):
        raise Invalid("没有编号为 {place} 的社区、网格或部件，请核对。", field="place", place=code[:20])
    return path[-1]
