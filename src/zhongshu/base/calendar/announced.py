"""Years as the State Council announced them, read from the `chinesecalendar` package."""

from datetime import date

import chinese_calendar
from chinese_calendar import constants

from zhongshu.base.calendar.rules import Day, weekday_year

SOURCE = "国务院办公厅"
_CHINESE = {holiday.value: holiday.chinese for holiday in constants.Holiday}


def is_announced(year: int) -> bool:
    """Whether the installed package holds this year's notice."""
    return any(on.year == year for on in constants.holidays)


def year_of_days(year: int) -> tuple[Day, ...]:
    """Every day of the year: official if the notice is known, else by weekday and not official."""
    plain = weekday_year(year)
    return tuple(_announced(day.on) for day in plain) if is_announced(year) else plain


def _announced(on: date) -> Day:
    rested, name = chinese_calendar.get_holiday_detail(on)
    english = name or ""
    return Day(on, not rested, _CHINESE.get(english, english), english, True, SOURCE)
