"""What is typed to send an agent."""

from datetime import datetime, time

from django.http import QueryDict
from django.utils.dateparse import parse_date

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http import reading
from zhongshu.base.http.refusals import Invalid


def end_of(posted: QueryDict, name: str) -> datetime:
    """The end of the day that was picked."""
    try:
        day = parse_date(reading.text(posted, name).strip())
    except ValueError:
        day = None
    if day is None:
        raise Invalid("请选择截止日期，例如 2027-12-31。", field=name)
    return datetime.combine(day, time.max, SHANGHAI)
