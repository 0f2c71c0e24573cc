"""Moving one case, under its lock: it is judged as it stands now, and what hangs on it follows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.http.refusals import Conflict, Refusal
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases.actions import rows, step
from zhongshu.engine.cases.actions.migrating.following import Followed, follow
from zhongshu.engine.cases.models import Migration
from zhongshu.engine.cases.queries import migrations, scenarios
from zhongshu.engine.cases.rules import whistle
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.settings import ENDINGS
from zhongshu.engine.cases.rules.state import Change, Done, Held, told
from zhongshu.engine.processes.rules import moving
from zhongshu.engine.processes.rules.happenings import Moved
from zhongshu.engine.processes.rules.marking import WHOLE

_BEFORE = """
SELECT jsonb_build_object(
    'tasks', (SELECT coalesce(jsonb_agg(to_jsonb(t)), '[]') FROM cases_task t
              WHERE t.case_id = %(case)s AND t.closed IS NULL),
    'timers', (SELECT coalesce(jsonb_agg(to_jsonb(r)), '[]') FROM cases_timer r WHERE r.case_id = %(case)s))::text
"""
_FOLLOW = """
WITH tasks AS (
    UPDATE cases_task t SET element = f.element, phase = f.phase, role = f.role, pool = f.pool, assignee = f.assignee,
           by_rule = t.by_rule AND f.assignee IS NOT NULL, claimed = f.claimed, arrived = f.arrived,
           taken_from = CASE WHEN f.assignee IS NULL THEN '{}' ELSE t.taken_from END, due = f.due,
           alarm = CASE WHEN f.due IS DISTINCT FROM t.due THEN f.alarm ELSE t.alarm END,
           alarms = CASE WHEN f.due IS DISTINCT FROM t.due THEN f.alarms ELSE t.alarms END
    FROM jsonb_to_recordset(%(tasks)s::jsonb) AS f (
        token int, element text, phase text, role text, pool bigint, assignee uuid, claimed timestamptz,
        arrived timestamptz, due timestamptz, alarm timestamptz, alarms int)
    WHERE t.case_id = %(case)s AND t.token = f.token
), renamed AS (
    UPDATE cases_timer t SET element = r.now FROM jsonb_to_recordset(%(renamed)s::jsonb) AS r (
        token int, was text, now text)
    WHERE t.case_id = %(case)s AND t.token = r.token AND t.element = r.was
)
UPDATE cases_case SET version = %(version)s WHERE id = %(case)s
"""
_CANCEL = """
DELETE FROM cases_timer t USING jsonb_to_recordset(%(cancelled)s::jsonb) AS c (token int, element text)
WHERE t.case_id = %(case)s AND t.token = c.token AND t.element = c.element
"""
_KEEP = """
INSERT INTO cases_migrated (case_id, migration, outcome, version, at, sentence, gaps, before, revision)
SELECT id, %(migration)s, %(outcome)s, version, %(at)s, %(sentence)s, %(gaps)s::jsonb, %(before)s::jsonb, %(revision)s
FROM cases_case WHERE id = %(case)s
ON CONFLICT (case_id, migration) DO UPDATE
SET outcome = excluded.outcome, version = excluded.version, at = excluded.at, sentence = excluded.sentence,
    gaps = excluded.gaps, before = excluded.before, revision = excluded.revision, undone = NULL, undone_by = NULL
"""


@transaction.atomic
def move(migration: Migration, case_id: UUID, at: datetime) -> None:
    """Move a case to the migration's version, or keep why it stays; nothing if it has ended or moved meanwhile."""
    held = rows.read_locked(case_id)
    if held.closed or held.version >= migration.version:
        return
    processes = migrations.processes(held.scenario, held.version, migration.version)
    answers = migration.choices.get(processes.key(held.marking), {})
    match processes.judge(held.marking, answers):
        case moving.Cannot(sentence, gaps):
            stay(migration, case_id, sentence, gaps, at)
        case moving.Asks():
            stay(migration, case_id, "没有为它现在所在的环节选好办法。", {}, at)
        case moving.Moves() as verdict:
            old, new = processes.old, processes.new
            _tried(migration, held, moving.place(old, new, held.marking, processes.names, verdict), at)


