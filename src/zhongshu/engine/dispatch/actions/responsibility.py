"""Writing down whose is what."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.dispatch.models import Responsibility
from zhongshu.registers.people.models import Body


@transaction.atomic
def set_responsibility(
    category: str, place: int, body: Body, *, trust: float = 0.9, by: Actor, at: datetime
) -> Responsibility:
    """Write down which body answers for a category in a place from now on; the row before it ends."""
    Responsibility.objects.filter(category=category, place=place, ends=None).update(ends=at)
    row = Responsibility.objects.create(category=category, place=place, body=body.pk, trust=trust, starts=at)
    journal.record(
        subject=("responsibility", "table"), verb="dispatch.responsibility_set", by=by, at=at,
        body=_said(row), reach=(place,),
    )  # fmt: skip
    return row


def _said(row: Responsibility) -> Mapping[str, Any]:
    return {"row": row.pk, "category": row.category, "place": row.place, "body": row.body, "trust": row.trust}
