"""Founding, renaming, moving and ending bodies.

Changes of the tree come one after another, under one lock: two moves at once could make a ring. What happened to a
body is told on its own chain; the tree's chain says that it is another one now, for those who keep it in memory.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import queries, rules
from zhongshu.registers.people.models import Body

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('people.bodies'))"
_MOVE = """
UPDATE people_body SET lineage = %(above)s::bigint[] || lineage[%(depth)s:],
                       parent_id = CASE WHEN id = %(body)s THEN %(parent)s ELSE parent_id END
WHERE lineage @> ARRAY[%(body)s::bigint]
"""


@transaction.atomic
def found_body(
    name: str, name_en: str, kind: str, *, parent: Body | None = None, place: int | None = None, by: Actor, at: datetime
) -> Body:
    """Add a body to the tree; its name is its alone among the parts of its parent."""
    _alone()
    if not queries.manages(by, queries.BODIES, parent, at):
        raise Absent("没有找到这个单位。")
    if kind not in Body.Kind.values:
        raise Invalid("没有名为 {kind} 的单位类型。", field="kind", kind=kind)
    name, name_en = rules.body_name(name), rules.body_name_en(name_en)
    above = _living(parent)
    _deep_enough(len(above) + 1)
    _named_once(name, parent.pk if parent else None)
    body = Body(name=name, name_en=name_en, kind=kind, parent=parent, place=place, lineage=[])
    body.save()
    body.lineage = [*above, body.pk]
    body.save(update_fields=["lineage"])
    said = {"name": name, "name_en": name_en, "kind": kind, "parent": parent and parent.pk, "place": place}
    _record(body, "people.body_founded", said, by, at)
    return body


@transaction.atomic
def change_body(
    body: int, name: str, name_en: str, *, kind: str = "", place: int | None = None, by: Actor, at: datetime
) -> Body:
    """Give a body other names; with `kind` also another kind and home. Nothing is written when all is as before."""
    _alone()
    found = queries.managed_body(body, queries.BODIES, by, at)
    wanted: dict[str, Any] = {"name": rules.body_name(name), "name_en": rules.body_name_en(name_en)}
    if kind:
        if kind not in Body.Kind.values:
            raise Invalid("没有名为 {kind} 的单位类型。", field="kind", kind=kind)
        wanted |= {"kind": kind, "place": place}
    before = {field: getattr(found, field) for field in wanted}
    if before == wanted:
        return found
    if wanted["name"] != found.name:
        _named_once(wanted["name"], found.parent_id)
    for field, value in wanted.items():
        setattr(found, field, value)
    found.save(update_fields=list(wanted))
    changed = {field: [before[field], wanted[field]] for field in wanted if before[field] != wanted[field]}
    _record(found, "people.body_changed", {"changed": changed}, by, at)
    return found


@transaction.atomic
def move_body(body: int, parent: int, *, by: Actor, at: datetime) -> Body:
    """Put a body, with all under it, under another parent: one statement for the subtree's lineages.

    Whoever moves it administers both parents. What lies under the body follows by those who hear of the move.
    """
    _alone()
    found = queries.managed_body(body, queries.BODIES, by, at)
    to = queries.managed_body(parent, queries.BODIES, by, at)
    _over_its_parent(found, by, at)
    if found.pk in to.lineage:
        raise Invalid("不能移到自己或自己的下级之下，请另选上级单位。", field="parent")
    if found.parent_id == to.pk:
        raise Invalid("它已经在这个上级之下了。", field="parent")
    above = _living(to)
    _deep_enough(len(above) + _height(found))
    _named_once(found.name, to.pk)
    came_from = found.parent_id
    with connection.cursor() as cursor:
        depth = len(found.lineage)
        cursor.execute(_MOVE, {"above": above, "depth": depth, "body": found.pk, "parent": to.pk})
        moved = cursor.rowcount
    found.refresh_from_db()
    _record(found, "people.body_moved", {"from": came_from, "parent": to.pk, "bodies": moved}, by, at)
    return found


@transaction.atomic
def end_body(body: int, *, by: Actor, at: datetime) -> Body:
    """End a body that nothing hangs on any more; it stays for what it did."""
    _alone()
    found = queries.managed_body(body, queries.BODIES, by, at)
    _over_its_parent(found, by, at)
    # Whoever opens an account in the body holds its row; the counts below are read after they have finished.
    Body.objects.select_for_update().get(pk=found.pk)
    if found.ended:
        raise Conflict("这个单位已经停用。")
    if hanging := queries.body_burdens(found, at):
        raise Conflict(hanging[0].sentence, n=hanging[0].n)
    found.ended = at
    found.save(update_fields=["ended"])
    _record(found, "people.body_ended", {}, by, at)
    return found


@transaction.atomic
def reopen_body(body: int, *, by: Actor, at: datetime) -> Body:
    """Take a body that was ended back into use."""
    _alone()
    found = queries.managed_body(body, queries.BODIES, by, at)
    if found.ended is None:
        raise Conflict("这个单位没有停用。")
    _living(found.parent)
    found.ended = None
    found.save(update_fields=["ended"])
    _record(found, "people.body_reopened", {}, by, at)
    return found


def _alone() -> None:
    """One change of the tree at a time, until this one is committed."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)


def _living(parent: Body | None) -> list[int]:
    """The parent's lineage as it is now, under the lock; refused when it has ended."""
    if parent is None:
        return []
    lineage, ended = Body.objects.values_list("lineage", "ended").get(pk=parent.pk)
    if ended is not None:
        raise Conflict("上级单位已经停用，请另选上级单位。", field="parent")
    return lineage


def _over_its_parent(body: Body, by: Actor, at: datetime) -> None:
    """Where somebody's own part of the tree begins is decided by who administers what is over it."""
    if not queries.manages(by, queries.BODIES, body.parent, at):
        raise Conflict("这是您管理范围的顶端，请由上级的管理员调整。", field="parent")


def _height(body: Body) -> int:
    """How many levels a body's subtree has, its own included."""
    lineages = Body.objects.filter(lineage__contains=[body.pk]).values_list("lineage", flat=True)
    return max(len(lineage) for lineage in lineages) - len(body.lineage) + 1


def _deep_enough(levels: int) -> None:
    if levels > rules.MOST_LEVELS:
        raise Invalid("单位层级过多：最多 {most} 级。", field="parent", most=rules.MOST_LEVELS)


def _named_once(name: str, parent: int | None) -> None:
    if Body.objects.filter(parent=parent, name=name).exists():
        raise Conflict("“{name}”在同一上级下已经有了。", field="name", name=name)


def _record(body: Body, verb: str, said: Mapping[str, Any], by: Actor, at: datetime) -> None:
    reach = queries.reach_of_body(body)
    journal.record(subject=("body", str(body.pk)), verb=verb, by=by, at=at, body=said, reach=reach)
    journal.record(
        subject=("bodies", "tree"), verb="people.tree_changed", by=by, at=at, body={"body": body.pk}, reach=reach
    )
