"""The rows of a case in plain SQL: reading under the lock and writing a step, each in one round trip."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from zhongshu.base.http.refusals import Absent
from zhongshu.base.journal import actions as journal
from zhongshu.engine.cases.rules import alarms
from zhongshu.engine.cases.rules.state import WHOLE, Change, Held, OpenTask
from zhongshu.engine.processes.rules.marking import Marking

# The case's row is read as it is once the lock is ours, its tasks as they were when the statement began: that is the
# same unless a step came between, which `seen` tells.
_READ = """
SELECT id, number, scenario, version, category, title, phase, source, opened, due, closed, place, lon, lat, body, reach,
       data::text, marking::text, revision,
       (SELECT revision FROM cases_case s WHERE s.id = c.id) AS seen,
       (SELECT json_agg(json_build_array(token, element, phase, role, pool, assignee, opened, due, claimed, arrived,
                                          taken_from, signs)
                        ORDER BY token)
        FROM cases_task t WHERE t.case_id = c.id AND t.closed IS NULL)::text,
       (SELECT started FROM cases_pause p WHERE p.case_id = c.id AND p.ended IS NULL)
FROM cases_case c WHERE id = %s FOR UPDATE OF c
"""


def read_locked(case_id: UUID) -> Held:
    """The case and its open tasks, locked until the transaction ends; Absent when there is none. One statement."""
    row = _read(case_id)
    if row is not None and row[-4] != row[-3]:
        row = _read(case_id)
    if row is None:
        raise Absent("没有找到这个办件。")
    *plain, reach, data, marking, revision, _, tasks, stopped = row
    state, open_tasks = Marking.from_json(json.loads(marking)), tuple(_task(task) for task in json.loads(tasks or "[]"))
    parsed: list[Any] = [tuple(reach), json.loads(data), state, revision, open_tasks, stopped]
    return Held(*plain, *parsed)


def _read(case_id: UUID) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [case_id])
        return cursor.fetchone()


def _task(row: list[Any]) -> OpenTask:
    *plain, opened, due, claimed, arrived, taken_from, signs = row
    moments = (moment and datetime.fromisoformat(moment) for moment in (opened, due, claimed, arrived))
    rest: list[Any] = [*moments, tuple(taken_from), signs]
    return OpenTask(*plain, *rest)


# What a step writes goes in one statement: each part touches its own rows, empty parts cost nothing.
_OPENED = """
    INSERT INTO cases_task (case_id, token, element, phase, role, pool, assignee, by_rule, opened, due, alarm, signs)
    SELECT %(id)s, token, element, phase, role, pool, assignee, by_rule, opened, due, alarm, signs
    FROM jsonb_to_recordset(%(opened)s::jsonb) AS t (token int, element text, phase text, role text, pool bigint,
                                                     assignee uuid, by_rule boolean,
                                                     opened timestamptz, due timestamptz, alarm timestamptz,
                                                     signs int)
"""
_TIMERS = """
    INSERT INTO cases_timer (case_id, token, element, due)
    SELECT %(id)s, token, element, due
    FROM jsonb_to_recordset(%(timers)s::jsonb) AS t (token int, element text, due timestamptz)
"""
_JOINED = """
    INSERT INTO cases_reach (case_id, ancestor, opened, running)
    SELECT %(id)s, unnest(%(joined)s::bigint[]), %(since)s, %(running)s
"""

# Nothing is written when the contact's key is known: then no row comes back.
_INSERT = f"""
WITH contact AS (
    INSERT INTO cases_contact (case_id, id, key, account, name, phone, source, text, received, query_digest)
    VALUES (%(id)s, %(contact)s, %(key)s, %(account)s, %(name)s, %(phone_number)s, %(source)s, %(text)s, %(since)s,
            %(digest)s)
    ON CONFLICT (key) DO NOTHING RETURNING 1
), fresh AS (
    INSERT INTO cases_case (id, number, scenario, version, category, title, phase, source, opened, due, closed, place,
                            lon, lat, address, body, reach, data, marking, revision, alarm)
    SELECT %(id)s, %(number)s, %(scenario)s, %(version)s, %(category)s, %(title)s, %(phase)s, %(source)s, %(since)s,
           %(due)s, %(closed)s, %(place)s, %(lon)s, %(lat)s, %(address)s, %(body)s, %(reach)s::bigint[],
           %(data)s::jsonb, %(marking)s::jsonb, 1, %(alarm)s FROM contact
    RETURNING 1
), reach AS ({_JOINED} FROM fresh
), tasks AS ({_OPENED} CROSS JOIN fresh
), timers AS ({_TIMERS} CROSS JOIN fresh
), {journal.part("fresh")}
SELECT 1 FROM fresh
"""

_UPDATE = f"""
WITH done AS (
    UPDATE cases_task t SET closed = coalesce(d.at, %(at)s), ending = d.ending, closed_by = d.by, outcome = d.outcome
    FROM jsonb_to_recordset(%(done)s::jsonb) AS d (token int, ending text, by uuid, outcome jsonb, at timestamptz)
    WHERE t.case_id = %(id)s AND t.token = d.token
), opened AS ({_OPENED}
), cancelled AS (
    DELETE FROM cases_timer t USING jsonb_to_recordset(%(cancelled)s::jsonb) AS c (token int, element text)
    WHERE t.case_id = %(id)s AND t.token = c.token AND t.element = c.element
), timers AS ({_TIMERS}
), gone AS (
    DELETE FROM cases_reach WHERE case_id = %(id)s AND ancestor = ANY(%(left)s::bigint[])
), ended AS (
    UPDATE cases_reach SET running = false
    WHERE NOT %(running)s AND case_id = %(id)s AND ancestor <> ALL(%(left)s::bigint[])
), joined AS ({_JOINED}
), {journal.part()}
UPDATE cases_case SET phase = %(phase)s, body = %(body)s, reach = %(reach)s::bigint[], closed = %(closed)s,
       data = %(data)s::jsonb, marking = %(marking)s::jsonb, revision = revision + 1