def stay(migration: Migration, case_id: UUID, sentence: str, gaps: Mapping[str, Any], at: datetime) -> None:
    """Keep why a case stays in its version."""
    _keep(migration, case_id, at, outcome="stayed", sentence=sentence, gaps={k: str(v) for k, v in gaps.items()})


def _tried(migration: Migration, held: Held, placed: moving.Move, at: datetime) -> None:
    try:
        with transaction.atomic():
            _moved(migration, held, placed, at)
    except Refusal as refusal:
        stay(migration, held.id, refusal.sentence, refusal.gaps, at)


def _moved(migration: Migration, held: Held, placed: moving.Move, at: datetime) -> None:
    new = scenarios.version(held.scenario, migration.version)
    before, held = _before(held), replace(held, data=_data(held, placed))
    tasks = follow(new, held, placed.marking, at)
    change = _change(new, held, placed, tasks, at)
    _keep(migration, held.id, at, outcome="moved", before=before, revision=held.revision + 1)
    _run(_CANCEL, held.id, cancelled=_timers(placed.cancelled))
    renamed = [{"token": was[0], "was": was[1], "now": now[1]} for was, now in placed.kept]
    _run(_FOLLOW, held.id, version=new.version, tasks=rows.plain(tasks), renamed=rows.plain(renamed))
    entry = journal.row(
        subject=("case", str(held.id)), verb="case.migrated", by=SYSTEM, at=at, reach=change.reach,
        body=told(held, change) | {"versions": [held.version, new.version], "migration": str(migration.pk)},
    )  # fmt: skip
    rows.update(held, change, entry, at)


def _data(held: Held, placed: moving.Move) -> Mapping[str, Any]:
    """The data are nobody's to change, but for the name of the task by which a whistle is answered."""
    now = {token.id: token.at for token in placed.marking.tokens}
    return whistle.moved(held.data, {task.element: now[task.token] for task in held.tasks if task.token in now})


def _change(new: Scenario, held: Held, placed: moving.Move, tasks: list[Followed], at: datetime) -> Change:
    """What follows of the move by the new process: branches begin, gateways go on, timers start, the phase changes."""
    moved = replace(held, version=new.version, marking=placed.marking, tasks=tuple(map(Followed.task, tasks)))
    change = step.take(new, moved, dict(held.data), Moved(placed.begins), at)
    if change.phase not in new.settings.phases and change.phase not in ENDINGS:
        raise Conflict("新版没有“{phase}”这个阶段，而办件现在没有在办的环节。", phase=change.phase)
    change.done += [Done(token, "withdrawn", None) for token in placed.withdrawn]
    since = {one.token: one.opened for one in tasks} | {WHOLE: held.opened}
    for token, event in placed.set:
        if event in _armed(new, change, token):
            wait = moving.wait(new.net, placed.marking, (token, event), held.data)
            change.timers.append((token, event, step.rings(wait, since.get(token, at))))
    return change


def _armed(new: Scenario, change: Change, id: int) -> tuple[str, ...]:
    """What a token still listens to after the move."""
    token = change.marking.whole(new.net) if id == WHOLE else change.marking.token(id)
    return token.armed if token else ()


def _before(held: Held) -> dict[str, Any]:
    """All that undoing needs."""
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, {"case": held.id})
        (waiting,) = cursor.fetchone()
    return json.loads(waiting) | {
        "marking": held.marking.to_json(), "phase": held.phase, "body": held.body, "reach": held.reach,
        "data": held.data,
    }  # fmt: skip


def _keep(
    migration: Migration, case_id: UUID, at: datetime, *, outcome: str, sentence: str = "",
    gaps: Mapping[str, str] | None = None, before: Mapping[str, Any] | None = None, revision: int | None = None,
) -> None:  # fmt: skip
    _run(
        _KEEP, case_id, migration=migration.pk, outcome=outcome, at=at, sentence=sentence,
        gaps=rows.plain(gaps or {}), before=before and rows.plain(before), revision=revision,
    )  # fmt: skip


def _timers(timers: Iterable[moving.Timer]) -> str:
    return rows.plain([{"token": token, "element": element} for token, element in timers])


def _run(sql: str, case_id: UUID, **given: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given | {"case": case_id})
