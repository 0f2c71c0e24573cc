"""Whether an officer is on duty, and which planned shift comes next."""

from datetime import datetime, timedelta
from uuid import UUID

from zhongshu.engine.dispatch.models import Shift

EARLIEST = timedelta(hours=1)
"""How long before a planned shift its officer may sign in to it."""


def running(account: str | UUID, at: datetime) -> Shift | None:
    """The officer's running shift; the one that ends last, should there be several."""
    return Shift.objects.filter(account=account, starts__lte=at, ends__gt=at).order_by("-ends").first()


def coming(account: str | UUID, at: datetime) -> Shift | None:
    """The officer's shift that runs, or else the planned one that can be signed in to now."""
    shifts = Shift.objects.filter(account=account, ends__gt=at, starts__lte=at + EARLIEST)
    return shifts.order_by("starts", "-ends").first()


def following(account: str | UUID, at: datetime) -> Shift | None:
    """The next shift that has not begun."""
    return Shift.objects.filter(account=account, starts__gt=at).order_by("starts").first()
