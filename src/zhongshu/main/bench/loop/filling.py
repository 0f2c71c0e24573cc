"""Many closed cases at once, as copies of real ones: what the bench runs beside."""

from collections.abc import Callable
from typing import Any

import psycopg

CHUNK = 20_000

# The copies lie at the same places and bodies as their pattern, one second apart, so that index pages look as in life.
_COPIES = """
WITH pattern AS (SELECT * FROM cases_case WHERE id = %(pattern)s),
fresh AS (
    SELECT n, (lpad(to_hex((extract(epoch FROM p.opened) * 1000)::bigint - n * 1000), 12, '0') || '7' ||
               substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text), 4, 15))::uuid AS id,
           p.opened - n * interval '1 second' AS opened
    FROM pattern p, generate_series(%(first)s::bigint, %(last)s::bigint) n
), kept AS (
    INSERT INTO cases_case (id, number, scenario, version, category, title, phase, source, opened, due, closed, place,
                            lon, lat, address, body, reach, data, marking, revision)
    SELECT f.id, 'M' || to_char(f.n, 'FM000000000000'), p.scenario, p.version, p.category, p.title, p.phase, p.source,
           f.opened, p.due, f.opened + interval '1 hour', p.place, p.lon, p.lat, p.address, p.body, p.reach, p.data,
           p.marking, p.revision
    FROM fresh f, pattern p
), tasks AS (
    INSERT INTO cases_task (case_id, token, element, phase, role, pool, assignee, opened, due, claimed, arrived, closed,
                            closed_by, ending, outcome)
    SELECT f.id, t.token, t.element, t.phase, t.role, t.pool, t.assignee, f.opened, t.due, t.claimed, t.arrived,
           f.opened, t.closed_by, t.ending, t.outcome
    FROM fresh f, cases_task t WHERE t.case_id = %(pattern)s
), contacts AS (
    INSERT INTO cases_contact (case_id, id, key, account, name, phone, source, text, received)
    SELECT f.id, f.id, 'fill-' || f.n, NULL, '', '', k.source, k.text, f.opened
    FROM fresh f, cases_contact k WHERE k.case_id = %(pattern)s
), entries AS (
    INSERT INTO journal_entry (kind, subject, number, verb, actor, behalf, at, reach, body, salt, leaf)
    SELECT e.kind, f.id::text, e.number, e.verb, e.actor, e.behalf, f.opened, e.reach, e.body, e.salt, e.leaf
    FROM fresh f, journal_entry e WHERE e.kind = 'case' AND e.subject = %(pattern)s::text
), subjects AS (
    INSERT INTO journal_subject (kind, id, count, head)
    SELECT s.kind, f.id::text, s.count, s.head FROM fresh f, journal_subject s
    WHERE s.kind = 'case' AND s.id = %(pattern)s::text
)
INSERT INTO cases_reach (case_id, ancestor, opened, running)
SELECT f.id, r.ancestor, f.opened, false FROM fresh f, cases_reach r WHERE r.case_id = %(pattern)s
"""


def fill(
    connection: psycopg.Connection[Any], patterns: list[Any], rows: int, progress: Callable[[int, int], None]
) -> None:
    """Add `rows` closed cases as copies of `patterns` in turn, then let the planner know."""
    for done, first in enumerate(range(0, rows, CHUNK)):
        row = {"pattern": patterns[done % len(patterns)], "first": first + 1, "last": min(first + CHUNK, rows)}
        connection.execute(_COPIES, row)
        progress(row["last"], rows)
    for table in ("cases_case", "cases_task", "cases_contact", "cases_reach", "journal_entry", "journal_subject"):
        connection.execute(f"VACUUM ANALYZE {table}")
