"""The rows of a case in plain SQL: reading under the lock and writing a step, each in one round trip."""

import json
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import msgspec
import psycopg
from django.db import connection

from zhongshu.base.http.refusals import Absent
from zhongshu.engine.cases.rules.state import Change, Held, OpenTask
from zhongshu.engine.processes.rules.marking import Marking

_LOCK = "SELECT 1 FROM cases_case WHERE id = %s FOR UPDATE"
# A statement of its own after the lock: its snapshot sees what the step before us wrote.
_READ = """
SELECT id, number, scenario, version, category, title, phase, source, opened, due, closed, place, lon, lat, body, reach,
       data::text, marking::text, revision,
       (SELECT json_agg(json_build_array(token, element, phase, role, pool, assignee, opened, due, claimed, arrived) ORDER BY token)
        FROM cases_task t WHERE t.case_id = c.id AND t.closed IS NULL)::text
FROM cases_case c WHERE id = %s
"""


def pipeline() -> AbstractContextManager[Any]:
    """Send the statements inside without waiting for each answer (libpq pipeline mode)."""
    return cast(psycopg.Connection, connection.connection).pipeline()


def read_locked(case_id: UUID) -> Held:
    """The case and its open tasks, locked until the transaction ends; Absent when there is none."""
    with connection.cursor() as lock, connection.cursor() as read:
        with pipeline():
            lock.execute(_LOCK, [case_id])
            read.execute(_READ, [case_id])
        row = read.fetchone()
    if row is None:
        raise Absent("没有找到这个办件。")
    *plain, reach, data, marking, revision, tasks = row
    return Held(
        *plain,
        reach=tuple(reach),
        data=json.loads(data),
        marking=Marking.from_json(json.loads(marking)),
        revision=revision,
        tasks=tuple(_task(task) for task in json.loads(tasks or "[]")),
    )


def _task(row: list[Any]) -> OpenTask:
    *plain, opened, due, claimed, arrived = row
    return OpenTask(*plain, *(moment and datetime.fromisoformat(moment) for moment in (opened, due, claimed, arrived)))


_INSERT = """
INSERT INTO cases_case (id, number, scenario, version, category, title, phase, source, opened, due, closed, place, lon, lat,
                        address, body, reach, data, marking, revision)
VALUES (%(id)s, %(prefix)s || to_char(nextval('cases_number'), 'FM00000000'), %(scenario)s, %(version)s, %(category)s,
        %(title)s, %(phase)s, %(source)s, %(opened)s, %(due)s, %(closed)s, %(place)s, %(lon)s, %(lat)s, %(address)s,
        %(body)s, %(reach)s::bigint[], %(data)s::jsonb, %(marking)s::jsonb, 1)
RETURNING number
"""

_UPDATE = """
UPDATE cases_case SET phase = %(phase)s, body = %(body)s, reach = %(reach)s::bigint[], closed = %(closed)s,
       data = %(data)s::jsonb, marking = %(marking)s::jsonb, revision = revision + 1
WHERE id = %(id)s
"""

_TASKS = """
INSERT INTO cases_task (case_id, token, element, phase, role, pool, assignee, opened, due)
SELECT %(id)s, token, element, phase, role, pool, assignee, opened, due
FROM jsonb_to_recordset(%(rows)s::jsonb) AS t (token int, element text, phase text, role text, pool bigint, assignee uuid,
                                               opened timestamptz, due timestamptz)
"""

_DONE = """
UPDATE cases_task t SET closed = %(at)s, ending = d.ending, closed_by = d.by, outcome = d.outcome
FROM jsonb_to_recordset(%(rows)s::jsonb) AS d (token int, ending text, by uuid, outcome jsonb)
WHERE t.case_id = %(id)s AND t.token = d.token
"""

_REACH = """
INSERT INTO cases_reach (case_id, ancestor, opened, running)
SELECT %(id)s, unnest(%(reach)s::bigint[]), %(opened)s, %(running)s
"""


def plain(value: Any) -> str:
    """A value as JSON text for a jsonb parameter."""
    return msgspec.json.encode(value).decode()


def _state(change: Change) -> dict[str, Any]:
    return {
        "phase": change.phase, "body": change.body, "reach": list(change.reach), "closed": change.closed,
        "data": plain(change.data), "marking": plain(change.marking.to_json()),
    }  # fmt: skip


def insert(held: Held, change: Change, *, prefix: str, address: str) -> str:
    """Write a new case with its first tasks; returns its number. Call inside a transaction."""
    known = ("id", "scenario", "version", "category", "title", "source", "opened", "due", "place", "lon", "lat")
    row = {name: getattr(held, name) for name in known} | _state(change) | {"prefix": prefix, "address": address}
    with connection.cursor() as number, connection.cursor() as cursor:
        number.execute(_INSERT, row)
        _write_reach(cursor, held, change)
        _write_tasks(cursor, held.id, change, held.opened)
        return number.fetchone()[0]


def update(held: Held, change: Change, at: datetime) -> None:
    """Write what a step altered. Call inside a transaction that holds the case's lock."""
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, {"id": held.id} | _state(change))
        if change.reach != held.reach:
            cursor.execute("DELETE FROM cases_reach WHERE case_id = %s", [held.id])
            _write_reach(cursor, held, change)
        elif change.closed:
            cursor.execute("UPDATE cases_reach SET running = false WHERE case_id = %s", [held.id])
        _write_tasks(cursor, held.id, change, at)


def _write_reach(cursor: Any, held: Held, change: Change) -> None:
    row = {"id": held.id, "reach": list(change.reach), "opened": held.opened, "running": change.closed is None}
    cursor.execute(_REACH, row)


def _write_tasks(cursor: Any, case_id: UUID, change: Change, at: datetime) -> None:
    if change.done:
        cursor.execute(_DONE, {"id": case_id, "at": at, "rows": plain(change.done)})
    if change.opened:
        cursor.execute(_TASKS, {"id": case_id, "rows": plain(change.opened)})
    for token, element in change.cancelled:
        cursor.execute(
            "DELETE FROM cases_timer WHERE case_id = %s AND token = %s AND element = %s", [case_id, token, element]
        )
    for token, element, due in change.timers:
        cursor.execute("INSERT INTO cases_timer VALUES (%s, %s, %s, %s)", [case_id, token, element, due])
