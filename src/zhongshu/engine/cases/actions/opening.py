"""Opening a case from a contact."""

import secrets
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import connection, transaction

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import doors
from zhongshu.engine.cases.actions import acting, attachments, in_time, numbers, rows, step
from zhongshu.engine.cases.queries import dues
from zhongshu.engine.cases.queries.reach import reach_of
from zhongshu.engine.cases.rules import alarms
from zhongshu.engine.cases.rules import sent as sending
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.contacts import query_digest
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.sent import Sent
from zhongshu.engine.cases.rules.state import Held, OpenTask, told
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


@dataclass(frozen=True, slots=True)
class Opened:
    """The case a report opened and the tasks that wait; `again`: it had been sent before, so there is no new code.

    `times`: how often the same device has now told of it; from the second time on it `joined` the case.
    """

    case_id: UUID
    number: str
    query_code: str = ""
    again: bool = False
    tasks: tuple[OpenTask, ...] = ()
    times: int = 1

    @property
    def joined(self) -> bool:
        return self.times > 1


def open_case(scenario: Scenario, report: Report, *, by: Actor, at: datetime) -> Opened:
    """Open a case in a scenario; it runs until people are awaited. Sending the same contact again opens nothing new.

    By who acts for another it is their principal's, within the matters of the mandate, and comes without a query code.
    """
    acting.may_tell(scenario.code, report.category, by)
    with transaction.atomic() if _in_parts(scenario, report) else nullcontext():
        return _open(scenario, report, by, at)


def _in_parts(scenario: Scenario, report: Report) -> bool:
    """Whether more than the one statement of the case itself is written: photos, or what a service does."""
    services = scenario.net.services()
    return any(report.photos.values()) or any(doors.handlers[service.handler].writes for service in services)


def _open(scenario: Scenario, report: Report, by: Actor, at: datetime) -> Opened:
    attachments.own(report.photos, by)
    held = _new(scenario, report, at)
    change = step.take(scenario, held, dict(held.data), Started(scenario.settings.starts.get(report.source, "")), at)
    in_time.refuse_past(scenario, held, change, "answers", at)
    code = new_code(by) if report.coded else ""
    sent = Sent(done=report.seen)
    seen = sending.moment(sent, at - sending.OLDEST, at)
    entry = journal.row(
        subject=("case", str(held.id)), verb="case.opened", by=by, at=at, reach=change.reach,
        body=told(held, change) | sending.said(sent, seen, at)
        | {"source": report.source, "phase": [None, change.phase], "joined": [], **report.facts},
    )  # fmt: skip
    alarm = alarms.first(at, held.due, scenario.settings.alarms)
    if not rows.insert(held, change, _contact(held.id, report, code, by), entry, address=report.address, alarm=alarm):
        return known(report.key)
    position = Position(report.lon, report.lat, seen) if report.lon is not None and report.lat is not None else None
    attachments.attach(held.id, None, report.photos, position, seen)
    return Opened(held.id, held.number, code, tasks=tuple(change.opened))


def new_code(by: Actor) -> str:
    """A query code for who tells; none for who acts for another: they would keep it when their mandate is gone."""
    return "" if by.mandate else f"{secrets.randbelow(10**8):08d}"


def behalf(by: Actor) -> str | None:
    """Whose a contact is that `by` makes for another."""
    return by.behalf if by.mandate else None


def _contact(case_id: UUID, report: Report, code: str, by: Actor) -> dict[str, Any]:
    return {
        "contact": uuid_utils.compat.uuid7(), "key": report.key, "account": report.account, "behalf": behalf(by),
        "name": report.name, "phone_number": report.phone, "text": report.text,
        "digest": query_digest(case_id, code) if code else None,
    }  # fmt: skip


def _new(scenario: Scenario, report: Report, at: datetime) -> Held:
    data = {"source": report.source, "category": report.category, "text": report.text, "answers": report.answers}
    data |= report.facts
    due = dues.due(scenario.settings, data, "case", report.category, at)
    return Held(
        id=uuid_utils.compat.uuid7(nanoseconds=int(at.timestamp() * 1e9)),
        number=numbers.next_number(f"{scenario.settings.prefix}{at:%y%m%d}"), revision=0,
        scenario=scenario.code, version=scenario.version, category=report.category, title=report.title,
        phase=next(iter(scenario.settings.phases)), source=report.source, opened=at, due=due, closed=None,
        place=report.place, lon=report.lon, lat=report.lat, body=None, reach=reach_of(report.place), data=data,
        marking=Marking(),
    )  # fmt: skip


def known(key: str) -> Opened:
    """The case of the contact with this key, which is there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.number FROM cases_contact k JOIN cases_case c ON c.id = k.case_id WHERE k.key = %s", [key]
        )
        case_id, number = cursor.fetchone()
    return Opened(case_id, number, again=True)
