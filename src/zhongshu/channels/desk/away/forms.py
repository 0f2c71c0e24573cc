"""From when until when somebody is away, and who does their new tasks."""

from datetime import date, datetime, time

from django.utils.dateparse import parse_date

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid


def starts(request: access.Request) -> datetime:
    """The beginning of the first day; now, when that is today."""
    first = _day(request, "starts")
    return max(datetime.combine(first, time.min, SHANGHAI), request.at)


def ends(request: access.Request) -> datetime:
    """The end of the last day."""
    return datetime.combine(_day(request, "ends"), time.max, SHANGHAI)


def _day(request: access.Request, name: str) -> date:
    try:
        found = parse_date(request.POST.get(name, "").strip())
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2200:
        raise Invalid("请填写真实的日期，例如 2027-01-31。", field=name)
    return found
