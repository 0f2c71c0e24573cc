"""Keeping the calendar: the years as the State Council announces them, each change with an entry."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from zhongshu.base.calendar import actions as calendar
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import SYSTEM


def keep(years: Iterable[int], *, at: datetime) -> int:
    """Write these years into the calendar where they differ from what is known; returns how many changed."""
    return sum(_keep(year, at) for year in years)


@transaction.atomic
def _keep(year: int, at: datetime) -> bool:
    change = calendar.load_year(year, by=SYSTEM.id, at=at)
    if not change.days:
        return False
    journal.record(
        subject=("calendar", str(year)), verb="calendar.year_loaded", by=SYSTEM, at=at,
        body={"days": len(change.days), "official": change.official, "since": change.days[0].on},
    )  # fmt: skip
    return True
