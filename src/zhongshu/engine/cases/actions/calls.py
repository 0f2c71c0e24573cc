"""The rows of called bodies in plain SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.cases.rules.whistle import Marks, Whistle

_CALL = """
INSERT INTO cases_call (case_id, token, body, lead, at, actor, note)
SELECT %(case)s, token, body, lead, %(at)s, %(by)s, ''
FROM unnest(%(tokens)s::int[], %(bodies)s::bigint[], %(leads)s::boolean[]) AS c (token, body, lead)
"""
_LEAD = "UPDATE cases_call SET lead = (token = %(token)s) WHERE case_id = %(case)s AND token = ANY(%(tokens)s::int[])"
_OFF = "UPDATE cases_call SET off = %(at)s WHERE case_id = %(case)s AND token = ANY(%(tokens)s::int[])"
_SCORE = """
UPDATE cases_call SET response = %(response)s, result = %(result)s, attitude = %(attitude)s, note = %(note)s,
       scored = %(at)s, scorer = %(by)s
WHERE case_id = %(case)s AND token = %(token)s AND scored IS NULL
"""


def insert(held: Held, whistle: Whistle, opened: Sequence[OpenTask], by: str, at: datetime) -> None:
    """Keep the bodies whose tasks these are."""
    bodies = [-task.pool for task in opened]
    leads = [body == whistle.lead for body in bodies]
    _run(_CALL, held, tokens=[t.token for t in opened], bodies=bodies, leads=leads, at=at, by=by)


def set_lead(held: Held, token: int) -> None:
    """Make the body of this open task the lead of those whose tasks are open with it."""
    _run(_LEAD, held, token=token, tokens=[task.token for task in held.tasks])


def set_off(held: Held, tokens: Sequence[int], at: datetime) -> None:
    """Keep that the bodies which have these tasks were called off."""
    _run(_OFF, held, tokens=list(tokens), at=at)


def score(held: Held, token: int, marks: Marks, note: str, by: str, at: datetime) -> bool:
    """Keep the marks of a body; False when it has some already."""
    given = {name: getattr(marks, name) for name in Marks.__slots__}
    return _run(_SCORE, held, token=token, note=note, by=by, at=at, **given) > 0


def _run(sql: str, held: Held, **given: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"case": held.id, **given})
        return int(cursor.rowcount)
