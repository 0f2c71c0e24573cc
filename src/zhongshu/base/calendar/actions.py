"""Load a year, set a local day.

Calendar lies below the journal and cannot write to it: each action keeps who and when in an `Edition` and
returns what changed, for the caller higher up to enter in the journal.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction

from zhongshu.base.calendar import announced, queries
from zhongshu.base.calendar.models import Day, Edition
from zhongshu.base.calendar.rules import Day as DayRule

LOCAL = "local"
_FIELDS = ["working", "name", "name_en", "official", "source"]


@dataclass(frozen=True, slots=True)
class Change:
    """What an action altered: `days` as they are now, none if all were so already.

    `official`: the year was announced (a local day always is decided).
    """

    what: str
    days: tuple[DayRule, ...]
    official: bool = True


@transaction.atomic
def load_year(year: int, *, by: str, at: datetime) -> Change:
    """Write every day of a year as announced, or by weekday and not official while it is not.

    Local days stay as the city set them. Loading again changes only what differs, so it can run daily. A year
    outside 1949 to 2200 is a `ValueError`.
    """
    if not 1949 <= year <= 2200:
        raise ValueError(f"No calendar is kept for the year {year}.")
    held = {day.on: day for day in queries.days_between(date(year, 1, 1), date(year, 12, 31))}
    fresh = announced.year_of_days(year)
    changed = tuple(day for day in fresh if not _stays(held.get(day.on), day))
    _write(changed, f"year {year}", by, at)
    return Change(f"year {year}", changed, official=fresh[0].official)


@transaction.atomic
def set_local_day(on: date, working: bool, name: str, name_en: str = "", *, by: str, at: datetime) -> Change:
    """Decide one day for this city (a local festival, a typhoon day); it outlives later loads of the year."""
    day = DayRule(on, working, name, name_en, official=True, source=LOCAL)
    changed = () if day in queries.days_between(on, on) else (day,)
    _write(changed, f"day {on}", by, at)
    return Change(f"day {on}", changed)


def _stays(held: DayRule | None, fresh: DayRule) -> bool:
    return held is not None and (held == fresh or held.source == LOCAL)


def _write(days: tuple[DayRule, ...], what: str, by: str, at: datetime) -> None:
    if not days:
        return
    Day.objects.bulk_create(
        [Day(d.on, d.working, d.name, d.name_en, d.official, d.source) for d in days],
        update_conflicts=True,
        unique_fields=["on"],
        update_fields=_FIELDS,
    )
    Edition.objects.create(what=what, by=by, at=at)
    queries.forget()
    transaction.on_commit(partial(queries.forget))
