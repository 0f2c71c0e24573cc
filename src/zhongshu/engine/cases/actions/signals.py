"""Alarms of machines: one open case for a device, a category and a place, however often the device repeats itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import opening
from zhongshu.engine.cases.actions.following import Follower, follow
from zhongshu.engine.cases.actions.opening import Opened, Report
from zhongshu.engine.cases.queries import contacts
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.signals import Reading

_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended(%(sender)s || '/' || %(device)s, 0))"
# The newest alarm of the device about this tells which case is the last; where that went if it was merged.
_OPEN = """
SELECT m.id, (SELECT count(*) FROM cases_signal o WHERE o.case_id = s.case_id AND o.sender = s.sender
              AND o.device = s.device)
FROM (SELECT case_id, sender, device FROM cases_signal
      WHERE sender = %(sender)s AND device = %(device)s AND category = %(category)s AND place = %(place)s
      ORDER BY received DESC LIMIT 1) s
JOIN cases_case c ON c.id = s.case_id JOIN cases_case m ON m.id = coalesce(c.master, c.id)
WHERE m.closed IS NULL
"""
_KEEP = """
WITH signal AS (
    INSERT INTO cases_signal (case_id, contact, sender, device, category, place, observed, received, confidence, effect)
    SELECT case_id, id, %(sender)s, %(device)s, %(category)s, %(place)s, %(observed)s, %(at)s, %(confidence)s, ''
    FROM cases_contact WHERE key = %(key)s
)
INSERT INTO cases_device AS d (sender, device, first, last, alarms, cases)
VALUES (%(sender)s, %(device)s, %(at)s, %(at)s, 1, %(opened)s)
ON CONFLICT (sender, device) DO UPDATE SET
    last = greatest(d.last, excluded.last), alarms = d.alarms + 1, cases = d.cases + excluded.cases
"""


@transaction.atomic
def signal(scenario: Scenario, report: Report, reading: Reading, *, by: Actor, at: datetime) -> Opened:
    """Take a machine's alarm in: it joins the case the device told of before while that is open, else opens one.

    The same key again is the same alarm, as with any report. What one device sends is taken in one after the other.
    """
    given: dict[str, Any] = {
        "sender": by.id, "device": reading.device, "category": report.category, "place": report.place,
        "observed": reading.observed, "confidence": reading.confidence, "key": report.key, "at": at,
    }  # fmt: skip
    _run(_ALONE, given)
    if contacts.received(report.key) is not None:
        return opening.known(report.key)
    before = _run(_OPEN, given)
    if before is None:
        taken = opening.open_case(scenario, report, by=by, at=at)
    else:
        taken = _again(before[0], int(before[1]) + 1, report, reading, by, at)
    _run(_KEEP, {**given, "opened": int(before is None)})
    return taken


def _again(case_id: UUID, times: int, report: Report, reading: Reading, by: Actor, at: datetime) -> Opened:
    """One more alarm on the case, with how often it is now."""
    told = Follower(
        key=report.key, source=report.source, text=report.text, name=report.name, phone=report.phone,
        facts={"device": reading.device, "times": times},
    )  # fmt: skip
    joined = follow(case_id, told, by=by, at=at)
    return Opened(joined.case_id, joined.number, times=times)


def _run(sql: str, given: dict[str, Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchone() if cursor.description else None
