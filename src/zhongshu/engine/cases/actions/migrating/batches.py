"""Going through the running cases of older versions, one batch at a time: counted first, moved once that is approved.

Where a batch ends is kept with what it did, so that a worker that was killed goes on where it was.
"""

import json
import logging
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases.actions.migrating import verbs
from zhongshu.engine.cases.actions.migrating.one_case import move, stay
from zhongshu.engine.cases.models import Migration
from zhongshu.engine.cases.queries import migrations
from zhongshu.engine.cases.rules import migrating
from zhongshu.engine.processes.rules.marking import Marking

log = logging.getLogger(__name__)

LOOKED_AT, MOVED = 2_000, 100
"""Cases of one batch."""

_NEXT = """
SELECT version, id, number {more} FROM cases_case
WHERE closed IS NULL AND scenario = %(scenario)s AND version < %(version)s
  AND (version, id) > (%(after_version)s, %(after)s) ORDER BY version, id LIMIT %(limit)s
"""


def go_on(migration: UUID, *, at: datetime) -> bool:
    """Do the next batch, if the migration is being looked over or runs; whether there is more to do."""
    held = migrations.one(migration)
    if held.state == "looking":
        return _look(held, at)
    if held.state == "running":
        return _move(held, at)
    return False


def _look(held: Migration, at: datetime) -> bool:
    found, shapes = _next(held, LOOKED_AT, ", marking::text"), migrating.read(held.shapes)
    for version, _, number, marking in found:
        processes = migrations.processes(held.scenario, version, held.version)
        migrating.counted(shapes, processes, Marking.from_json(json.loads(marking)), number)
    with transaction.atomic():
        if (now := _still(held)) is None:
            return False
        now.shapes = migrating.plain(shapes)
        if more := _advance(now, found, LOOKED_AT):
            verbs.work_on(now.pk)
        else:
            now.state, now.total = "drafted", now.seen
        now.save(update_fields=["shapes", "state", "total"])
    return more


def _move(held: Migration, at: datetime) -> bool:
    found = _next(held, MOVED)
    for _, id, _ in found:
        _tried(held, id, at)
    with transaction.atomic():
        if (now := _still(held)) is None:
            return False
        if more := _advance(now, found, MOVED):
            verbs.work_on(now.pk)
        else:
            verbs.finish(now, SYSTEM, at)
    return more


def _tried(held: Migration, id: UUID, at: datetime) -> None:
    """Move one case; one that breaks its new version must not keep the others from moving."""
    try:
        move(held, id, at)
    except Exception:
        log.exception("case %s could not be moved", id)
        stay(held, id, "迁移这一件时出错，原样未动，请联系系统管理员查看日志。", {}, at)


def _next(held: Migration, limit: int, more: str = "") -> list[tuple[Any, ...]]:
    given = {name: getattr(held, name) for name in ("scenario", "version", "after_version", "after")}
    with connection.cursor() as cursor:
        cursor.execute(_NEXT.format(more=more), given | {"limit": limit})
        return cursor.fetchall()


def _still(held: Migration) -> Migration | None:
    """The migration under its lock, if nobody has stopped it or done this batch meanwhile."""
    now = Migration.objects.select_for_update().get(pk=held.pk)
    same = (now.state, now.after_version, now.after) == (held.state, held.after_version, held.after)
    return now if same else None


def _advance(held: Migration, found: list[tuple[Any, ...]], batch: int) -> bool:
    """Keep how far it is; whether there may be more."""
    if found:
        held.after_version, held.after = found[-1][0], found[-1][1]
        held.seen += len(found)
        held.save(update_fields=["after_version", "after", "seen"])
    return len(found) == batch
