"""Opening a case from a contact."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import connection, transaction

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import attachments, rows, step
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.state import Change, Held, OpenTask
from zhongshu.engine.processes.rules.happenings import Started
from zhongshu.engine.processes.rules.marking import Marking


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody told. `key` is theirs: the same key is the same contact, however often it is sent.

    `place` is the finest place code known; `answers` are the checked answers to the scenario's questionnaire; `photos` maps
    question → document ids; `account` is the reporter's, if they have one.
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


@dataclass(frozen=True, slots=True)
class Opened:
    """The case a report opened and the tasks that wait; `again` when it had been sent before (then there is no new code)."""

    case_id: UUID
    number: str
    query_code: str = ""
    again: bool = False
    tasks: tuple[OpenTask, ...] = ()


def query_digest(case_id: UUID, code: str) -> bytes:
    """What is kept of a query code (查询码): bound to its case, so that equal codes look different."""
    return hashlib.sha256(case_id.bytes + code.encode()).digest()


@transaction.atomic
def open_case(scenario: Scenario, report: Report, *, by: Actor, at: datetime) -> Opened:
    """Open a case in a scenario; it runs until people are awaited. Sending the same contact again opens nothing new."""
    case_id = uuid_utils.compat.uuid7(nanoseconds=int(at.timestamp() * 1e9))
    code = f"{secrets.randbelow(10**8):08d}"
    if not _insert_contact(case_id, report, query_digest(case_id, code), at):
        return _known(report.key)
    held = _new(scenario, case_id, report, at)
    change = step.take(scenario, held, dict(held.data), Started(), at)
    prefix = f"{scenario.settings.prefix}{at:%y%m%d}"
    with rows.pipeline():
        number = rows.insert(held, change, prefix=prefix, address=report.address)
        position = Position(report.lon, report.lat, at) if report.lon is not None and report.lat is not None else None
        attachments.attach(case_id, None, report.photos, position, at)
        journal.record(
            subject=("case", str(case_id)), verb="case.opened", by=by, at=at, reach=change.reach,
            body=_told(report, number, change),
        )  # fmt: skip
    return Opened(case_id, number, code, tasks=tuple(change.opened))


def _told(report: Report, number: str, change: Change) -> dict[str, Any]:
    return {
        "number": number, "source": report.source, "category": report.category, "place": report.place,
        "phase": [None, change.phase], "body": change.body, "served": change.served, "finished": change.closed is not None,
        "tasks": [{"token": t.token, "element": t.element, "assignee": t.assignee} for t in change.opened],
    }  # fmt: skip


def _new(scenario: Scenario, case_id: UUID, report: Report, at: datetime) -> Held:
    term = scenario.settings.term("case", report.category)
    due = deadlines.due(at, term, calendar.working_days()).at if term else None
    data = {"source": report.source, "category": report.category, "text": report.text, "answers": report.answers}
    return Held(
        id=case_id, number="", scenario=scenario.code, version=scenario.version, category=report.category,
        title=report.title, phase=next(iter(scenario.settings.phases)), source=report.source, opened=at, due=due, closed=None,
        place=report.place, lon=report.lon, lat=report.lat, body=None, reach=step.reach_of(report.place, None), data=data,
        marking=Marking(), revision=0,
    )  # fmt: skip


def _insert_contact(case_id: UUID, report: Report, digest: bytes, at: datetime) -> bool:
    """Keep the contact; False when one with this key is there already."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO cases_contact (case_id, id, key, account, name, phone, source, text, received,
                                          query_digest)
               VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING""",
            [case_id, uuid_utils.compat.uuid7(), report.key, report.account, report.name, report.phone, report.source,
             report.text, at, digest],
        )  # fmt: skip
        return cursor.rowcount == 1


def _known(key: str) -> Opened:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.number FROM cases_contact k JOIN cases_case c ON c.id = k.case_id WHERE k.key = %s", [key]
        )
        case_id, number = cursor.fetchone()
    return Opened(case_id, number, again=True)

