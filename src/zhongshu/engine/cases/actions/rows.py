"""The rows of a case in plain SQL: reading under the lock and writing a step, each in one round trip."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from zhongshu.base.http.refusals import Absent
from zhongshu.base.journal import actions as journal
from zhongshu.engine.cases.rules.state import WHOLE, Change, Held, OpenTask
from zhongshu.engine.processes.rules.marking import Marking

# One JSON value: the driver and Python have one thing to take apart instead of sixty. The oldest token of the marking
# leaves out the tasks of all the loops a case has been through.
_READ = """
SELECT json_build_array(
           id, number, scenario, version, category, title, phase, source, opened, due, closed, place, lon, lat, body,
           reach, data, marking, revision,
           (SELECT json_agg(json_build_object(
                'token', token, 'element', element, 'phase', phase, 'role', role, 'pool', pool, 'assignee', assignee,
                'opened', opened, 'due', due, 'claimed', claimed, 'arrived', arrived, 'taken_from', taken_from,
                'delegate', delegate, 'signs', signs
            ) ORDER BY token)
            FROM cases_task t
            WHERE t.case_id = c.id AND t.closed IS NULL AND t.token >= (marking #>> '{{tokens,0,id}}')::int),
           (SELECT started FROM cases_pause p WHERE p.case_id = c.id AND p.ended IS NULL)
       )::text, revision{more}
FROM cases_case c WHERE id {which} {lock}
"""
_ROW = msgspec.json.Decoder(
    tuple[
        UUID, str, str, int, str, str, str, str, datetime, datetime | None, datetime | None, int, float | None,
        float | None, int | None, tuple[int, ...], dict[str, Any], dict[str, Any], int, tuple[OpenTask, ...] | None,
        datetime | None,
    ]
)  # fmt: skip
_AS_COMMITTED = _READ.format(more="", which="= %s", lock="")
_MANY = _READ.format(more="", which="= ANY(%s)", lock="")
# The case's row is read as it is once the lock is ours, its tasks as they were when the statement began: that is the
# same unless a step came between, which the revision tells.
_LATEST = ", (SELECT revision FROM cases_case s WHERE s.id = c.id)"
_LOCKED = _READ.format(more=_LATEST, which="= %s", lock="FOR UPDATE OF c")


class CameBetween(Exception):
    """A case read without its lock cannot be written as it was read: do it again under the lock."""


def as_committed(case_id: UUID) -> Held:
    """The case and its open tasks as last committed, without the lock; Absent when there is none. One statement."""
    return _held(_read(_AS_COMMITTED, case_id), tentative=True)


def read_locked(case_id: UUID) -> Held:
    """The case and its open tasks, locked until the transaction ends; Absent when there is none. One statement."""
    row = _read(_LOCKED, case_id)
    if row is not None and row[1] != row[2]:
        row = _read(_LOCKED, case_id)
    return _held(row)


def read(case_ids: Sequence[UUID]) -> list[Held]:
    """These cases as last committed, without a lock: to say what would happen. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_MANY, [list(case_ids)])
        return [_held(row) for row in cursor.fetchall()]


def under_lock(held: Held) -> None:
    """Go on only under the case's lock: for who writes more than the one statement of the step."""
    if held.tentative:
        raise CameBetween


def _read(question: str, case_id: UUID) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, [case_id])
        return cursor.fetchone()


def _held(row: Any, *, tentative: bool = False) -> Held:
    if row is None:
        raise Absent("没有找到这个办件。")
    *plain, marking, revision, tasks, stopped = _ROW.decode(row[0])
    parsed: list[Any] = [*plain, Marking.from_json(marking), revision, tasks or (), stopped, tentative]
    return Held(*parsed)


# What a step writes goes in one statement, each part its own rows; a part not needed is left out, and nothing is
# written when the first one, the case's own row, is not: `step` and `fresh` are empty then.
_OPENED = """
    INSERT INTO cases_task (case_id, token, element, phase, role, pool, assignee, delegate, by_rule, opened, due,
                            alarm, signs)
    SELECT %(id)s, token, element, phase, role, pool, assignee, delegate, by_rule, opened, due, alarm, signs
    FROM jsonb_to_recordset(%(opened)s::jsonb) AS t (token int, element text, phase text, role text, pool bigint,
                                                     assignee uuid, delegate uuid, by_rule boolean,
                                                     opened timestamptz, due timestamptz, alarm timestamptz, signs int)
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
    INSERT INTO cases_contact (case_id, id, key, account, behalf, name, phone, source, text, received, query_digest)
    VALUES (%(id)s, %(contact)s, %(key)s, %(account)s, %(behalf)s, %(name)s, %(phone_number)s, %(source)s, %(text)s,
            %(since)s, %(digest)s)
    ON CONFLICT (key) DO NOTHING RETURNING 1
), fresh AS (
    INSERT INTO cases_case (id, number, scenario, version, category, title, phase, source, opened, due, closed, place,
                            lon, lat, address, body, reach, data, marking, revision, alarm, awaits)
    SELECT %(id)s, %(number)s, %(scenario)s, %(version)s, %(category)s, %(title)s, %(phase)s, %(source)s, %(since)s,
           %(due)s, %(closed)s, %(place)s, %(lon)s, %(lat)s, %(address)s, %(body)s, %(reach)s::bigint[],
           %(data)s::jsonb, %(marking)s::jsonb, 1, %(alarm)s, %(awaits)s::text[] FROM contact
    RETURNING 1
), reach AS ({_JOINED} FROM fresh
), tasks AS ({_OPENED} CROSS JOIN fresh
), timers AS ({_TIMERS} CROSS JOIN fresh
), {journal.part("fresh")}
SELECT 1 FROM fresh
"""

