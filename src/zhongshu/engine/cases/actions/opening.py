"""Opening a case from a contact."""

import secrets
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import connection, transaction

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import doors
from zhongshu.engine.cases.actions import acting, attachments, numbers, rows, step
from zhongshu.engine.cases.queries.reach import reach_of
from zhongshu.engine.cases.rules import alarms, in_time, opening
from zhongshu.engine.cases.rules import sent as sending
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.contacts import query_digest
from zhongshu.engine.cases.rules.opening import Report
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.sent import Sent
from zhongshu.engine.cases.rules.state import Held, OpenTask, told


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
    change = step.take(scenario, held, dict(held.data), opening.started(scenario, report.source), at)
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
    case_id = uuid_utils.compat.uuid7(nanoseconds=int(at.timestamp() * 1e9))
    number = numbers.next_number(f"{scenario.settings.prefix}{at:%y%m%d}")
    return opening.fresh(scenario, report, case_id, number, reach_of(report.place), calendar.working_days(), at)


def known(key: str) -> Opened:
    """The case of the contact with this key, which is there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.number FROM cases_contact k JOIN cases_case c ON c.id = k.case_id WHERE k.key = %s", [key]
        )
        case_id, number = cursor.fetchone()
    return Opened(case_id, number, again=True)
