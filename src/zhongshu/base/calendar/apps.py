"""The Django app of working days (its label leaves Python's own `calendar` alone)."""

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """Tables of days and of the editions they went through."""

    name = "zhongshu.base.calendar"
    label = "calendar_days"
    verbose_name = "工作日历"
