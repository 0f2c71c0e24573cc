"""Founding bodies."""

from datetime import datetime

from django.db import transaction

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor, body_key
from zhongshu.registers.people.models import Body


@transaction.atomic
def found_body(
    name: str, name_en: str, kind: str, *, parent: Body | None = None, place: int | None = None, by: Actor, at: datetime
) -> Body:
    """Add a body to the tree; its name is its alone among the parts of its parent."""
    if kind not in Body.Kind.values:
        raise Invalid("没有名为 {kind} 的单位类型。", field="kind", kind=kind)
    if Body.objects.filter(parent=parent, name=name).exists():
        raise Conflict("“{name}”在同一上级下已经有了。", field="name", name=name)
    body = Body(name=name, name_en=name_en, kind=kind, parent=parent, place=place, lineage=[])
    body.save()
    body.lineage = [*(parent.lineage if parent else []), body.pk]
    body.save(update_fields=["lineage"])
    reach = [body_key(b) for b in body.lineage]
    journal.record(
        subject=("bodies", "tree"), verb="people.body_founded", by=by, at=at,
        body={"body": body.pk, "name": name, "kind": kind, "parent": parent and parent.pk}, reach=reach,
    )  # fmt: skip
    return body
