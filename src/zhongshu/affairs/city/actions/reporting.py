"""Telling the city what one saw."""

from datetime import datetime
from uuid import UUID

from zhongshu.affairs.city import rules
from zhongshu.affairs.city.actions import allowed
from zhongshu.affairs.city.rules import sources
from zhongshu.affairs.city.rules.events import NewEvent
from zhongshu.affairs.city.rules.on_the_spot import HANDLED
from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import VOICE
from zhongshu.engine.cases.queries import contacts, duplicates, scenarios
from zhongshu.engine.cases.queries.duplicates import Known
from zhongshu.engine.cases.rules import attached, starting
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.signals import Reading
from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import rules as people
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes


def report(event: NewEvent, *, by: Actor, at: datetime) -> cases.Opened:
    """Take a report in: checks place, category and answers, opens the case, lets it run until people are awaited."""
    scenario, told = ready(event, by, at)
    if not event.device:
        return cases.open_case(scenario, told, by=by, at=at)
    reading = Reading(sources.device(event.device), sources.observed(event.observed, at), event.confidence)
    allowed.often(event, reading.device, told.key, by, at)
    return cases.signal(scenario, told, reading, by=by, at=at)


def retract(key: str, reason: str, *, by: Actor, at: datetime) -> cases.Retracted:
    """Take back an alarm that `by` sent with this key: it was false. Twice is once."""
    return cases.retract(rules.key(by.id, key), reason, by=by, at=at)


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

    None where its point is not known, where its source does not ask, or where it was sent before: then it has its case.
    """
    offered = sources.RULES[event.source].known == "offer"
    if not offered or event.lon is None or event.lat is None or _told_before(event, by):
        return []
    rules.point(event.lon, event.lat)
    return duplicates.known(event.category, event.lon, event.lat, rules.text(event.answers))


def _told_before(event: NewEvent, by: Actor) -> bool:
    return contacts.received(rules.key(by.id, event.key)) is not None


def ready(event: NewEvent, by: Actor, at: datetime) -> tuple[Scenario, cases.Report]:
    """The scenario and the report an event would open a case with; a refusal says what is wrong. Writes nothing."""
    rule = sources.RULES[event.source]
    place = _place(event)
    allowed.teller(rule, event, place, by, at)
    category = catalogue.category(event.category)
    if not category.scenario:
        raise Invalid("请选择更具体的类别。", field="category")
    scenario = scenarios.newest(category.scenario)
    checked = intake.check(scenario.form, event.answers)
    if checked.problems:
        raise intake.Unfit(checked.problems)
    photos = attached.documents(scenario.form, checked.answers)
    if event.voices:
        photos[VOICE] = list(event.voices)
    if event.handled:
        photos[HANDLED] = list(event.handled.photos)
    return scenario, cases.Report(
        key=rules.key(by.id, event.key), source=event.source, category=category.code, title=category.name,
        text=rules.text(checked.answers), place=place, lon=event.lon, lat=event.lat,
        address=rules.address(event.address), answers=dict(checked.answers), photos=photos,
        account=event.account if "account" in rule.hears else None,
        name=people.name(event.name) if event.name else "", phone=people.phone(event.phone) if event.phone else "",
        seen=event.seen, facts=allowed.facts(rule, event, scenario, by) | starting.origins(event.origins),
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
