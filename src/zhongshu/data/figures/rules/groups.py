"""The closed list of ways to break figures down, and how days fall into them. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Group:
    """One way to break figures down."""

    code: str
    name: str
    name_en: str


GROUPS: dict[str, Group] = {
    group.code: group
    for group in (
        Group("total", "合计", "Total"),
        Group("day", "日", "Day"),
        Group("week", "周", "Week"),
        Group("month", "月", "Month"),
        Group("weekday", "星期", "Day of the week"),
        Group("hour", "时段", "Hour of the day"),
        Group("place", "地点", "Place"),
        Group("body", "责任单位", "Body"),
        Group("category", "类别", "Category"),
        Group("officer", "人员", "Officer"),
        Group("source", "来源", "Source"),
        Group("stage", "环节", "Stage"),
    )
}
"""Every group by its code."""

FOLDS: dict[str, Callable[[date], date | int]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "weekday": lambda day: day.weekday(),
}
"""Group of days → the key a day falls under: the first day of a week or month, 0 (Monday) to 6 for weekdays."""


def keys_between(group: str, first: date, last: date) -> list[date | int]:
    """Every key from `first` to `last`, in order, those without a count too."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sorted({FOLDS[group](day) for day in days})
