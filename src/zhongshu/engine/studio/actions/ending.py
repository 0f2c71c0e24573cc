"""Giving a draft up."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.studio.actions import rows
from zhongshu.engine.studio.models import Draft


@transaction.atomic
def drop(draft: UUID, *, by: Actor, at: datetime) -> None:
    """Finish a draft without publishing it; what it said is kept and can be exported."""
    held = rows.locked(draft, by, at)
    held.finished, held.finished_by, held.outcome = at, UUID(by.id), Draft.Outcome.DROPPED
    held.save(update_fields=["finished", "finished_by", "outcome"])
    rows.record(held, "studio.dropped", by, at, revision=held.revision)
