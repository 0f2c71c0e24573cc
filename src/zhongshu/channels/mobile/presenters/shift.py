"""Being on duty."""

from datetime import datetime

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.dispatch.models import Shift

HOURS = (4, 8, 12)
"""How long a shift can be."""


def current(actor: Actor, at: datetime) -> Shift | None:
    """The officer's running shift; the one that ends last, should there be several."""
    return Shift.objects.filter(account=actor.id, starts__lte=at, ends__gt=at).order_by("-ends").first()
