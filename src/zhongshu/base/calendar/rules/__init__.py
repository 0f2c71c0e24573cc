"""What a day is, what a term is, and when it ends: pure."""

from zhongshu.base.calendar.rules.days import SHANGHAI, Day, Kind, WorkingDays, weekday_year
from zhongshu.base.calendar.rules.deadlines import DAY_ENDS, Due, due, elapsed_share, recompute
from zhongshu.base.calendar.rules.pauses import Pause, paused_time
from zhongshu.base.calendar.rules.terms import Term, Unit

__all__ = [
    "DAY_ENDS",
    "SHANGHAI",
    "Day",
    "Due",
    "Kind",
    "Pause",
    "Term",
    "Unit",
    "WorkingDays",
    "due",
    "elapsed_share",
    "paused_time",
    "recompute",
    "weekday_year",
]