_PARTS = {
    "done": """
    UPDATE cases_task t SET closed = coalesce(d.at, %(at)s), ending = d.ending, closed_by = d.by, outcome = d.outcome
    FROM step, jsonb_to_recordset(%(done)s::jsonb) AS d (token int, ending text, by uuid, outcome jsonb, at timestamptz)
    WHERE t.case_id = %(id)s AND t.token = d.token AND t.token = ANY(%(ending)s::int[])
    """,
    "opened": f"{_OPENED} CROSS JOIN step",
    "cancelled": """
    DELETE FROM cases_timer t USING step, jsonb_to_recordset(%(cancelled)s::jsonb) AS c (token int, element text)
    WHERE t.case_id = %(id)s AND t.token = c.token AND t.element = c.element
    """,
    "timers": f"{_TIMERS} CROSS JOIN step",
    "gone": "DELETE FROM cases_reach USING step WHERE case_id = %(id)s AND ancestor = ANY(%(left)s::bigint[])",
    "ended": """
    UPDATE cases_reach SET running = false FROM step WHERE case_id = %(id)s AND ancestor <> ALL(%(left)s::bigint[])
    """,
    "joined": f"{_JOINED} FROM step",
}
_MOVED = """phase = %(phase)s, body = %(body)s, reach = %(reach)s::bigint[], closed = %(closed)s,
            data = %(data)s::jsonb, marking = %(marking)s::jsonb, awaits = %(awaits)s::text[]"""


@lru_cache(maxsize=1_000)
def _statement(changes: str, tentative: bool, *parts: str) -> str:
    unchanged = "AND revision = %(seen)s" if tentative else ""
    return f"""
WITH step AS (
    UPDATE cases_case SET {changes}{changes and ","} revision = revision + 1 WHERE id = %(id)s {unchanged} RETURNING 1
), {"".join(f"{part}, " for part in parts)}{journal.part("step")}
SELECT 1 FROM step
"""


def _write(held: Held, changes: str, parts: Iterable[str], row: Mapping[str, Any]) -> None:
    """Write what is `SET` of the case's row, the parts and the entry; its revision is the number of its last entry."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(changes, held.tentative, *parts), {**row, "id": held.id, "seen": held.revision})
        if not cursor.rowcount:
            raise CameBetween


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
        "marking": plain(change.marking.to_json()), "awaits": list(change.awaits) or None,
        "opened": plain(change.opened),
        "timers": plain([{"token": token, "element": element, "due": due} for token, element, due in change.timers]),
    }  # fmt: skip


_KNOWN = ("number", "scenario", "version", "category", "title", "source", "due", "place", "lon", "lat")


def insert(
    held: Held, change: Change, contact: Mapping[str, Any], entry: Entry, *, address: str, alarm: datetime | None
) -> bool:
    """Write a new case with its contact, first tasks and entry; False, and nothing, when the contact's key is known.

    `contact`: id, key, account, behalf, name, phone_number, text, digest. One statement: whole without a transaction.
    """
    row = {name: getattr(held, name) for name in _KNOWN} | _state(held, change) | dict(contact)
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            row | {**entry, "address": address, "joined": list(change.reach), "alarm": alarm},
        )
        return cursor.fetchone() is not None


def update(held: Held, change: Change, entry: Entry, at: datetime) -> None:
    """Write what a step altered and its entry, in one statement; CameBetween when the case is not as it was read."""
    left, joined = held.left(change.reach), held.joined(change.reach)
    cancelled = [{"token": token, "element": element} for token, element in change.cancelled]
    needed = {
        "done": change.done, "opened": change.opened, "cancelled": cancelled, "timers": change.timers, "gone": left,
        "ended": change.closed, "joined": joined,
    }  # fmt: skip
    row = _state(held, change) | {"at": at, "left": left, "joined": joined}
    row |= {**entry, "done": plain(change.done), "ending": [done.token for done in change.done]}
    row |= {"cancelled": plain(cancelled)}
    _write(held, _MOVED, [f"{name} AS ({_PARTS[name]})" for name, found in needed.items() if found], row)


_DECLINE = """assignee = NULL, delegate = NULL, by_rule = false, taken_from = '{}', claimed = NULL, arrived = NULL,
              declined = array_append(declined, %(by)s::uuid)"""


def decline(held: Held, token: int, by: str, entry: Entry) -> None:
    """Free an open task of its holder, keep that they gave it back, and write the entry that tells of it."""
    _touch(held, token, _DECLINE, {"by": by}, entry)


def touch(held: Held, token: int, entry: Entry, **columns: Any) -> None:
    """Set columns of an open task, and write the entry that tells of it."""
    _touch(held, token, ", ".join(f"{name} = %({name})s" for name in columns), columns, entry)


def _touch(held: Held, token: int, changes: str, values: Mapping[str, Any], entry: Entry) -> None:
    part = f"task AS (UPDATE cases_task SET {changes} FROM step WHERE case_id = %(id)s AND token = %(token)s)"
    _write(held, "", [part], {**values, **entry, "token": token})


def set_alarm(held: Held, token: int, entry: Entry, **columns: Any) -> None:
    """Set when a deadline speaks up next, an open task's or the case's own, and write this time's entry."""
    if token != WHOLE:
        touch(held, token, entry, **columns)
    else:
        touch_case(held, entry, **columns)


def touch_case(held: Held, entry: Entry, **columns: Any) -> None:
    """Write an entry about the whole case, and set columns of it."""
    _write(held, ", ".join(f"{name} = %({name})s" for name in columns), [], {**columns, **entry})
