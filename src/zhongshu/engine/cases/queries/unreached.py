"""Work in the street that nobody has reached yet, to be planned together."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.queries.reach import reach_of_pool


@dataclass(frozen=True, slots=True)
class Unreached:
    """A task that waits for somebody, or for the `assignee` a rule has sent and who is not there yet.

    `reach` is what its role must be held over; `not_by` gave it back, or did what must be another's.
    """

    case_id: UUID
    token: int
    role: str
    opened: datetime
    assignee: str | None
    category: str
    place: int
    lon: float | None
    lat: float | None
    reach: Collection[int]
    not_by: Collection[str]


# Whom a person chose keeps the task; so does who is there, and everybody while the clock stands still. What has no
# category is no matter of the street: a question to a body is for whoever of it takes it.
_UNREACHED = """
SELECT t.case_id, t.token, t.role, t.opened, t.assignee::text, c.category, c.place, c.lon, c.lat,
       t.pool, c.reach, t.declined::text[], t.element, c.scenario, c.version,
       (SELECT jsonb_object_agg(key, value->'by') FROM jsonb_each(c.data)
        WHERE jsonb_typeof(value) = 'object' AND value ? 'by')::text
FROM cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE t.role = %s AND t.closed IS NULL AND t.arrived IS NULL AND (t.assignee IS NULL OR t.by_rule) AND c.category <> ''
  AND NOT EXISTS (SELECT 1 FROM cases_pause p WHERE p.case_id = t.case_id AND p.ended IS NULL)
ORDER BY t.due, t.case_id LIMIT %s
"""


def unreached(role: str, limit: int) -> list[Unreached]:
    """The tasks of a role that nobody has reached, but those a person gave to somebody; earliest due first."""
    with connection.cursor() as cursor:
        cursor.execute(_UNREACHED, [role, limit])
        return [_read(*row) for row in cursor.fetchall()]


def _read(*row: Any) -> Unreached:
    *plain, pool, reach, declined, element, scenario, version, done_by = row
    place, apart = plain[6], scenarios.version(scenario, version).settings.tasks[element].apart
    by = json.loads(done_by or "{}")
    did = [by[other] for other in apart if other in by]
    made: list[Any] = [reach_of_pool(pool, place, reach), {*declined, *did}]
    return Unreached(*plain, *made)