WHERE id = %(id)s
"""


Entry = Mapping[str, Any]
"""What `journal.row` makes of an entry: it is written in the statement of the change it tells of."""


def plain(value: Any) -> str:
    """A value as JSON text for a jsonb parameter."""
    return msgspec.json.encode(value).decode()


def _state(held: Held, change: Change) -> dict[str, Any]:
    """The parameters that writing a new case and moving an old one share."""
    return {
        "id": held.id, "since": held.opened, "phase": change.phase, "body": change.body, "reach": list(change.reach),
        "closed": change.closed, "running": change.closed is None, "data": plain(change.data),
        "marking": plain(change.marking.to_json()), "opened": plain(change.opened),
        "timers": plain([{"token": token, "element": element, "due": due} for token, element, due in change.timers]),
    }  # fmt: skip


_KNOWN = ("number", "scenario", "version", "category", "title", "source", "due", "place", "lon", "lat")


def insert(held: Held, change: Change, contact: Mapping[str, Any], entry: Entry, *, address: str) -> bool:
    """Write a new case with its contact, first tasks and entry; False, and nothing, when the contact's key is known.

    `contact`: id, key, account, name, phone_number, text, digest. One statement: it is whole without a transaction.
    """
    row = {name: getattr(held, name) for name in _KNOWN} | _state(held, change) | dict(contact)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            row
            | {**entry, "address": address, "joined": list(change.reach)}
            | {"alarm": alarms.first(held.opened, held.due)},
        )
        return cursor.fetchone() is not None


def update(held: Held, change: Change, entry: Entry, at: datetime) -> None:
    """Write what a step altered and its entry. Call inside a transaction that holds the case's lock."""
    left, joined = held.left(change.reach), held.joined(change.reach)
    cancelled = [{"token": token, "element": element} for token, element in change.cancelled]
    row = _state(held, change) | {"at": at, "left": left, "joined": joined}
    with connection.cursor() as cursor:
        cursor.execute(_UPDATE, row | {**entry, "done": plain(change.done), "cancelled": plain(cancelled)})


_DECLINE = """assignee = NULL, by_rule = false, taken_from = '{}', claimed = NULL, arrived = NULL,
              declined = array_append(declined, %(by)s::uuid)"""


def decline(held: Held, token: int, by: str, entry: Entry) -> None:
    """Free an open task of its holder, keep that they gave it back, and write the entry that tells of it."""
    _touch(held, token, _DECLINE, {"by": by}, entry)


def touch(held: Held, token: int, entry: Entry, **columns: Any) -> None:
    """Set columns of an open task, and write the entry that tells of it."""
    _touch(held, token, ", ".join(f"{name} = %({name})s" for name in columns), columns, entry)


def _touch(held: Held, token: int, changes: str, values: Mapping[str, Any], entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH task AS (UPDATE cases_task SET {changes} WHERE case_id = %(id)s AND token = %(token)s),
                {journal.part()}
                UPDATE cases_case SET revision = revision + 1 WHERE id = %(id)s""",
            {**values, **entry, "id": held.id, "token": token},
        )


def set_alarm(held: Held, token: int, entry: Entry, **columns: Any) -> None:
    """Set when a deadline speaks up next, an open task's or the case's own, and write this time's entry."""
    if token != WHOLE:
        touch(held, token, entry, **columns)
    else:
        touch_case(held, entry, **columns)


def touch_case(held: Held, entry: Entry, **columns: Any) -> None:
    """Write an entry about the whole case, and set columns of it; its revision is the number of its last entry."""
    changes = "".join(f"{name} = %({name})s, " for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {journal.part()} UPDATE cases_case SET {changes} revision = revision + 1 WHERE id = %(id)s",
            {**columns, **entry, "id": held.id},
        )
